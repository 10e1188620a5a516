"""TT 58/2011 Điều 15-17: promotion at the end of the year and after summer."""

from dataclasses import dataclass

from gradebook.assessment import judged
from gradebook.assessment.promotion import ABSENCES_ALLOWED, Promotion, PromotionStatus, require_count
from gradebook.assessment.reasons import Clause, Reason, ReasonCode
from gradebook.assessment.scales import AcademicLevel, FormerConductLevel
from gradebook.assessment.tt58_levels import CIRCULAR

_LEVELS = Clause(CIRCULAR, 15, 1, "a")
_WITHIN = Clause(CIRCULAR, 15, 1, "b")
_RETEST = Clause(CIRCULAR, 16)
_TRAINING = Clause(CIRCULAR, 17)
_CONDUCT_WANTED = FormerConductLevel.AVERAGE
_ACADEMIC_WANTED = AcademicLevel.AVERAGE


@dataclass(frozen=True, slots=True)
class YearEnd:
    """A pupil's year: conduct and academic level (None while open), half-days absent, the summer's results.

    Raises ValueError for a negative number of absences.
    """

    conduct: FormerConductLevel | None
    academic: AcademicLevel | None
    absences: int = 0
    conduct_after_summer: FormerConductLevel | None = None
    academic_after_retest: AcademicLevel | None = None

    def __post_init__(self) -> None:
        require_count(self.absences)


def promotion(year: YearEnd) -> Promotion:
    """Whether the pupil moves up: conduct and academic level at least Trung bình, at most 45 absences.

    TT 58/2011 Điều 15. A pupil Yếu in one of the two has the summer (Điều 16, 17); one who is Kém, or Yếu in
    both, stays in the class. Too many absences decide alone, whatever is still open. The reasons are what the
    year gave, in the order of the clause, then the summer.
    """
    reasons = _year_reasons(year)
    if year.absences > ABSENCES_ALLOWED:
        return Promotion(PromotionStatus.RETAINED, reasons)
    conduct, academic = year.conduct, year.academic
    if conduct is None or academic is None:
        results = {"conduct": conduct, "academic": academic}
        return Promotion(None, (), tuple(name for name, level in results.items() if level is None))
    if academic is AcademicLevel.POOR:
        too_low = Reason(
            ReasonCode.TOO_LOW_FOR_RETEST, _point("b"), value=academic, threshold=AcademicLevel.WEAK
        )
        return Promotion(PromotionStatus.RETAINED, (*reasons, too_low))
    if conduct < _CONDUCT_WANTED and academic < _ACADEMIC_WANTED:
        return Promotion(PromotionStatus.RETAINED, (*reasons, Reason(ReasonCode.BOTH_BELOW, _point("b"))))
    if conduct < _CONDUCT_WANTED:
        return _after_training(year.conduct_after_summer, reasons)
    if academic < _ACADEMIC_WANTED:
        return _after_retest(year.academic_after_retest, reasons)
    return Promotion(PromotionStatus.PROMOTED, reasons)


def _after_training(again: FormerConductLevel | None, reasons: tuple[Reason, ...]) -> Promotion:
    if again is None:
        return Promotion(PromotionStatus.SUMMER_TRAINING, reasons)
    moves_up = again >= _CONDUCT_WANTED
    judgement = judged.conduct(again, _CONDUCT_WANTED, _TRAINING if moves_up else _point("d"))
    status = PromotionStatus.PROMOTED if moves_up else PromotionStatus.RETAINED
    return Promotion(status, (*reasons, judgement))


def _after_retest(again: AcademicLevel | None, reasons: tuple[Reason, ...]) -> Promotion:
    if again is None:
        return Promotion(PromotionStatus.SUMMER_RETEST, reasons)
    moves_up = again >= _ACADEMIC_WANTED
    judgement = judged.learning(again, _ACADEMIC_WANTED, _RETEST if moves_up else _point("c"))
    status = PromotionStatus.PROMOTED if moves_up else PromotionStatus.RETAINED
    return Promotion(status, (*reasons, judgement))


def _year_reasons(year: YearEnd) -> tuple[Reason, ...]:
    reasons = []
    if year.conduct is not None:
        reasons.append(judged.conduct(year.conduct, _CONDUCT_WANTED, _LEVELS))
    if year.academic is not None:
        reasons.append(judged.learning(year.academic, _ACADEMIC_WANTED, _LEVELS))
    reasons.append(judged.attendance(year.absences, _WITHIN, _point("a")))
    return tuple(reasons)


def _point(letter: str) -> Clause:
    """Khoản 2, the four ways not to move up."""
    return Clause(CIRCULAR, 15, 2, letter)
