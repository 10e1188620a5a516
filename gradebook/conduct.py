"""What speaks for a pupil's conduct, or qualities and competences, beside the cells in which they are entered.

TT 22/2021, article 8: the homeroom teacher decides by what was seen of the pupil and by what the subject teachers
say; TT 27/2020, article 7 likewise. So the page lays the records out and computes nothing. Pupils stand in the order
of the list, never in one of merit.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from accounts.models import User
from gradebook.assessment.scales import CommentResult, Scale, SubjectLevel
from gradebook.attendance_totals import compare
from gradebook.column_rules import rules_of
from gradebook.entries import CONTENT, Entry
from gradebook.grid import field_name
from gradebook.models import Column, Course, Mark, Remark, SchoolClass
from gradebook.sheet import EMPTY_CELL, Sheet, SheetColumn, SheetRow
from gradebook.sheets import read_sheet
from gradebook.weekly_remarks import of_semester

Cell = tuple[int, int]
"""(enrolment id, column id)"""
_K = Column.Kind
_LOW_LEVELS = (CommentResult.NOT_PASSED.value, SubjectLevel.NOT_COMPLETED.value)
LOW_SCORE = 5
FIELDS_A_PAGE = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that was refused: what was typed and why."""

    typed: str
    reason: str


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of the homeroom sheet, under the name it has there."""

    cell: Cell
    name: str
    label: str
    text: str
    levels: tuple[Scale, ...]
    is_long: bool
    is_editable: bool
    may_request: bool
    """Locked, and one's own: changed by a correction request only."""
    problem: Problem | None

    @property
    def shown(self) -> str:
        return self.problem.typed if self.problem else self.text

    @property
    def is_unknown(self) -> bool:
        """Refused text that no level of the choice stands for must not vanish from the page."""
        return bool(self.shown) and self.shown not in [level.value for level in self.levels]


@dataclass(frozen=True, slots=True)
class Tally:
    """The remarks of one kind."""

    kind: str
    label: str
    remarks: list[Remark]


