"""TT 22/2021 Điều 15: the titles at the end of the year."""

from decimal import Decimal

from gradebook.assessment import judged
from gradebook.assessment.awards import Award, Title
from gradebook.assessment.reasons import Clause, Reason, ReasonCode
from gradebook.assessment.scales import ConductLevel, LearningLevel
from gradebook.assessment.schemes import DEFAULTS, Options
from gradebook.assessment.tt22_levels import CIRCULAR, SUBJECTS_NEEDED, Scores

_CLAUSE = Clause(CIRCULAR, 15, 1, "a")
_EXCELLENT_AT = Decimal("9.0")


def award(
    conduct: ConductLevel, learning: LearningLevel, scored: Scores, options: Options = DEFAULTS
) -> Award:
    """Học sinh Giỏi for conduct and learning both Tốt; Xuất sắc when six subjects reach 9.0 as well.

    TT 22/2021 Điều 15 khoản 1 a; ``scored`` are the year averages. There is no title for a semester, and none
    below Giỏi. The reasons of Giỏi also say what kept Xuất sắc out of reach. Schools can switch the titles off
    by option.
    """
    if not options.year_end_titles:
        return Award(None, (Reason(ReasonCode.TITLES_SWITCHED_OFF, _CLAUSE),))
    judgements = (
        judged.conduct(conduct, ConductLevel.GOOD, _CLAUSE),
        judged.learning(learning, LearningLevel.GOOD, _CLAUSE),
    )
    short = tuple(filter(judged.is_short, judgements))
    if short:
        return Award(None, short)
    enough = sum(average >= _EXCELLENT_AT for average in scored.values())
    if enough >= SUBJECTS_NEEDED:
        return Award(Title.EXCELLENT, (*judgements, _count(ReasonCode.ENOUGH_SUBJECTS, enough)))
    missed = (_count(ReasonCode.TOO_FEW_SUBJECTS, enough), *_nearest(scored, SUBJECTS_NEEDED - enough))
    return Award(Title.GOOD, (*judgements, *missed))


def _count(code: ReasonCode, enough: int) -> Reason:
    return Reason(code, _CLAUSE, value=enough, threshold=_EXCELLENT_AT, needed=SUBJECTS_NEEDED)


def _nearest(scored: Scores, lacking: int) -> list[Reason]:
    below = sorted((-average, subject) for subject, average in scored.items() if average < _EXCELLENT_AT)
    return [
        Reason(ReasonCode.NEAREST_SUBJECT, _CLAUSE, subject=subject, value=-negated, threshold=_EXCELLENT_AT)
        for negated, subject in below[:lacking]
    ]
