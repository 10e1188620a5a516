"""Writes a sheet of marks as a workbook to fill in outside the portal, which `coded` reads back.

It is made to look like the sheets that Vietnamese schools print. Only cells that its reader may fill in are open;
the protection has no password, because it guards against slips and not against people: what a file asks for is judged
when it comes back. Marks are numbers, so that each Excel shows its own decimal sign; all else is text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection

from gradebook.spreadsheets.coded import CORNER, NOTE, PIECE, SEAL_SHEET
from gradebook.spreadsheets.coded_rules import Kind, add_rules
from gradebook.spreadsheets.writing import saved, write_text

FACE = "Times New Roman"
WIDTHS = {Kind.NUMBER: 5, Kind.SHORT: 7, Kind.TEXT: 13, Kind.NAME: 26, Kind.COMMENT: 42}
WIDTH = 8.5
PORTRAIT_WIDTH, PAGE_WIDTH = 100, 200
"""In characters: what an upright and what a lying A4 page take before the print becomes too small to read."""
WHO = frozenset({Kind.NUMBER, Kind.SHORT, Kind.TEXT, Kind.NAME})
LINE_HEIGHT, ROW_HEIGHT = 15.5, 18
OPEN, SHUT, HEAD = (PatternFill("solid", fgColor=colour) for colour in ("FFF8DC", "EEEEEE", "DCE6F1"))
GRID = Border(*(Side("thin", color="808080") for _ in range(4)))
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
SCORE = re.compile(r"\d{1,3}(,\d)?")
FORMATS = {Kind.AVERAGE: "0.0", Kind.SCORE: "General", Kind.WHOLE: "General", Kind.COUNT: "0"}


@dataclass(frozen=True, slots=True)
class CodedColumn:
    """`group` stands over the headings of the columns that share it; `choices` are the codes of a scale."""

    code: str
    kind: Kind
    heading: str
    group: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodedLine:
    """The texts of one pupil, in the order of the columns, and the positions of those that may be filled in."""

    code: str
    texts: Sequence[str]
    free: frozenset[int]


@dataclass(frozen=True, slots=True)
class CodedSheet:
    """`titles`: the school's two lines, the title and what it is of; `legend` explains how to fill in.

    `key` tells the sheets of one workbook apart; letters, digits and underscores.
    """

    name: str
    titles: tuple[str, str, str, str]
    legend: str
    signature: tuple[str, str]
    columns: Sequence[CodedColumn]
    lines: Sequence[CodedLine]
    seal: str
    key: str = ""


def write_coded(sheets: Sequence[CodedSheet]) -> bytes:
    """An .xlsx file; who a row is stands in the hidden column A, what a column holds in the hidden sixth row."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for place, sheet in enumerate(sheets):
        _page(workbook, sheet, place)
    workbook.active = 0
    return saved(workbook)


def _page(workbook: Workbook, sheet: CodedSheet, place: int) -> None:
    """The hidden sheets come behind all that people see."""
    page = workbook.create_sheet(sheet.name, index=place)
    _titles(page, sheet)
    first = _header(page, sheet)
    for row, line in enumerate(sheet.lines, start=first):
        _line(page, row, line, sheet.columns)
    last = first + len(sheet.lines) - 1
    _signature(page, last + 2, sheet)
    hidden = workbook.create_sheet(SEAL_SHEET + sheet.key)
    add_rules(page, hidden, [(column.kind, column.choices) for column in sheet.columns], first, last)
    _protect(workbook, page, hidden, sheet.seal)
    _print_set_up(page, first, sheet.columns)


def _titles(page: Any, sheet: CodedSheet) -> None:
    widths = accumulate(map(_width, sheet.columns))
    last = 1 + sum(
        width <= PAGE_WIDTH for width in widths
    )  # of the first page, where it is printed on several
    sizes = (12, 12, 15, 12, 11)
    for row, text in enumerate((*sheet.titles, sheet.legend), start=1):
        write_text(page.cell(row, 1), NOTE)
        cell = write_text(page.cell(row, 2), text)
        cell.font = Font(FACE, sizes[row - 1], bold=row in (2, 3), italic=row == 5)
        cell.alignment = CENTRE if row in (3, 4) else LEFT
        page.merge_cells(start_row=row, end_row=row, start_column=2, end_column=last)
    page.row_dimensions[3].height, page.row_dimensions[5].height = 26, 32