@dataclass(frozen=True, slots=True)
class Absences:
    """Half-days of one kind: as entered on the homeroom sheet, else as the roll calls add up; "" is not zero."""

    kind: str
    text: str
    is_of_roll: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What others recorded of a pupil in the semester."""

    absences: list[Absences]
    tallies: list[Tally]
    low: list[str]
    comments: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Case:
    row: SheetRow
    evidence: Evidence
    periods: list[tuple[str, list[Field]]]


@dataclass(frozen=True, slots=True)
class Cases:
    """The pupils of one page: `cases`, in the order of `page`."""

    sheet: Sheet
    page: Page[SheetRow]
    cases: list[Case]
    on_class: list[Tally]

    @property
    def may_enter(self) -> bool:
        return any(
            column.is_owned and column.is_open for column in self.sheet.columns if not column.in_summer
        )


def read_cases(
    course: Course,
    semester: int,
    user: User,
    problems: Mapping[Cell, Problem] | None = None,
    page: str = "",
) -> Cases:
    """The homeroom sheet of a semester with what speaks for each pupil, in a constant number of queries.

    `course` needs its class and year. Raises UnknownScheme.
    """
    sheet = read_sheet(course, semester=semester, user=user)
    rules = rules_of(course, course.columns.select_related("period"))
    scales = {pk: tuple(rule.scale or ())[::-1] for pk, rule in rules.items()}
    remarks: dict[int | None, list[Remark]] = defaultdict(list)
    for remark in of_semester(course.school_class, semester):
        remarks[remark.enrolment_id].append(remark)
    said = _said(course.school_class, semester)
    rolls = _rolls(course.school_class, semester)
    rows = _page(sheet, page)
    cases = [
        Case(
            row,
            _evidence(sheet.columns, row, rolls, remarks[row.enrolment_id], said.get(row.enrolment_id, [])),
            _periods(sheet, row, scales, problems or {}),
        )
        for row in rows
    ]
    return Cases(sheet, rows, cases, _tallies(remarks[None]))


def _page(sheet: Sheet, number: str) -> Page[SheetRow]:
    """As many pupils as are entered at one sitting: a whole secondary class, six pupils of a primary one."""
    fields = sum(map(_is_decided, sheet.columns))
    return Paginator(sheet.rows, max(FIELDS_A_PAGE // max(fields, 1), 1)).get_page(number)


def _is_decided(column: SheetColumn) -> bool:
    """A cell in which somebody decides, and no count of absences."""
    return column.kind not in Column.COUNTED and not column.in_summer


def _periods(
    sheet: Sheet,
    row: SheetRow,
    scales: Mapping[int, tuple[Scale, ...]],
    problems: Mapping[Cell, Problem],
) -> list[tuple[str, list[Field]]]:
    periods = []
    for group in sheet.groups:
        if columns := list(filter(_is_decided, group.columns)):
            fields = [_field(row, column, scales[column.pk], problems) for column in columns]
            periods.append((group.label, fields))
    return periods


def _field(
    row: SheetRow, column: SheetColumn, levels: tuple[Scale, ...], problems: Mapping[Cell, Problem]
) -> Field:
    stored = row.cells.get(column.pk, EMPTY_CELL)
    cell = row.enrolment_id, column.pk
    return Field(
        cell,
        field_name(*cell, stored.version),
        column.label,
        stored.text,
        levels,
        is_long=column.is_comment,
        is_editable=column.is_owned and column.is_open,
        may_request=column.is_owned and not column.is_open,
        problem=problems.get(cell),
    )


def _evidence(
    columns: Iterable[SheetColumn],
    row: SheetRow,
    rolls: Mapping[Cell, int],
    remarks: Sequence[Remark],
    said: Sequence[tuple[str, str, Entry]],
) -> Evidence:
    low: dict[str, list[str]] = defaultdict(list)
    for subject, kind, entry in said:
        if kind != _K.COMMENT:
            low[subject].append(entry.text)
    return Evidence(
        [_absences(column, row, rolls) for column in columns if column.kind in Column.COUNTED],
        _tallies(remarks),
        [f"{subject} {', '.join(texts)}" for subject, texts in low.items()],
        [(subject, entry.text) for subject, kind, entry in said if kind == _K.COMMENT and entry.text],
    )


def _rolls(school_class: SchoolClass, semester: int) -> dict[Cell, int]:
    """What the roll calls say where the homeroom sheet says nothing; nothing either while no roll was called."""
    comparison = compare(school_class, semester)
    if not comparison.is_called:
        return {}
    empty = (each for each in comparison.differences if each.sheet is None)
    return {(each.enrolment.pk, each.column_id): each.roll for each in empty}


def _absences(column: SheetColumn, row: SheetRow, rolls: Mapping[Cell, int]) -> Absences:
    entered = row.cells.get(column.pk, EMPTY_CELL).text
    roll = rolls.get((row.enrolment_id, column.pk))
    if entered or roll is None:
        return Absences(column.kind, entered)
    return Absences(column.kind, str(roll), is_of_roll=True)


def _tallies(remarks: Iterable[Remark]) -> list[Tally]:
    of_kind: dict[str, list[Remark]] = defaultdict(list)
    for remark in remarks:
        of_kind[remark.kind].append(remark)
    return [
        Tally(kind.value, str(kind.label), of_kind[kind.value]) for kind in Remark.Kind if of_kind[kind.value]
    ]


def _said(school_class: SchoolClass, semester: int) -> dict[int, list[tuple[str, str, Entry]]]:
    """By pupil: the subject teachers' comments, and marks below 5 or levels not reached. One query."""
    marks = Mark.objects.filter(
        column__course__school_class=school_class,
        column__course__is_withdrawn=False,
        column__period__semester__number=semester,
    ).exclude(column__course__kind=Course.Kind.HOMEROOM)
    telling = (
        marks.filter(column__kind=_K.COMMENT)
        | marks.filter(score__lt=LOW_SCORE)
        | marks.filter(level__in=_LOW_LEVELS)
    )
    found: dict[int, list[tuple[str, str, Entry]]] = defaultdict(list)
    rows = telling.order_by("column__course__subject__order", "column__order").values_list(
        "enrolment_id", "column__course__subject__name", "column__kind", *CONTENT
    )
    for enrolment, subject, kind, *content in rows:
        found[enrolment].append((subject, kind, Entry(*content)))
    return found
