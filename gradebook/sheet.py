"""What the sheet of one course and semester consists of, as one person sees it. No queries; `sheets` reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from gradebook.column_checks import ColumnCheck
from gradebook.models import Column, Course, TeachingAssignment
from gradebook.openings import Closing


@dataclass(frozen=True, slots=True)
class SheetColumn:
    pk: int
    label: str
    kind: str
    strand: str
    is_owned: bool
    is_open: bool
    check: ColumnCheck
    in_summer: bool = False

    @property
    def may_confirm(self) -> bool:
        return self.is_owned and self.check.has_values and self.check.standing is None

    @property
    def is_comment(self) -> bool:
        return self.kind == Column.Kind.COMMENT


@dataclass(frozen=True, slots=True)
class PeriodGroup:
    """The columns of one period, which open and lock by kind of mark."""

    label: str
    state: str
    """open, locked, or partly."""
    closings: list[Closing]
    columns: tuple[SheetColumn, ...]

    @property
    def to_confirm(self) -> list[SheetColumn]:
        return [column for column in self.columns if column.may_confirm]


class Cell(NamedTuple):
    text: str = ""
    version: int = 0


EMPTY_CELL = Cell()


@dataclass(frozen=True, slots=True)
class SheetRow:
    enrolment_id: int
    number: int
    name: str
    cells: dict[int, Cell]
    results: tuple[str, str, str]
    is_called: bool = False
    """Whether a decision sends the pupil to the summer column."""


@dataclass(frozen=True, slots=True)
class Sheet:
    course: Course
    semester: int
    groups: tuple[PeriodGroup, ...]
    rows: tuple[SheetRow, ...]
    teaching: tuple[TeachingAssignment, ...]
    """Who teaches it today."""
    owners: Mapping[int, str]
    """Whose each column is, by its key; empty where the course has no strands."""
    whole_regular: bool
    """Whether the policy wants whole numbers as regular marks."""

    @property
    def columns(self) -> list[SheetColumn]:
        return [column for group in self.groups for column in group.columns]

    def without(self, column: SheetColumn) -> list[str]:
        """Who has no value in this column though one is expected, by name in list order."""
        expected = (row for row in self.rows if row.is_called or not column.in_summer)
        return [row.name for row in expected if not row.cells.get(column.pk, EMPTY_CELL).text]

    @property
    def seen(self) -> int:
        """The last change of a value that the sheet shows, for whoever confirms columns."""
        return max((column.check.seen for column in self.columns), default=0)

    @property
    def heads(self) -> list[tuple[SheetColumn, str, str]]:
        """The columns, under each, where strands share the course, whose it is, and its period."""
        return [
            (column, self._owner(column), group.label) for group in self.groups for column in group.columns
        ]

    def _owner(self, column: SheetColumn) -> str:
        if column.pk not in self.owners:
            return ""
        return _("yours") if column.is_owned else self.owners[column.pk] or _("no teacher yet")

    @property
    def has_results(self) -> bool:
        return self.course.has_results

    @property
    def result_headings(self) -> tuple[str, str]:
        """What stands over the results: averages, or results where only comments are given."""
        if self.course.kind == Course.Kind.COMMENT:
            return (_("Result, semester I"), _("Result, semester II"))[self.semester - 1], _("Result, year")
        return (_("Average, semester I"), _("Average, semester II"))[self.semester - 1], _("Average, year")

    @property
    def roman(self) -> str:
        return "I" * self.semester

    @property
    def is_mine(self) -> bool:
        return any(column.is_owned for column in self.columns)

    @property
    def may_request(self) -> bool:
        """Whether there are locked columns of one's own: what stands there is changed by a request."""
        return any(column.is_owned and not column.is_open for column in self.columns)

    @property
    def may_enter(self) -> bool:
        return any(column.is_owned and column.is_open for column in self.columns)
