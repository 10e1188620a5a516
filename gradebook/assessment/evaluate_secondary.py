"""The kinds of cases that TT 22/2021 and TT 58/2011 answer alike."""

from gradebook.assessment.averages import Average, subject_year
from gradebook.assessment.catalogue import regular_marks
from gradebook.assessment.comments import CommentOutcome
from gradebook.assessment.evaluate_input import Input
from gradebook.assessment.evaluate_output import Evaluator, Output, columns, explained, shown
from gradebook.assessment.scales import CommentResult
from gradebook.assessment.schemes import Scheme
from gradebook.assessment.tt22 import comment_subject_year, semester_average


def marks_average(marks: Input) -> Average:
    """The semester average of one subject's marks: ``tx``, ``gk``, ``ck``."""
    required = marks.integer("required_tx", 0)
    return semester_average(marks.cells("tx", required), marks.cell("gk"), marks.cell("ck"))


def averaged(average: Average) -> Output:
    """An average with what it lacks."""
    return explained({"average": shown(average.value), "missing": columns(average.missing)})


def commented(outcome: CommentOutcome) -> Output:
    """The result of a comment subject with what it lacks."""
    return explained(
        {"result": outcome.result.value if outcome.result else None, "missing": columns(outcome.missing)}
    )


def _regular_mark_count(given: Input, scheme: Scheme) -> Output:
    return explained({"regular_marks_per_semester": regular_marks(given.integer("periods_per_year"))})


def _subject_semester_average(given: Input, scheme: Scheme) -> Output:
    return averaged(marks_average(given))


def _subject_year_average(given: Input, scheme: Scheme) -> Output:
    """A semester left out was not taught; one that is null has no average yet."""
    semesters = [
        Average(given.decimal(name)) if name in given else None for name in ("semester1", "semester2")
    ]
    return averaged(subject_year(*semesters))


def _subject_year_from_marks(given: Input, scheme: Scheme) -> Output:
    first, second = marks_average(given.part("semester1")), marks_average(given.part("semester2"))
    semesters = {"semester1": shown(first.value), "semester2": shown(second.value)}
    return semesters | averaged(subject_year(first, second))


def _comment_subject_year(given: Input, scheme: Scheme) -> Output:
    semesters = [
        CommentOutcome(given.level(CommentResult, name)) if name in given else None
        for name in ("semester1", "semester2")
    ]
    return commented(comment_subject_year(*semesters))


KINDS: dict[str, Evaluator] = {
    "regular_mark_count": _regular_mark_count,
    "subject_semester_average": _subject_semester_average,
    "subject_year_average": _subject_year_average,
    "subject_year_from_marks": _subject_year_from_marks,
    "comment_subject_year": _comment_subject_year,
}
