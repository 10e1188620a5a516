"""From the cells of a pupil to results: the only place where the rules of `assessment` meet our rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gradebook.assessment import tt22, tt22_subjects
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
from gradebook.assessment.scales import CommentResult, Scale, SubjectLevel
from gradebook.entries import Entry, shown_average
from gradebook.models import Column, Course, Mark

_K = Column.Kind
_STATES: dict[str, Empty | AwaitingMakeUp | ZeroForAbsence] = {
    Mark.State.EMPTY: EMPTY,
    Mark.State.AWAITING: AWAITING_MAKE_UP,
    Mark.State.ABSENT: ZERO_FOR_ABSENCE,
}


@dataclass(frozen=True, slots=True)
class ResultColumns:
    """The columns of a course that decide its result: regular marks, midterm, final; or the last level."""

    kind: str
    semesters: Mapping[int, tuple[tuple[int, ...], int, int]]
    levels: Mapping[int, int]

    @classmethod
    def of(cls, course: Course, columns: Iterable[Column]) -> "ResultColumns":
        """`columns` need their period and semester loaded, in the order of the sheet."""
        by_semester: dict[int, dict[str, list[int]]] = {1: {}, 2: {}}
        for column in columns:
            by_semester[column.period.semester.number].setdefault(column.kind, []).append(column.pk)
        return cls(
            course.kind,
            {
                number: (tuple(found[_K.REGULAR]), found[_K.MIDTERM][0], found[_K.FINAL][0])
                for number, found in by_semester.items()
                if {_K.REGULAR, _K.MIDTERM, _K.FINAL} <= found.keys()
            },
            {number: found[_K.LEVEL][-1] for number, found in by_semester.items() if _K.LEVEL in found},
        )


Value = Decimal | CommentResult | SubjectLevel | None


@dataclass(frozen=True, slots=True)
class SubjectResult:
    """One pupil in one course: semester I, semester II and the year; None while something is missing."""

    values: tuple[Value, Value, Value]

    @property
    def texts(self) -> tuple[str, str, str]:
        first, second, year = map(shown_result, self.values)
        return first, second, year


NO_RESULT = SubjectResult((None, None, None))


def shown_result(value: Value) -> str:
    """As the book shows it: `8,0`, `Đ`, or nothing."""
    return value.value if isinstance(value, Scale) else shown_average(value)


def subject_result(columns: ResultColumns, cells: Mapping[int, Entry]) -> SubjectResult:
    """The result of one pupil's cells, by column.

    In primary school nothing is computed: the level that the teacher gave at the end of the semester and of
    the year stands (TT 27/2020, articles 7 and 9).
    """
    if columns.kind == Course.Kind.SCORED:
        first, second = (_average(columns, number, cells) for number in (1, 2))
        return SubjectResult((first, second, _year(first, second)))
    if columns.kind == Course.Kind.COMMENT:
        one, two = (_comment(columns, number, cells).result for number in (1, 2))
        return SubjectResult((one, two, two))
    first_level, second_level = (_level(columns, number, cells) for number in (1, 2))
    return SubjectResult((first_level, second_level, second_level))


def learning_levels(results: Mapping[str, SubjectResult]) -> tuple[str, str, str]:
    """The learning result of a pupil by subject: semester I, II, year; "" while a subject has none.

    TT 22/2021, article 9, clauses 2 and 3.
    """
    first, second, year = (_learning_level({s: r.values[i] for s, r in results.items()}) for i in range(3))
    return first, second, year


def _learning_level(values: Mapping[str, Value]) -> str:
    if not values or None in values.values():
        return ""
    scored = {subject: value for subject, value in values.items() if isinstance(value, Decimal)}
    comment = {subject: value for subject, value in values.items() if isinstance(value, CommentResult)}
    level = tt22.learning_level(scored, comment).level
    return level.value if level else ""


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


def _level(columns: ResultColumns, semester: int, cells: Mapping[int, Entry]) -> SubjectLevel | None:
    entry = cells.get(columns.levels[semester])
    return SubjectLevel.parse(entry.level) if entry and entry.level else None


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