def _header(page: Any, sheet: CodedSheet) -> int:
    """The hidden row of codes, then one row of headings, or two where columns are grouped. Returns the row below."""
    top = len(sheet.titles) + 2
    height = 2 if any(column.group for column in sheet.columns) else 1
    write_text(page.cell(top, 1), CORNER + sheet.key)
    page.row_dimensions[top].hidden = True
    for row in range(top + 1, top + height + 1):
        write_text(page.cell(row, 1), NOTE)
    highest = max(_lines(column.heading, column) for column in sheet.columns)
    page.row_dimensions[top + height].height = LINE_HEIGHT * max(2, highest)
    for place, column in enumerate(sheet.columns, start=2):
        write_text(page.cell(top, place), column.code)
        _heading(page, top + height, place, column.heading)
        if height == 2:
            _heading(page, top + 1, place, column.group or column.heading)
        page.column_dimensions[get_column_letter(place)].width = _width(column)
    if height == 2:
        _merge_groups(page, top + 1, sheet.columns)
    page.column_dimensions["A"].hidden = True
    return top + height + 1


def _heading(page: Any, row: int, place: int, text: str) -> None:
    cell = write_text(page.cell(row, place), text)
    cell.font, cell.fill, cell.border, cell.alignment = Font(FACE, 11, bold=True), HEAD, GRID, CENTRE


def _merge_groups(page: Any, row: int, columns: Sequence[CodedColumn]) -> None:
    start = 0
    for place, column in enumerate(columns):
        if not column.group:
            page.merge_cells(start_row=row, end_row=row + 1, start_column=place + 2, end_column=place + 2)
            start = place + 1
        elif place + 1 == len(columns) or columns[place + 1].group != column.group:
            page.merge_cells(start_row=row, end_row=row, start_column=start + 2, end_column=place + 2)
            start = place + 1


def _line(page: Any, row: int, line: CodedLine, columns: Sequence[CodedColumn]) -> None:
    write_text(page.cell(row, 1), line.code)
    lines = max(_lines(text, column) for column, text in zip(columns, line.texts, strict=True))
    page.row_dimensions[row].height = max(ROW_HEIGHT, LINE_HEIGHT * lines)
    for place, (column, text) in enumerate(zip(columns, line.texts, strict=True)):
        cell = page.cell(row, place + 2)
        _fill(cell, column.kind, text)
        is_free = place in line.free
        cell.protection = Protection(locked=not is_free)
        cell.font, cell.border = Font(FACE, 12), GRID
        cell.alignment = LEFT if column.kind in (Kind.NAME, Kind.COMMENT) else CENTRE
        if is_free or column.kind not in WHO:
            cell.fill = OPEN if is_free else SHUT


def _fill(cell: Any, kind: Kind, text: str) -> None:
    if kind is Kind.NUMBER or (kind in FORMATS and SCORE.fullmatch(text)):
        number = float(text.replace(",", "."))
        cell.value = int(number) if number.is_integer() else number
    else:
        write_text(cell, text)
    if kind in FORMATS:
        cell.number_format = FORMATS[kind]


def _signature(page: Any, row: int, sheet: CodedSheet) -> None:
    last = len(sheet.columns) + 1
    start = max(2, last - 4)
    write_text(page.cell(row - 1, 1), NOTE)
    for offset, text in enumerate(sheet.signature):
        write_text(page.cell(row + offset, 1), NOTE)
        cell = write_text(page.cell(row + offset, start), text)
        cell.font, cell.alignment = Font(FACE, 12, italic=not offset, bold=bool(offset)), CENTRE
        page.merge_cells(start_row=row + offset, end_row=row + offset, start_column=start, end_column=last)


def _protect(workbook: Any, page: Any, hidden: Any, seal: str) -> None:
    """Widths, heights and filters stay free: a teacher may make room for long comments."""
    hidden.sheet_state = "veryHidden"
    for row, start in enumerate(range(0, len(seal), PIECE), start=1):
        write_text(hidden.cell(row, 1), seal[start : start + PIECE])
    workbook.security = WorkbookProtection(lockStructure=True)
    for each in (page, hidden):
        each.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = page.protection.autoFilter = False


def _print_set_up(page: Any, first: int, columns: Sequence[CodedColumn]) -> None:
    width = sum(map(_width, columns))
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = "landscape" if width > PORTRAIT_WIDTH else "portrait"
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = max(1, round(width / PAGE_WIDTH)), 0
    names = next(place for place, column in enumerate(columns, start=2) if column.kind is Kind.NAME)
    page.print_title_rows, page.print_title_cols = f"6:{first - 1}", f"A:{get_column_letter(names)}"
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.bottom, page.page_margins.footer = 0.5, 0.75, 0.35
    page.oddFooter.center.text = "Trang &P/&N"
    page.freeze_panes = page.cell(first, names + 1)


def _width(column: CodedColumn) -> float:
    return WIDTHS.get(column.kind, WIDTH)


def _lines(text: str, column: CodedColumn) -> int:
    """How many lines a text takes; letters are narrower than the digits in which Excel counts widths."""
    return ceil(len(text) / (1.15 * _width(column)))
