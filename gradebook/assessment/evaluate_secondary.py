"""The kinds of cases that TT 22/2021 and TT 58/2011 answer alike."""

from collections.abc import Mapping
from decimal import Decimal

from gradebook.assessment.averages import Average, subject_year
from gradebook.assessment.catalogue import regular_marks
from gradebook.assessment.cells import EMPTY, MarkKind, Missing
from gradebook.assessment.comments import CommentOutcome
from gradebook.assessment.evaluate_input import Input
from gradebook.assessment.evaluate_output import Evaluation, Evaluator, columns, evaluated, plain, shown
from gradebook.assessment.scales import CommentResult
from gradebook.assessment.schemes import Scheme
from gradebook.assessment.tt22 import comment_subject_year, semester_average

REGULAR_COMMENTS = 2  # TT 22/2021 Điều 6 khoản 2 a
_SEMESTERS = ("semester1", "semester2")


def marks_average(marks: Input, required: int = 0) -> Average:
    """The semester average of one subject's marks: ``tx``, ``gk``, ``ck``."""
    required = marks.integer("required_tx", required)
    return semester_average(marks.cells("tx", required), marks.cell("gk"), marks.cell("ck"))


def averaged(average: Average) -> Evaluation:
    """An average with what it lacks."""
    return evaluated({"average": shown(average.value)}, missing=columns(average.missing))


def commented(outcome: CommentOutcome) -> Evaluation:
    """The result of a comment subject with what it lacks."""
    return evaluated({"result": plain(outcome.result)}, missing=columns(outcome.missing))


def retaken(results: Input, comment: Mapping[str, object]) -> dict[str, Decimal | CommentResult | None]:
    """The results of retests, None where one is still to come."""
    return {
        subject: results.level(CommentResult, subject) if subject in comment else results.mark(subject)
        for subject in results.names()
    }


def _regular_mark_count(given: Input, scheme: Scheme) -> Evaluation:
    """``thematic``: the pupil takes thematic studies of the subject. ``comment_only`` subjects always have two.

    TT 22/2021 Điều 6 khoản 2 and 3.
    """
    if given.flag("comment_only"):
        return evaluated({"regular_marks_per_semester": REGULAR_COMMENTS})
    count = regular_marks(given.integer("periods_per_year"))
    more = given.flag("thematic") and scheme.options.thematic_mark_is_additional
    return evaluated({"regular_marks_per_semester": count + more})


def _subject_semester_average(given: Input, scheme: Scheme) -> Evaluation:
    return averaged(marks_average(given))


def _subject_year_average(given: Input, scheme: Scheme) -> Evaluation:
    """A semester left out was not taught; one that is null has no average yet."""
    semesters = [Average(given.mark(name)) if name in given else None for name in _SEMESTERS]
    return averaged(subject_year(*semesters))


def _subject_year_from_marks(given: Input, scheme: Scheme) -> Evaluation:
    """A semester left out was not taught; one that is null has no marks yet."""
    names = [name for name in _SEMESTERS if name in given]
    averages = {name: given.read(name, _semester_average) for name in names}
    year = subject_year(averages.get("semester1"), averages.get("semester2"))
    missing = [f"{name}:{column}" for name in names for column in columns(averages[name].missing)]
    semesters = {name: shown(averages[name].value) if name in names else None for name in _SEMESTERS}
    return evaluated({**semesters, "average": shown(year.value)}, missing=missing or columns(year.missing))


def _semester_average(marks: object) -> Average:
    return Average(None) if marks is None else marks_average(Input(marks))


def _comment_subject_year(given: Input, scheme: Scheme) -> Evaluation:
    """A semester left out was not taught; one that is null has no result yet."""
    outcomes = [
        _semester_outcome(number, given.level(CommentResult, name)) if name in given else None
        for number, name in enumerate(_SEMESTERS, start=1)
    ]
    return commented(comment_subject_year(*outcomes))


def _semester_outcome(number: int, result: CommentResult | None) -> CommentOutcome:
    missing = () if result else (Missing(MarkKind.SEMESTER, number, EMPTY),)
    return CommentOutcome(result, missing)


KINDS: dict[str, Evaluator] = {
    "regular_mark_count": _regular_mark_count,
    "subject_semester_average": _subject_semester_average,
    "subject_year_average": _subject_year_average,
    "subject_year_from_marks": _subject_year_from_marks,
    "comment_subject_year": _comment_subject_year,
}
