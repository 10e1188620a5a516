"""The cells a request is about: what stands in them, and what forbids asking for a change."""

from collections.abc import Iterable
from dataclasses import dataclass

from corrections.models import CorrectionLine
from gradebook.actions.marks import Cell
from gradebook.entries import entry_of
from gradebook.models import Column, Course, Enrolment, Mark
from gradebook.openings import Openings, read_openings


@dataclass(frozen=True, slots=True)
class Standing:
    """One cell as it stands now.

    `obstacle` is empty, or the code of what forbids a request: year-closed, open, pending.
    """

    enrolment: Enrolment
    column: Column
    text: str
    version: int
    obstacle: str


def standing(course: Course, cells: Iterable[Cell]) -> dict[Cell, Standing]:
    """Those of the cells that are on this course's sheet, in a fixed number of queries."""
    wanted = set(cells)
    among = {"enrolment__in": {pupil for pupil, _ in wanted}, "column__in": {column for _, column in wanted}}
    on_roll = course.school_class.enrolments.on_roll().filter(pk__in=among["enrolment__in"])
    enrolments = {e.pk: e for e in on_roll.select_related("student")}
    columns = {c.pk: c for c in course.columns.filter(pk__in=among["column__in"]).select_related("period")}
    marks = {(m.enrolment_id, m.column_id): m for m in Mark.objects.filter(**among)}
    obstacles = _Obstacles(
        year_closed=not course.school_class.year.is_open,
        openings=read_openings(course),
        pending=frozenset(
            CorrectionLine.objects.filter(is_open=True, **among).values_list("enrolment", "column")
        ),
    )
    return {
        cell: _standing(enrolments[cell[0]], columns[cell[1]], marks.get(cell), obstacles)
        for cell in wanted
        if cell[0] in enrolments and cell[1] in columns
    }


@dataclass(frozen=True, slots=True)
class _Obstacles:
    year_closed: bool
    openings: Openings
    pending: frozenset[Cell]

    def of(self, enrolment: Enrolment, column: Column) -> str:
        if self.year_closed:
            return "year-closed"
        if self.openings.has(column):
            return "open"
        return "pending" if (enrolment.pk, column.pk) in self.pending else ""


def _standing(enrolment: Enrolment, column: Column, mark: Mark | None, obstacles: _Obstacles) -> Standing:
    return Standing(
        enrolment,
        column,
        text=entry_of(mark).text,
        version=mark.version if mark else 0,
        obstacle=obstacles.of(enrolment, column),
    )
