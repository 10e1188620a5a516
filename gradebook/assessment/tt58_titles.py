"""TT 58/2011 Điều 18: the titles of a semester or a year."""

from gradebook.assessment.awards import Award, Title
from gradebook.assessment.reasons import Clause, Reason, ReasonCode
from gradebook.assessment.scales import AcademicLevel, FormerConductLevel
from gradebook.assessment.schemes import DEFAULTS, Options
from gradebook.assessment.tt58_levels import CIRCULAR

_GOOD = Clause(CIRCULAR, 18, 1)
_ADVANCED = Clause(CIRCULAR, 18, 2)


def title(conduct: FormerConductLevel, academic: AcademicLevel, options: Options = DEFAULTS) -> Award:
    """Học sinh giỏi for conduct Tốt and academic level Giỏi; Học sinh tiên tiến for both at least Khá.

    TT 58/2011 Điều 18, for a semester or a year. The reasons say what kept the next title out of reach.
    Schools can switch the titles off by option.
    """
    if not options.year_end_titles:
        return Award(None, (Reason(ReasonCode.TITLES_SWITCHED_OFF, _GOOD),))
    short = _short(conduct, FormerConductLevel.FAIR, academic, AcademicLevel.FAIR, _ADVANCED)
    if short:
        return Award(None, short)
    short = _short(conduct, FormerConductLevel.GOOD, academic, AcademicLevel.EXCELLENT, _GOOD)
    return Award(Title.FORMER_ADVANCED if short else Title.FORMER_GOOD, short)


def _short(
    conduct: FormerConductLevel,
    wanted_conduct: FormerConductLevel,
    academic: AcademicLevel,
    wanted: AcademicLevel,
    clause: Clause,
) -> tuple[Reason, ...]:
    reasons = []
    if conduct < wanted_conduct:
        reasons.append(Reason(ReasonCode.CONDUCT_BELOW, clause, value=conduct, threshold=wanted_conduct))
    if academic < wanted:
        reasons.append(Reason(ReasonCode.LEARNING_BELOW, clause, value=academic, threshold=wanted))
    return tuple(reasons)
