"""TT 58/2011 Điều 18: the titles of a semester or a year."""

from gradebook.assessment import judged
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
    advanced = (
        judged.conduct(conduct, FormerConductLevel.FAIR, _ADVANCED),
        judged.learning(academic, AcademicLevel.FAIR, _ADVANCED),
    )
    short = tuple(filter(judged.is_short, advanced))
    if short:
        return Award(None, short)
    good = (
        judged.conduct(conduct, FormerConductLevel.GOOD, _GOOD),
        judged.learning(academic, AcademicLevel.EXCELLENT, _GOOD),
    )
    missed = tuple(filter(judged.is_short, good))
    return Award(Title.FORMER_ADVANCED, (*advanced, *missed)) if missed else Award(Title.FORMER_GOOD, good)
