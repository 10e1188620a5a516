"""TT 58/2011 Điều 15 and 17: promotion at the end of the year and after summer."""

from dataclasses import dataclass

from gradebook.assessment.promotion import ABSENCES_ALLOWED, Promotion, PromotionStatus, require_count
from gradebook.assessment.reasons import Clause, Reason, ReasonCode
from gradebook.assessment.scales import AcademicLevel, FormerConductLevel
from gradebook.assessment.tt58_levels import CIRCULAR

_PROMOTED = Clause(CIRCULAR, 15, 1)
_RETAINED = Clause(CIRCULAR, 15, 2)


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
    both, stays in the class.
    """
    if year.absences > ABSENCES_ALLOWED:
        over = Reason(ReasonCode.ABSENCES_OVER, _RETAINED, value=year.absences, threshold=ABSENCES_ALLOWED)
        return Promotion(PromotionStatus.RETAINED, (over,))
    if year.conduct is None or year.academic is None:
        results = {"conduct": year.conduct, "academic": year.academic}
        return Promotion(None, (), tuple(name for name, level in results.items() if level is None))
    weak = _weak(year.conduct, year.academic)
    if not weak:
        return Promotion(PromotionStatus.PROMOTED, _reached(year.conduct, year.academic, year.absences))
    if year.academic is AcademicLevel.POOR or len(weak) > 1:
        return Promotion(PromotionStatus.RETAINED, weak)
    return _after_summer(year, year.conduct, year.academic, weak)


def _after_summer(
    year: YearEnd, conduct: FormerConductLevel, academic: AcademicLevel, weak: tuple[Reason, ...]
) -> Promotion:
    """For a pupil Yếu in exactly one of the two: the summer's result replaces that one."""
    if conduct is FormerConductLevel.WEAK:
        if year.conduct_after_summer is None:
            return Promotion(PromotionStatus.SUMMER_TRAINING, weak)
        conduct = year.conduct_after_summer
    else:
        if year.academic_after_retest is None:
            return Promotion(PromotionStatus.SUMMER_RETEST, weak)
        academic = year.academic_after_retest
    still_weak = _weak(conduct, academic)
    if still_weak:
        return Promotion(PromotionStatus.RETAINED, (*weak, *still_weak))
    return Promotion(PromotionStatus.PROMOTED, _reached(conduct, academic, year.absences))


def _weak(conduct: FormerConductLevel, academic: AcademicLevel) -> tuple[Reason, ...]:
    wanted_conduct, wanted = FormerConductLevel.AVERAGE, AcademicLevel.AVERAGE
    low_conduct = Reason(ReasonCode.CONDUCT_BELOW, _PROMOTED, value=conduct, threshold=wanted_conduct)
    low = Reason(ReasonCode.LEARNING_BELOW, _PROMOTED, value=academic, threshold=wanted)
    return (*((low_conduct,) if conduct < wanted_conduct else ()), *((low,) if academic < wanted else ()))


def _reached(conduct: FormerConductLevel, academic: AcademicLevel, absences: int) -> tuple[Reason, ...]:
    return (
        Reason(ReasonCode.CONDUCT_REACHED, _PROMOTED, value=conduct, threshold=FormerConductLevel.AVERAGE),
        Reason(ReasonCode.LEARNING_REACHED, _PROMOTED, value=academic, threshold=AcademicLevel.AVERAGE),
        Reason(ReasonCode.ABSENCES_WITHIN, _PROMOTED, value=absences, threshold=ABSENCES_ALLOWED),
    )
