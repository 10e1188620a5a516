"""One pupil in one course: cells in, the results of both semesters and the year out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from gradebook.assessment import schemes, tt22, tt58
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
    Missing,
    Score,
    ZeroForAbsence,
)
from gradebook.assessment.comments import CommentOutcome
from gradebook.assessment.scales import CommentResult, Scale, SubjectLevel
from gradebook.assessment.schemes import Circular
from gradebook.entries import Entry, shown_average
from gradebook.layout import FORMER
from gradebook.models import Column, Course, Mark

_K = Column.Kind
_STATES: dict[str, Empty | AwaitingMakeUp | ZeroForAbsence] = {
    Mark.State.EMPTY: EMPTY,
    Mark.State.AWAITING: AWAITING_MAKE_UP,
    Mark.State.ABSENT: ZERO_FOR_ABSENCE,
}
Value = Decimal | CommentResult | SubjectLevel | None
Cells = Mapping[int, Entry]
"""One pupil's entries by column."""


class SemesterColumns(NamedTuple):
    """The columns of one semester that decide its result."""

    regular: tuple[int, ...]
    periodic: tuple[int, ...]
    midterm: int | None
    final: int | None
    level: int | None
    test: int | None

    @classmethod
    def of(cls, columns: Mapping[str, list[int]]) -> "SemesterColumns":
        last = {kind: found[-1] for kind, found in columns.items()}
        return cls(
            tuple(columns.get(_K.REGULAR, ())),
            tuple(columns.get(_K.PERIODIC, ())),
            last.get(_K.MIDTERM),
            last.get(_K.FINAL),
            last.get(_K.LEVEL),
            last.get(_K.SCORE),
        )


@dataclass(frozen=True, slots=True)
class ResultColumns:
    """The columns of a course that decide its results. A semester without any is one in which it is not taught."""

    kind: str
    circular: Circular
    semesters: Mapping[int, SemesterColumns]
    retest: int | None

    @classmethod
    def of(cls, course: Course, columns: Iterable[Column]) -> "ResultColumns":
        """`course` needs its class, `columns` their period and semester, in the order of the sheet.

        Raises UnknownScheme.
        """
        kinds: dict[int, dict[str, list[int]]] = {}
        retest = None
        for column in columns:
            if column.kind == _K.RETEST:
                retest = column.pk
            elif column.kind != _K.COMMENT:
                kinds.setdefault(column.period.semester.number, {}).setdefault(column.kind, []).append(
                    column.pk
                )
        return cls(
            course.kind,
            schemes.parse(course.school_class.scheme).circular,
            {number: SemesterColumns.of(found) for number, found in kinds.items()},
            retest,
        )


@dataclass(frozen=True, slots=True)
class SubjectResult:
    """One pupil in one course: semester I, semester II and the year; None while something is missing.

    `taught`: in which semesters. `missing`: the cells that keep a semester open. `test`: the score of the test at the
    year's end (primary). `retest` replaces the year for promotion only (TT 22/2021, article 14).
    """

    kind: str
    values: tuple[Value, Value, Value]
    taught: tuple[bool, bool] = (True, True)
    missing: tuple[tuple[Missing, ...], tuple[Missing, ...]] = ((), ())
    test: Decimal | None = None
    has_test: bool = False
    retest: Value = None

    @property
    def texts(self) -> tuple[str, str, str]:
        first, second, year = map(shown_result, self.values)
        return first, second, year

    @property
    def after_summer(self) -> Value:
        return self.values[2] if self.retest is None else self.retest


def shown_result(value: Value) -> str:
    """As the book shows it: `8,0`, `Đ`, or nothing."""
    return value.value if isinstance(value, Scale) else shown_average(value)


