"""TT 22/2021 Điều 12 and 13: promotion at the end of the year and after summer."""

from dataclasses import dataclass

from gradebook.assessment import judged
from gradebook.assessment.promotion import ABSENCES_ALLOWED, Promotion, PromotionStatus, require_count
from gradebook.assessment.reasons import Clause, Reason, ReasonCode
from gradebook.assessment.scales import ConductLevel, LearningLevel
from gradebook.assessment.schemes import DEFAULTS, Options
from gradebook.assessment.tt22_levels import CIRCULAR

_CONDUCT = Clause(CIRCULAR, 12, 1, "a")
_LEARNING = Clause(CIRCULAR, 12, 1, "b")
_ABSENCES = Clause(CIRCULAR, 12, 1, "c")
_TRAINING = Clause(CIRCULAR, 13)
_RETEST = Clause(CIRCULAR, 14)


@dataclass(frozen=True, slots=True)
class YearEnd:
    """A pupil's year: conduct and learning (None while open), half-days absent, and the summer's results.

    Raises ValueError for a negative number of absences.
    """

    conduct: ConductLevel | None
    learning: LearningLevel | None
    absences: int = 0
    conduct_after_summer: ConductLevel | None = None
    learning_after_retest: LearningLevel | None = None

    def __post_init__(self) -> None:
        require_count(self.absences)


def promotion(year: YearEnd, options: Options = DEFAULTS) -> Promotion:
    """Whether the pupil moves up: conduct and learning at least Đạt, absences at most 45 half-days.

    TT 22/2021 Điều 12; the results after summer replace those of the year (Điều 13, 14). Too many absences
    decide alone, whatever is still open. The reasons are what the year gave, in the order of the clause, then
    the summer. Pupils with disabilities are the principal's decision (khoản 2), whatever this says.
    """
    reasons = _year_reasons(year)
    if year.absences > ABSENCES_ALLOWED:
        return Promotion(PromotionStatus.RETAINED, reasons)
    conduct, learning = year.conduct, year.learning
    if conduct is None or learning is None:
        results = {"conduct": conduct, "learning": learning}
        return Promotion(None, (), tuple(name for name, level in results.items() if level is None))
    failed_both = conduct is ConductLevel.NOT_PASSED and learning is LearningLevel.NOT_PASSED
    if failed_both and not options.retest_after_both_failed:
        return Promotion(PromotionStatus.RETAINED, (*reasons, Reason(ReasonCode.BOTH_BELOW, _RETEST)))
    if conduct is ConductLevel.NOT_PASSED:
        again = year.conduct_after_summer
        if again is None:
            return Promotion(PromotionStatus.SUMMER_TRAINING, reasons)
        reasons = (*reasons, judged.conduct(again, ConductLevel.PASSED, _TRAINING))
        if again is ConductLevel.NOT_PASSED:
            return Promotion(PromotionStatus.RETAINED, reasons)
    return _after_retest(year, learning, reasons)


def _after_retest(year: YearEnd, learning: LearningLevel, reasons: tuple[Reason, ...]) -> Promotion:
    """For a pupil whose conduct is at least Đạt, if need be after the summer training."""
    if learning is not LearningLevel.NOT_PASSED:
        return Promotion(PromotionStatus.PROMOTED, reasons)
    again = year.learning_after_retest
    if again is None:
        return Promotion(PromotionStatus.SUMMER_RETEST, reasons)
    moves_up = again is not LearningLevel.NOT_PASSED
    status = PromotionStatus.PROMOTED if moves_up else PromotionStatus.RETAINED
    return Promotion(status, (*reasons, judged.learning(again, LearningLevel.PASSED, _RETEST)))


def _year_reasons(year: YearEnd) -> tuple[Reason, ...]:
    reasons = []
    if year.conduct is not None:
        reasons.append(judged.conduct(year.conduct, ConductLevel.PASSED, _CONDUCT))
    if year.learning is not None:
        reasons.append(judged.learning(year.learning, LearningLevel.PASSED, _LEARNING))
    reasons.append(judged.attendance(year.absences, _ABSENCES, _ABSENCES))
    return tuple(reasons)
