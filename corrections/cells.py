"""The cells a request is about: what stands in them, what forbids asking for a change, and what would be asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corrections.dossiers import NotAccepted
from corrections.models import CorrectionLine, CorrectionRequest
from gradebook import summer
from gradebook.actions.marks import Cell, Edit
from gradebook.column_rules import rules_of
from gradebook.entries import Refused, Rules, entry_of, parse
from gradebook.layout import SUMMER
from gradebook.models import Column, Course, Enrolment, Mark
from gradebook.openings import Openings, read_openings


@dataclass(frozen=True, slots=True)
class Standing:
    """One cell as it stands now.

    `obstacle` is empty, or the code of what forbids a request: year-closed, open, not-in-summer, pending. `pending`
    is the open request about it.
    """

    enrolment: Enrolment
    column: Column
    rules: Rules
    text: str
    version: int
    obstacle: str
    pending: CorrectionRequest | None = None

    @property
    def cell(self) -> Cell:
        return self.enrolment.pk, self.column.pk


def standing(course: Course, cells: Iterable[Cell]) -> dict[Cell, Standing]:
    """Those of the cells that are on this course's sheet, in the order asked for and a fixed number of queries."""
    wanted = list(dict.fromkeys(cells))
    among = {"enrolment__in": {pupil for pupil, _ in wanted}, "column__in": {column for _, column in wanted}}
    on_roll = course.school_class.enrolments.on_roll().filter(pk__in=among["enrolment__in"])
    enrolments = {e.pk: e for e in on_roll.select_related("student")}
    columns = {
        c.pk: c for c in course.columns.filter(pk__in=among["column__in"]).select_related("period__semester")
    }
    rules = rules_of(course, columns.values())
    marks = {(m.enrolment_id, m.column_id): m for m in Mark.objects.filter(**among)}
    obstacles = _Obstacles.of(course, among, columns.values())
    return {
        cell: _standing(enrolments[cell[0]], columns[cell[1]], rules[cell[1]], marks.get(cell), obstacles)
        for cell in wanted
        if cell[0] in enrolments and cell[1] in columns
    }


@dataclass(frozen=True, slots=True)
class _Obstacles:
    year_closed: bool
    openings: Openings
    called: frozenset[int]
    """The pupils who may have something in a summer column."""
    pending: Mapping[Cell, CorrectionRequest]

    @classmethod
    def of(
        cls, course: Course, among: Mapping[str, Iterable[int]], columns: Iterable[Column]
    ) -> "_Obstacles":
        lines = CorrectionLine.objects.filter(is_open=True, **among).select_related("request__year")
        in_summer = any(column.period.code == SUMMER for column in columns)
        return cls(
            year_closed=not course.school_class.year.is_open,
            openings=read_openings(course),
            called=summer.called(course) if in_summer else frozenset(),
            pending={line.cell: line.request for line in lines},
        )

    def obstacle(self, enrolment: Enrolment, column: Column) -> str:
        if self.year_closed:
            return "year-closed"
        if self.openings.has(column):
            return "open"
        if column.period.code == SUMMER and enrolment.pk not in self.called:
            return "not-in-summer"
        return "pending" if (enrolment.pk, column.pk) in self.pending else ""


def _standing(
    enrolment: Enrolment, column: Column, rules: Rules, mark: Mark | None, obstacles: _Obstacles
) -> Standing:
    return Standing(
        enrolment,
        column,
        rules,
        text=entry_of(mark).text,
        version=mark.version if mark else 0,
        obstacle=obstacles.obstacle(enrolment, column),
        pending=obstacles.pending.get((enrolment.pk, column.pk)),
    )


def lines_of(course: Course, edits: Sequence[Edit]) -> list[CorrectionLine]:
    """The lines that these edits ask for, not saved yet. Raises NotAccepted with the reason at every bad cell."""
    found = standing(course, [edit.cell for edit in edits])
    lines, problems = [], {}
    for edit in {edit.cell: edit for edit in edits}.values():
        try:
            lines.append(line_of(found.get(edit.cell), edit))
        except Refused as refusal:
            problems[edit.cell] = refusal.code
    if problems:
        raise NotAccepted.at(problems)
    return lines


def line_of(cell: Standing | None, edit: Edit) -> CorrectionLine:
    """Not saved yet. Raises `entries.Refused` with the code of why this may not be asked for."""
    if cell is None:
        raise Refused("not-on-this-sheet")
    if cell.obstacle:
        raise Refused(cell.obstacle)
    if edit.version != cell.version:
        raise Refused("conflict")
    new_text = parse(edit.typed, cell.rules).text
    if new_text == cell.text:
        raise Refused("no-change")
    return CorrectionLine(
        enrolment=cell.enrolment,
        column=cell.column,
        old_text=cell.text,
        new_text=new_text,
        seen_version=cell.version,
    )
