"""The year of TT 58/2011: the academic level of a case, the retests it allows, the level after them."""

from collections.abc import Mapping
from decimal import Decimal

from gradebook.assessment import tt58
from gradebook.assessment.evaluate_input import Input
from gradebook.assessment.evaluate_output import Evaluation, evaluated, open_names, plain, shown, word
from gradebook.assessment.evaluate_secondary import retaken
from gradebook.assessment.evaluate_subjects import code
from gradebook.assessment.evaluate_values import CannotEvaluate, known
from gradebook.assessment.evaluate_words import is_exempt
from gradebook.assessment.scales import AcademicLevel, CommentResult, FormerConductLevel
from gradebook.assessment.schemes import Circular, Scheme

# What a case shows where the circular leaves the level to people.
BY_HAND = "thủ công"

_ANCHOR_RULES = {"2": Circular.TT58_2011, "3": Circular.TT58_2020}

Scores = Mapping[str, Decimal | None]
Comments = Mapping[str, CommentResult | None]


def academic_level(given: Input, scheme: Scheme) -> Evaluation:
    """``anchor_rule`` is "2" or "3", the number of anchor subjects; by default that of the scheme."""
    scored, comment = _year(given)
    result = _academic(given, scheme, scored, comment)
    results = {
        "overall": shown(result.overall),
        "base_level": word(result.base_level),
        "level": _shown_level(result),
    }
    return evaluated(results, result.reasons, _missing(result))


def retest(given: Input, scheme: Scheme) -> Evaluation:
    """The subjects among which the pupil chooses."""
    scored, comment = _year(given)
    before = _academic(given, scheme, scored, comment)
    year = _year_end(given, before.level)
    missing = [*_missing(before), *open_names({"conduct": year.conduct})]
    if missing or before.level is None:
        open_year = {"learning": _shown_level(before), "retest_subjects": None}
        return evaluated(open_year, before.reasons, missing)
    retests = tt58.retest_list(known(scored), known(comment), year)
    results = {"learning": word(before.level), "retest_subjects": list(retests.subjects)}
    return evaluated(results, retests.reasons)


def after_retest(given: Input, scheme: Scheme) -> Evaluation:
    """The level with the results of the retests in place, and whether the pupil moves up."""
    scored, comment = _year(given)
    before = _academic(given, scheme, scored, comment)
    again = retaken(given.part("retest_results"), comment)
    missing = [*_missing(before), *open_names(again)]
    if missing:
        return evaluated({"learning": None, "status": None}, missing=missing)
    averages, comments = tt58.with_retests(known(scored), known(comment), known(again))
    after = _academic(given, scheme, averages, comments)
    standing = tt58.promotion(_year_end(given, before.level, after.level))
    results = {"learning": _shown_level(after), "status": plain(standing.status)}
    return evaluated(results, (*after.reasons, *standing.reasons), standing.missing)


def _year(given: Input) -> tuple[Scores, Comments]:
    """The subjects the pupil is exempt from are left out (Điều 12)."""
    return given.marks("scored"), given.without("comment", is_exempt).levels(CommentResult, "comment")


def _academic(given: Input, scheme: Scheme, scored: Scores, comment: Comments) -> tt58.AcademicResult:
    codes = tt58.ANCHORS[given.read("anchor_rule", _rule) or scheme.circular]
    anchors = frozenset(subject for subject in scored if code(subject) in codes)
    return tt58.academic_level(scored, comment, anchors, given.text("specialised_subject"), scheme.options)


def _rule(value: object) -> Circular | None:
    if value is None:
        return None
    if str(value) not in _ANCHOR_RULES:
        raise CannotEvaluate(f"'2' or '3' anchor subjects, not {value!r}")
    return _ANCHOR_RULES[str(value)]


def _shown_level(result: tt58.AcademicResult) -> str | None:
    return BY_HAND if result.base_level and not result.level else word(result.level)


def _missing(result: tt58.AcademicResult) -> tuple[str, ...]:
    return result.missing if result.base_level or result.missing else ("scored",)


def _year_end(
    given: Input, academic: AcademicLevel | None, again: AcademicLevel | None = None
) -> tt58.YearEnd:
    conduct = given.level(FormerConductLevel, "conduct" if "conduct" in given else "conduct_year")
    after_summer = given.level(FormerConductLevel, "conduct_after_summer")
    return tt58.YearEnd(conduct, academic, given.absences(), after_summer, again)
