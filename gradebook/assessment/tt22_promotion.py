"""TT 22/2021 Điều 12 and 13: promotion at the end of the year and after summer."""

from dataclasses import dataclass

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

    TT 22/2021 Điều 12; the results after summer replace those of the year (Điều 13, 14). Pupils with
    disabilities are the principal's decision (khoản 2), whatever this says.
    """
    if year.absences > ABSENCES_ALLOWED:
        return _outcome(PromotionStatus.RETAINED, _attendance(ReasonCode.ABSENCES_OVER, year.absences))
    conduct, learning = year.conduct, year.learning
    if conduct is None or learning is None:
        results = {"conduct": conduct, "learning": learning}
        return Promotion(None, (), tuple(name for name, level in results.items() if level is None))
    if conduct is ConductLevel.NOT_PASSED:
        if learning is LearningLevel.NOT_PASSED and not options.retest_after_both_failed:
            both = Reason(ReasonCode.BOTH_BELOW, _RETEST)
            return _outcome(PromotionStatus.RETAINED, both, _below(conduct), _below(learning))
        if year.conduct_after_summer in (None, ConductLevel.NOT_PASSED):
            return _second_chance(PromotionStatus.SUMMER_TRAINING, conduct, year.conduct_after_summer)
        conduct = year.conduct_after_summer
    if learning is LearningLevel.NOT_PASSED:
        if year.learning_after_retest in (None, LearningLevel.NOT_PASSED):
            return _second_chance(PromotionStatus.SUMMER_RETEST, learning, year.learning_after_retest)
        learning = year.learning_after_retest
    return _outcome(
        PromotionStatus.PROMOTED,
        Reason(ReasonCode.CONDUCT_REACHED, _CONDUCT, value=conduct, threshold=ConductLevel.PASSED),
        Reason(ReasonCode.LEARNING_REACHED, _LEARNING, value=learning, threshold=LearningLevel.PASSED),
        _attendance(ReasonCode.ABSENCES_WITHIN, year.absences),
    )


def _second_chance(
    offered: PromotionStatus, level: ConductLevel | LearningLevel, again: ConductLevel | LearningLevel | None
) -> Promotion:
    """The summer's training or retest while its result is open; retained when that result is Chưa đạt too."""
    if again is None:
        return _outcome(offered, _below(level))
    return _outcome(PromotionStatus.RETAINED, _below(level), _below(again, after_summer=True))


def _below(level: ConductLevel | LearningLevel, *, after_summer: bool = False) -> Reason:
    if isinstance(level, ConductLevel):
        clause = _TRAINING if after_summer else _CONDUCT
        return Reason(ReasonCode.CONDUCT_BELOW, clause, value=level, threshold=ConductLevel.PASSED)
    clause = _RETEST if after_summer else _LEARNING
    return Reason(ReasonCode.LEARNING_BELOW, clause, value=level, threshold=LearningLevel.PASSED)


def _attendance(code: ReasonCode, absences: int) -> Reason:
    return Reason(code, _ABSENCES, value=absences, threshold=ABSENCES_ALLOWED)


def _outcome(status: PromotionStatus, *reasons: Reason) -> Promotion:
    return Promotion(status, reasons)
