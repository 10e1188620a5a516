"""The rows of a month's sheet as HTML: joined f-strings, as in `grid`, because a class has 45 × 31 cells.

Everything that a person typed goes through `escape`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gradebook.attendance_fields import CODES, cell_name, note_name
from gradebook.attendance_import import Proposal
from gradebook.attendance_rules import Tally
from gradebook.attendance_sheet import EMPTY, MonthCell, MonthColumn, MonthRow, MonthSheet
from gradebook.attendance_terms import on_roll
from gradebook.grid import Problem

Place = tuple[int, date, str]
NO_PROBLEMS: Mapping[Place, Problem] = {}
NO_LETTERS: Mapping[Place, Proposal] = {}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields beside what is stored: refused cells, and letters that a file would enter."""

    problems: Mapping[Place, Problem]
    proposed: Mapping[Place, Proposal]


NOTHING_TYPED = Typed(NO_PROBLEMS, NO_LETTERS)


def column_id(column: MonthColumn) -> str:
    return f"d{column.day.day}{CODES[column.half_day]}"


def rows_html(sheet: MonthSheet, *, may_write: bool, links: bool, typed: Typed = NOTHING_TYPED) -> SafeString:
    """The body of the sheet. `links`: names lead to the pupil's own absences."""
    painter = _Painter(sheet, typed, may_write=may_write, links=links)
    return mark_safe("".join([painter.row(row) for row in sheet.rows]))  # noqa: S308  escaped below


class _Painter:
    def __init__(self, sheet: MonthSheet, typed: Typed, *, may_write: bool, links: bool) -> None:
        self.columns = [(column, column_id(column)) for column in sheet.columns]
        self.typed, self.may_write, self.links = typed, may_write, links

    def row(self, row: MonthRow) -> str:
        pk = row.enrolment.pk
        cells = "".join([self.cell(row, column, place) for column, place in self.columns])
        return (
            f'<tr><td class="col-number">{row.enrolment.number}</td>'
            f'<th class="col-name" scope="row" id="p{pk}">{self.name(row)}</th>{cells}{_totals(row)}</tr>'
        )

    def name(self, row: MonthRow) -> str:
        name: str = escape(row.enrolment.student.full_name)
        if not self.links:
            return name
        return f'<a href="{reverse("gradebook:pupil_attendance", args=[row.enrolment.pk])}">{name}</a>'

    def cell(self, row: MonthRow, column: MonthColumn, place: str) -> str:
        at = (row.enrolment.pk, *column.at)
        cell, problem = row.cells.get(column.at, EMPTY), self.typed.problems.get(at)
        classes = "cell cell-sunday" if column.is_sunday else "cell"
        if not on_roll(row.enrolment, column.day):
            return f'<td class="{classes} cell-none"></td>'
        # Lessons on a Sunday are rare: who has them calls the roll of that day.
        may_write = self.may_write and column.is_open and (not column.is_sunday or column.is_called)
        if not may_write:
            return self.text(classes, cell, problem)
        return self.input(classes, at, place, cell, problem)

    def input(self, classes: str, at: Place, place: str, cell: MonthCell, problem: Problem | None) -> str:
        proposal = self.typed.proposed.get(at)
        value = problem.typed if problem else proposal.letter if proposal else cell.letter
        extra, note = "", ""
        if problem:
            key = f"e{at[0]}{place}"
            extra = f' data-stored="{cell.letter}" aria-invalid="true" aria-describedby="{key}"'
            note = f'<span class="cell-problem" id="{key}">{escape(problem.text)}</span>'
        elif proposal:
            extra = f' data-stored="{cell.letter}"'
            note = f'<input type="hidden" name="{note_name(*at)}" value="{escape(proposal.note)}">'
        state = f' data-state="{problem.state}"' if problem else ' data-state="waiting"' if extra else ""
        return (
            f'<td class="{classes}"{state}><input class="cell-input" name="{cell_name(*at, cell.version)}" '
            f'value="{escape(value)}" maxlength="1" autocomplete="off" '
            f'aria-labelledby="p{at[0]} {place}"{extra}>{note}</td>'
        )

    def text(self, classes: str, cell: MonthCell, problem: Problem | None) -> str:
        if problem is None:
            return f'<td class="{classes} cell-locked">{cell.letter}</td>'
        text = f"“{problem.typed}”: {problem.text}"
        return (
            f'<td class="{classes} cell-locked" data-state="{problem.state}">{cell.letter}'
            f'<span class="cell-problem">{escape(text)}</span></td>'
        )


def _totals(row: MonthRow) -> str:
    near = " cell-near" if row.is_near else ""
    return (
        f"{_counts(row.month)}"
        f'<td class="cell cell-average">{row.semester.absent or ""}</td>'
        f'<td class="cell cell-average{near}">{row.year.absent or ""}</td>'
    )


def _counts(counts: Tally) -> str:
    return "".join(
        [
            f'<td class="cell cell-average">{count or ""}</td>'
            for count in (counts.excused, counts.unexcused, counts.late)
        ]
    )
