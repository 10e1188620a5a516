"""The kinds of cases of TT 58/2011 and its amendment. Conduct of the year has no formula and no kind."""

from gradebook.assessment import evaluate_secondary, tt58
from gradebook.assessment.cells import EMPTY
from gradebook.assessment.evaluate_input import Input
from gradebook.assessment.evaluate_output import Evaluator, Output, explained, shown, word
from gradebook.assessment.evaluate_secondary import averaged, commented
from gradebook.assessment.evaluate_values import slug
from gradebook.assessment.scales import AcademicLevel, CommentResult, FormerConductLevel
from gradebook.assessment.schemes import Circular, Scheme

# What a case shows where the circular leaves the level to people.
BY_HAND = "thủ công"

_ANCHOR_RULES = {"2": Circular.TT58_2011, "3": Circular.TT58_2020}


def _semester_average_old(given: Input, scheme: Scheme) -> Output:
    average = tt58.semester_average_before_2020(given.cells("tx"), given.cells("dk"), given.cell("hk"))
    return averaged(average)


def _comment_subject_semester(given: Input, scheme: Scheme) -> Output:
    """The final assessment is the last one, or still missing when the case says so."""
    assessments = given.comment_cells("assessments")
    closed = given.flag("semester_closed", True)
    if given.flag("last_is_final", True) and assessments:
        *others, final = assessments
        return commented(tt58.comment_subject_semester(others, final, closed=closed))
    return commented(tt58.comment_subject_semester(assessments, EMPTY, closed=closed))


def _overall_average(given: Input, scheme: Scheme) -> Output:
    return explained({"overall": shown(tt58.overall_average(given.complete_decimals("scored")))})


def _academic_level(given: Input, scheme: Scheme) -> Output:
    scored = given.decimals("scored")
    rule = given.text("anchor_rule")
    codes = tt58.ANCHORS[_ANCHOR_RULES[rule] if rule else scheme.circular]
    result = tt58.academic_level(
        scored,
        given.levels(CommentResult, "comment"),
        frozenset(subject for subject in scored if slug(subject) in codes),
        given.text("specialised_subject"),
        scheme.options,
    )
    level = BY_HAND if result.base_level and not result.level else word(result.level)
    results = {
        "overall": shown(result.overall),
        "base_level": word(result.base_level),
        "level": level,
        "adjusted_by": result.adjusted_by,
        "missing": list(result.missing),
    }
    return explained(results, result.reasons)


def _promotion(given: Input, scheme: Scheme) -> Output:
    year = tt58.YearEnd(
        given.level(FormerConductLevel, "conduct"),
        given.level(AcademicLevel, "academic"),
        given.integer("absences", 0),
        given.level(FormerConductLevel, "conduct_after_summer"),
        given.level(AcademicLevel, "academic_after_retest"),
    )
    standing = tt58.promotion(year)
    status = standing.status.value if standing.status else None
    return explained({"status": status, "missing": list(standing.missing)}, standing.reasons)


def _title(given: Input, scheme: Scheme) -> Output:
    conduct = given.required_level(FormerConductLevel, "conduct")
    academic = given.required_level(AcademicLevel, "academic")
    award = tt58.title(conduct, academic, scheme.options)
    return explained({"title": award.title.value if award.title else None}, award.reasons)


KINDS: dict[str, Evaluator] = {
    **evaluate_secondary.KINDS,
    "subject_semester_average_old": _semester_average_old,
    "comment_subject_semester": _comment_subject_semester,
    "overall_average": _overall_average,
    "academic_level": _academic_level,
    "promotion": _promotion,
    "title": _title,
}
