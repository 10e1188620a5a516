"""The mark grid's rows as HTML.

Joined f-strings, not a template: a template loop over 45 x 14 cells alone costs 14 times as much. Everything
that a person typed goes through `escape`. The name of an input carries pupil, column and the version seen.
"""

import html
from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gradebook.sheet import EMPTY_CELL, Cell, Sheet, SheetColumn, SheetRow


def field_name(enrolment_id: int, column_id: int, version: int) -> str:
    return f"m-{enrolment_id}-{column_id}-{version}"


def history_address(course_id: int) -> str:
    """Of all cells of the course; pupil and column follow."""
    return reverse("gradebook:cell_history", args=[course_id, 0, 0]).removesuffix("0/0/")


def rows_html(sheet: Sheet, problems: "Mapping[tuple[int, int], Problem]" = {}) -> SafeString:  # noqa: B006  read only
    """The body of the grid. `problems` are cells that were refused, with what was typed."""
    painter = _Painter(sheet, problems)
    return mark_safe("".join([painter.row(row) for row in sheet.rows]))  # noqa: S308  escaped below


class Problem:
    """A refused cell: what was typed, why it was refused, the state to show."""

    __slots__ = ("state", "text", "typed")

    def __init__(self, typed: str, text: str, state: str) -> None:
        self.typed, self.text, self.state = typed, text, state


class _Painter:
    def __init__(self, sheet: Sheet, problems: Mapping[tuple[int, int], Problem]) -> None:
        self.columns = [(column, column.is_owned and column.is_open) for column in sheet.columns]
        self.semester = sheet.semester
        self.has_results = sheet.has_results
        self.numeric = sheet.course.kind == "scored"
        self.is_mine = sheet.is_mine
        self.problems = problems
        self.request_label = escape(_("Request a correction"))
        self.history_url = history_address(sheet.course.pk)
        self.request_url = reverse("corrections:new", args=[0, 0]).removesuffix("0/0/")

    def row(self, row: SheetRow) -> str:
        pk, found = row.enrolment_id, row.cells.get
        cells = [
            self.input(row, column, found(column.pk, EMPTY_CELL))
            if writable and (row.is_called or not column.in_summer)
            else self.text(row, column, found(column.pk, EMPTY_CELL))
            for column, writable in self.columns
        ]
        return (
            f'<tr id="r{pk}"><td class="col-number">{row.number}</td>'
            f'<th class="col-name" scope="row" id="p{pk}">{escape(row.name)}</th>'
            f"{''.join(cells)}{self.results(row)}</tr>"
        )

    def results(self, row: SheetRow) -> str:
        if not self.has_results:
            return ""
        shown = row.results[:1] if self.semester == 1 else row.results[1:]
        return "".join([f'<td class="cell cell-average">{text}</td>' for text in shown])

    def input(self, row: SheetRow, column: SheetColumn, cell: Cell) -> str:
        pk, own = row.enrolment_id, column.pk
        problem = self.problems.get((pk, own)) if self.problems else None
        # Not Django's escape: 540 times a page, wrapping the text as safe costs more than replacing five letters.
        text = html.escape(problem.typed if problem else cell.text)
        attributes = (
            f'class="cell-input" name="{field_name(pk, own, cell.version)}" aria-labelledby="p{pk} c{own}"'
        )
        state = note = ""
        if problem:
            state, note = _problem(problem, pk, own)
            attributes += f' aria-invalid="true" aria-describedby="e{pk}-{own}"'
        if column.is_comment:
            return f'<td class="cell cell-comment"{state}><textarea rows="1" {attributes}>{text}</textarea>{note}</td>'
        mode = ' inputmode="decimal"' if self.numeric or column.kind == "score" else ""
        return f'<td class="cell"{state}><input {attributes}{mode} value="{text}">{note}</td>'

    def text(self, row: SheetRow, column: SheetColumn, cell: Cell) -> str:
        comment = " cell-comment" if column.is_comment else ""
        locked = " cell-locked" if not column.is_open else ""
        comment += " cell-theirs" if self.is_mine and not column.is_owned else ""
        if column.in_summer and not row.is_called:
            locked += " cell-none"
        text: str = escape(cell.text)
        if locked and column.is_owned and (row.is_called or not column.in_summer):
            text += self.link(row, column, self.problems.get((row.enrolment_id, column.pk)))
        elif cell.version:
            text = f'<a href="{self.history_url}{row.enrolment_id}/{column.pk}/">{text or "–"}</a>'
        state, note = "", ""
        if problem := self.problems.get((row.enrolment_id, column.pk)):
            # Locked while it was typed: there is no input any more to keep the text in.
            problem = Problem(problem.typed, f"“{problem.typed}”: {problem.text}", problem.state)
            state, note = _problem(problem, row.enrolment_id, column.pk)
        return f'<td class="cell{comment}{locked}"{state}>{text}{note}</td>'

    def link(self, row: SheetRow, column: SheetColumn, problem: Problem | None) -> str:
        """What was typed into a cell that was locked meanwhile goes along."""
        pk = row.enrolment_id
        typed = f"?{escape(urlencode({'new': problem.typed}))}" if problem else ""
        return (
            f'<a class="cell-request" href="{self.request_url}{pk}/{column.pk}/{typed}" title="{self.request_label}" '
            f'id="q{pk}-{column.pk}" aria-label="{self.request_label}" '
            f'aria-labelledby="q{pk}-{column.pk} p{pk} c{column.pk}"></a>'
        )


def _problem(problem: Problem, enrolment_id: int, column_id: int) -> tuple[str, str]:
    return (
        f' data-state="{problem.state}"',
        f'<span class="cell-problem" id="e{enrolment_id}-{column_id}">{escape(problem.text)}</span>',
    )
