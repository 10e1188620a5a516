"""The kinds of cases of TT 58/2011 and its amendment. Conduct of the year has no formula and no kind."""

from gradebook.assessment import evaluate_secondary, tt58
from gradebook.assessment.cells import EMPTY
from gradebook.assessment.evaluate_input import Input
from gradebook.assessment.evaluate_output import Evaluation, Evaluator, evaluated, open_names, plain, shown
from gradebook.assessment.evaluate_secondary import averaged, commented
from gradebook.assessment.evaluate_tt58_year import academic_level, after_retest, retest
from gradebook.assessment.evaluate_values import known
from gradebook.assessment.scales import AcademicLevel, FormerConductLevel
from gradebook.assessment.schemes import Scheme


def _semester_average_old(given: Input, scheme: Scheme) -> Evaluation:
    average = tt58.semester_average_before_2020(given.cells("tx"), given.cells("dk"), given.cell("hk"))
    return averaged(average)


def _comment_subject_semester(given: Input, scheme: Scheme) -> Evaluation:
    """The final assessment is the last one, or still missing when the case says so. These years are closed."""
    assessments = given.comment_cells("assessments")
    closed = given.flag("semester_closed", True)
    if given.flag("last_is_final", True) and assessments:
        *others, final = assessments
        return commented(tt58.comment_subject_semester(others, final, closed=closed))
    return commented(tt58.comment_subject_semester(assessments, EMPTY, closed=closed))


def _overall_average(given: Input, scheme: Scheme) -> Evaluation:
    scored = given.marks("scored")
    missing = open_names(scored) if scored else ["scored"]
    overall = None if missing else tt58.overall_average(known(scored))
    return evaluated({"overall": shown(overall)}, missing=missing)


def _promotion(given: Input, scheme: Scheme) -> Evaluation:
    """The result of the retests goes by the name it has here or by that of TT 22/2021."""
    again = "academic_after_retest" if "academic_after_retest" in given else "learning_after_retest"
    year = tt58.YearEnd(
        given.level(FormerConductLevel, "conduct"),
        given.level(AcademicLevel, "academic"),
        given.absences(),
        given.level(FormerConductLevel, "conduct_after_summer"),
        given.level(AcademicLevel, again),
    )
    standing = tt58.promotion(year)
    return evaluated({"status": plain(standing.status)}, standing.reasons, standing.missing)


def _title(given: Input, scheme: Scheme) -> Evaluation:
    conduct = given.level(FormerConductLevel, "conduct")
    academic = given.level(AcademicLevel, "academic")
    if conduct is None or academic is None:
        missing = open_names({"conduct": conduct, "academic": academic})
        return evaluated({"title": None}, missing=missing)
    award = tt58.title(conduct, academic, scheme.options)
    return evaluated({"title": plain(award.title)}, award.reasons)


KINDS: dict[str, Evaluator] = {
    **evaluate_secondary.KINDS,
    "subject_semester_average_old": _semester_average_old,
    "comment_subject_semester": _comment_subject_semester,
    "overall_average": _overall_average,
    "academic_level": academic_level,
    "retest": retest,
    "after_retest": after_retest,
    "promotion": _promotion,
    "title": _title,
}
