"""The pupils and the locked columns of one's own, for whoever chooses the cells of a request by ticking them.

Joined f-strings, as in `gradebook.grid`, because a class has 45 × 14 cells. Everything typed goes through `escape`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.models import User
from corrections.waiting_cells import Waiting, waiting_cells
from gradebook.actions.marks import Cell
from gradebook.models import Course
from gradebook.sheet import EMPTY_CELL, SheetColumn, SheetRow
from gradebook.sheets import read_sheet

SHOWN = 24
"""Characters of a comment, to know it again."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`groups`: the periods with their locked columns; `rows`: the pupils with a box for each cell."""

    groups: tuple[tuple[str, tuple[SheetColumn, ...]], ...]
    rows: SafeString


def read_choice(course: Course, semester: int, user: User) -> Choice:
    sheet = read_sheet(course, semester=semester, user=user)
    groups = [
        (group.label, tuple(column for column in group.columns if column.is_owned and not column.is_open))
        for group in sheet.groups
    ]
    columns = [column for _label, found in groups for column in found]
    waiting = waiting_cells(course, user)
    rows = "".join(_row(row, columns, waiting) for row in sheet.rows)
    return Choice(
        tuple((label, found) for label, found in groups if found),
        mark_safe(rows),  # noqa: S308  escaped below
    )


def _row(row: SheetRow, columns: list[SheetColumn], waiting: Mapping[Cell, Waiting]) -> str:
    pk = row.enrolment_id
    cells = "".join(_cell(row, column, waiting.get((pk, column.pk))) for column in columns)
    return (
        f'<tr><td class="col-number">{row.number}</td>'
        f'<th class="col-name" scope="row" id="p{pk}">{escape(row.name)}</th>{cells}</tr>'
    )


def _cell(row: SheetRow, column: SheetColumn, waiting: Waiting | None) -> str:
    text = escape(row.cells.get(column.pk, EMPTY_CELL).text[:SHOWN])
    if column.in_summer and not row.is_called:
        return '<td class="cell cell-none"></td>'
    if waiting:
        return f'<td class="cell cell-locked">{text} {_request(waiting)}</td>'
    return (
        f'<td class="cell"><label class="cell-choice"><input type="checkbox" name="cell" '
        f'value="{row.enrolment_id}-{column.pk}" aria-labelledby="p{row.enrolment_id} c{column.pk}">'
        f"<span>{text}</span></label></td>"
    )


def _request(waiting: Waiting) -> str:
    said = escape(_("Request %(number)s") % {"number": waiting.request.reference})
    return f'<a href="{waiting.url}">{said}</a>' if waiting.url else f"<span>{said}</span>"