def subject_result(columns: ResultColumns, cells: Cells) -> SubjectResult:
    """The result of one pupil's cells.

    In primary school nothing is computed: the level that the teacher gave at the end of the semester and of the year
    stands (TT 27/2020, articles 7 and 9).
    """
    if columns.kind == Course.Kind.SCORED:
        return _scored_result(columns, cells)
    if columns.kind == Course.Kind.COMMENT:
        return _comment_result(columns, cells)
    return _primary_result(columns, cells)


def _scored_result(columns: ResultColumns, cells: Cells) -> SubjectResult:
    first, second = (_average(columns, number, cells) for number in (1, 2))
    year = subject_year(first, second) if first or second else Average(None)
    retest = cells.get(columns.retest) if columns.retest else None
    return SubjectResult(
        columns.kind,
        (_value(first), _value(second), year.value),
        (first is not None, second is not None),
        (first.missing if first else (), second.missing if second else ()),
        retest=retest.score if retest else None,
    )


def _comment_result(columns: ResultColumns, cells: Cells) -> SubjectResult:
    first, second = (_comment(columns, number, cells) for number in (1, 2))
    year = tt22.comment_subject_year(first, second) if first or second else CommentOutcome(None)
    retest = cells.get(columns.retest) if columns.retest else None
    return SubjectResult(
        columns.kind,
        (first.result if first else None, second.result if second else None, year.result),
        (first is not None, second is not None),
        (first.missing if first else (), second.missing if second else ()),
        retest=CommentResult.parse(retest.level) if retest and retest.level else None,
    )


def _primary_result(columns: ResultColumns, cells: Cells) -> SubjectResult:
    first, second = (_level(columns, number, cells) for number in (1, 2))
    last = columns.semesters.get(2)
    test = cells.get(last.test) if last and last.test else None
    return SubjectResult(
        columns.kind,
        (first, second, second),
        test=test.score if test else None,
        has_test=bool(last and last.test),
    )


def _value(average: Average | None) -> Decimal | None:
    return average.value if average else None


def _average(columns: ResultColumns, semester: int, cells: Cells) -> Average | None:
    own = columns.semesters.get(semester)
    if own is None:
        return None
    regular = [_score_in(cells, pk) for pk in own.regular]
    if columns.circular is Circular.TT58_2011:
        periodic = [_score_in(cells, pk) for pk in own.periodic]
        return tt58.semester_average_before_2020(regular, periodic, _score_in(cells, own.final))
    return tt22.semester_average(regular, _score_in(cells, own.midterm), _score_in(cells, own.final))


def _comment(columns: ResultColumns, semester: int, cells: Cells) -> CommentOutcome | None:
    own = columns.semesters.get(semester)
    if own is None:
        return None
    regular = [_comment_in(cells, pk) for pk in own.regular]
    final = _comment_in(cells, own.final)
    if columns.circular not in FORMER:
        return tt22.comment_subject_semester(regular, _comment_in(cells, own.midterm), final)
    tests = [*own.periodic, *([own.midterm] if own.midterm else [])]
    return tt58.comment_subject_semester([*regular, *(_comment_in(cells, pk) for pk in tests)], final)


def _level(columns: ResultColumns, semester: int, cells: Cells) -> SubjectLevel | None:
    own = columns.semesters.get(semester)
    entry = cells.get(own.level) if own and own.level else None
    return SubjectLevel.parse(entry.level) if entry and entry.level else None


def _score_in(cells: Cells, column: int | None) -> Cell:
    entry = cells.get(column) if column else None
    if entry is None:
        return EMPTY
    return _score(entry.score) if entry.score is not None else _STATES[entry.state]


@lru_cache(maxsize=128)
def _score(value: Decimal) -> Score:
    """There are a hundred and one; checking each of a school's 400,000 anew is most of the work."""
    return Score(value)


def _comment_in(cells: Cells, column: int | None) -> CommentCell:
    entry = cells.get(column) if column else None
    if entry is None:
        return EMPTY
    if entry.level:
        return Commented(CommentResult.parse(entry.level))
    return _STATES[entry.state]
