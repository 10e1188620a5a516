"""From the cells of a pupil to results: the only place where the rules of `assessment` meet our rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gradebook.assessment import tt22_subjects
from gradebook.assessment.averages import Average, subject_year
from gradebook.assessment.cells import (
    AWAITING_MAKE_UP,
    EMPTY,
    ZERO_FOR_ABSENCE,
    AwaitingMakeUp,
    Cell,
    CommentCell,
    Commented,
    Empty,
    Score,
    ZeroForAbsence,
)
from gradebook.assessment.comments import CommentOutcome
from gradebook.assessment.scales import CommentResult
from gradebook.entries import Entry, shown_average
from gradebook.models import Column, Course, Mark

_STATES: dict[str, Empty | AwaitingMakeUp | ZeroForAbsence] = {
    Mark.State.EMPTY: EMPTY,
    Mark.State.AWAITING: AWAITING_MAKE_UP,
    Mark.State.ABSENT: ZERO_FOR_ABSENCE,
}
NO_RESULT = ("", "", "")


@dataclass(frozen=True, slots=True)
class ResultColumns:
    """The columns of a course that decide its result, by semester: regular marks, midterm, final."""

    kind: str
    semesters: Mapping[int, tuple[tuple[int, ...], int, int]]

    @classmethod
    def of(cls, course: Course, columns: Iterable[Column]) -> "ResultColumns":
        """`columns` need their period and semester loaded."""
        by_semester: dict[int, dict[str, list[int]]] = {1: {}, 2: {}}
        for column in columns:
            by_semester[column.period.semester.number].setdefault(column.kind, []).append(column.pk)
        kinds = (Column.Kind.REGULAR, Column.Kind.MIDTERM, Column.Kind.FINAL)
        return cls(
            course.kind,
            {
                number: (tuple(found[kinds[0]]), found[kinds[1]][0], found[kinds[2]][0])
                for number, found in by_semester.items()
                if all(kind in found for kind in kinds)
            },
        )


def subject_result(columns: ResultColumns, cells: Mapping[int, Entry]) -> tuple[str, str, str]:
    """Semester I, semester II and year of one pupil in one course, as the book shows them; "" while missing.

    Primary courses have none: their levels are given by the teacher, not computed (TT 27/2020).
    """
    if columns.kind == Course.Kind.SCORED:
        first, second = (_average(columns, number, cells) for number in (1, 2))
        return shown_average(first), shown_average(second), shown_average(_year(first, second))
    if columns.kind == Course.Kind.COMMENT:
        results = [_comment(columns, number, cells).result for number in (1, 2)]
        first_code, second_code = (result.value if result else "" for result in results)
        return first_code, second_code, second_code
    return NO_RESULT


def _average(columns: ResultColumns, semester: int, cells: Mapping[int, Entry]) -> Decimal | None:
    regular, midterm, final = columns.semesters[semester]
    average: Average = tt22_subjects.semester_average(
        [_scored(cells.get(pk)) for pk in regular], _scored(cells.get(midterm)), _scored(cells.get(final))
    )
    return average.value


def _year(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    return subject_year(Average(first), Average(second)).value


def _comment(columns: ResultColumns, semester: int, cells: Mapping[int, Entry]) -> CommentOutcome:
    regular, midterm, final = columns.semesters[semester]
    return tt22_subjects.comment_subject_semester(
        [_commented(cells.get(pk)) for pk in regular],
        _commented(cells.get(midterm)),
        _commented(cells.get(final)),
    )


def _scored(entry: Entry | None) -> Cell:
    if entry is None:
        return EMPTY
    return Score(entry.score) if entry.score is not None else _STATES[entry.state]


def _commented(entry: Entry | None) -> CommentCell:
    if entry is None:
        return EMPTY
    if entry.level:
        return Commented(CommentResult.parse(entry.level))
    return _STATES[entry.state]
