"""Which outcomes can be proposed and decided, by circular and stage."""

from django.utils.translation import gettext_lazy as _

from gradebook.assessment.awards import Title
from gradebook.assessment.schemes import Circular, Scheme
from gradebook.models import Outcome, Stage

_O, _T = Outcome, Title
_OUTCOMES: dict[tuple[bool, str], tuple[Outcome, ...]] = {
    (False, Stage.YEAR): (_O.PROMOTED, _O.SUMMER_TRAINING, _O.SUMMER_RETEST, _O.RETAINED),
    (False, Stage.SUMMER): (_O.PROMOTED, _O.RETAINED),
    (True, Stage.YEAR): (_O.COMPLETED_PROMOTED, _O.SUPPORT_THEN_REASSESS),
    (True, Stage.SUMMER): (_O.COMPLETED_PROMOTED, _O.NOT_COMPLETED_PROMOTED, _O.RETAINED),
}
_TITLES = {
    Circular.TT22_2021: (_T.EXCELLENT, _T.GOOD),
    Circular.TT27_2020: (_T.EXCELLENT, _T.EXEMPLARY),
    Circular.TT58_2011: (_T.FORMER_GOOD, _T.FORMER_ADVANCED),
    Circular.TT58_2020: (_T.FORMER_GOOD, _T.FORMER_ADVANCED),
}
CALLED_BACK = (_O.SUMMER_TRAINING, _O.SUMMER_RETEST, _O.SUPPORT_THEN_REASSESS)


def is_primary(scheme: Scheme) -> bool:
    return scheme.circular is Circular.TT27_2020


_COMPLETED = {
    5: _("has completed the primary programme"),
    9: _("has completed the lower secondary programme"),
    12: _("has completed the upper secondary programme"),
}
_MOVES_UP = (_O.PROMOTED, _O.COMPLETED_PROMOTED)


def outcome_words(code: str, grade: int) -> str:
    """Where a pupil goes, in words; after the last grade of a level nobody moves up: the programme is completed."""
    if not code:
        return ""
    if grade in _COMPLETED and code in _MOVES_UP:
        return str(_COMPLETED[grade])
    return str(Outcome(code).label)


def outcomes(scheme: Scheme, stage: str) -> tuple[Outcome, ...]:
    """What may be proposed: TT 22/2021, articles 12 to 14; TT 58/2011, 15 to 17; TT 27/2020, article 11."""
    found = _OUTCOMES[is_primary(scheme), stage]
    # Who failed both comes to a retest only after the training, where the school reads TT 22/2021 so.
    again = stage == Stage.SUMMER and scheme.options.retest_after_both_failed
    return (*found, _O.SUMMER_RETEST) if again else found


def titles(scheme: Scheme, stage: str) -> tuple[str, ...]:
    """Titles in the circular's words; none after the summer, none where the school has switched them off."""
    if stage == Stage.SUMMER or not scheme.options.year_end_titles:
        return ()
    return tuple(title.value for title in _TITLES[scheme.circular])
