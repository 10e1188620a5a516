"""Reads the table of a sheet: which sheet, which columns, and every row below the header as raw values."""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from gradebook.spreadsheets.header import Cell, Column, Grid, Header, Merge, find_header, header_at
from gradebook.spreadsheets.headings import Headings, Key, match, sort_out
from gradebook.spreadsheets.problems import Code, ColumnProblem, UnreadableTable
from gradebook.spreadsheets.text import clean


@dataclass(frozen=True)
class Row:
    """The raw values of one row, in the order of the columns; `number` counts as Excel does, from 1."""

    number: int
    values: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """A table that was found: its columns, the position of each key, and every row below the header.

    `header_row` counts as Excel does; `unknown` lists the columns that are not read; `other_sheets` names the
    visible sheets that hold such a table too.
    """

    name: str
    header_row: int
    columns: tuple[Column, ...]
    positions: Mapping[Key, int]
    rows: tuple[Row, ...]
    unknown: tuple[ColumnProblem, ...]
    other_sheets: tuple[str, ...]


@dataclass(frozen=True)
class Chosen:
    """What a person said of a file whose headings do not say enough: its sheet, its header, and which key each
    column holds, by the column's letter. `header_row` counts as Excel does.
    """

    sheet: str
    header_row: int
    keys: Mapping[str, Key]


@dataclass(frozen=True)
class _Found:
    name: str
    grid: Grid
    header: Header


def read_sheet(
    data: bytes, headings: Headings, sheet: str | None = None, chosen: Chosen | None = None
) -> Sheet:
    """Read the sheet called `sheet`, else the first visible one with a header of these headings.

    `data` has passed `safety.check_upload`; `chosen` overrides what the headings say. Raises UnreadableTable:
    UNREADABLE, NO_SHEET, NO_HEADER, MISSING_COLUMNS or REPEATED_COLUMN.
    """
    with opened(data) as workbook:
        if chosen is not None:
            return _as_chosen(workbook, headings, chosen)
        found = _tables(workbook, candidates(workbook, sheet), headings)
    if not found:
        raise UnreadableTable(Code.NO_HEADER, columns=[headings.official(key) for key in headings.required])
    return _sheet(found[0], headings, tuple(other.name for other in found[1:]))


@contextmanager
def opened(data: bytes) -> Iterator[CalamineWorkbook]:
    """Raises UnreadableTable: UNREADABLE."""
    try:
        with CalamineWorkbook.from_object(io.BytesIO(data)) as workbook:
            yield workbook
    except CalamineError as error:
        raise UnreadableTable(Code.UNREADABLE, reason=str(error)) from error


def grid_of(workbook: CalamineWorkbook, name: str) -> tuple[Grid, Sequence[Merge]]:
    sheet = workbook.get_sheet_by_name(name)
    return sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or ()


def _as_chosen(workbook: CalamineWorkbook, headings: Headings, chosen: Chosen) -> Sheet:
    [name] = candidates(workbook, chosen.sheet)
    grid, merges = grid_of(workbook, name)
    if chosen.header_row > len(grid):
        raise UnreadableTable(Code.NO_HEADER, columns=[headings.official(key) for key in headings.required])
    found = _Found(name, grid, header_at(chosen.header_row - 1, grid, merges))
    return _sheet(found, headings, (), chosen)


def candidates(workbook: CalamineWorkbook, wanted: str | None) -> list[str]:
    visible = [
        each.name
        for each in workbook.sheets_metadata
        if each.typ == SheetTypeEnum.WorkSheet and each.visible == SheetVisibleEnum.Visible
    ]
    if wanted is None:
        return visible
    if wanted not in visible:
        raise UnreadableTable(Code.NO_SHEET, sheet=wanted, sheets=visible)
    return [wanted]


def _tables(workbook: CalamineWorkbook, names: Sequence[str], headings: Headings) -> list[_Found]:
    found = []
    for name in names:
        grid, merges = grid_of(workbook, name)
        header = find_header(grid, merges, headings)
        if header:
            found.append(_Found(name, grid, header))
    return found


def _sheet(
    found: _Found, headings: Headings, other_sheets: tuple[str, ...], chosen: Chosen | None = None
) -> Sheet:
    header = found.header
    first = header.row + header.height
    body = found.grid[first:]
    columns = used(header.columns, body)
    if chosen is None:
        columns = _take_in(columns, headings)
        matched = match([column.heading for column in columns], headings)
    else:
        matched = sort_out([chosen.keys.get(column.letter) for column in columns], headings)
    if matched.missing:
        missing = [headings.official(key) for key in matched.missing]
        raise UnreadableTable(Code.MISSING_COLUMNS, sheet=found.name, columns=missing)
    for key, places in matched.repeated.items():
        letters = [columns[place].letter for place in places]
        raise UnreadableTable(Code.REPEATED_COLUMN, column=headings.official(key), letters=letters)
    unknown = (columns[place] for place in matched.unknown)
    return Sheet(
        name=found.name,
        header_row=header.row + 1,
        columns=columns,
        positions=matched.positions,
        rows=tuple(Row(first + index + 1, _values(row, columns)) for index, row in enumerate(body)),
        unknown=tuple(ColumnProblem(each.letter, each.heading, Code.UNKNOWN_COLUMN) for each in unknown),
        other_sheets=other_sheets,
    )


def used(columns: Sequence[Column], body: Grid) -> tuple[Column, ...]:
    """Without the columns that have neither a heading nor a value."""
    return tuple(
        column
        for column in columns
        if column.heading or any(not is_blank(row[place]) for row in body for place in column.places)
    )


def _take_in(columns: Sequence[Column], headings: Headings) -> tuple[Column, ...]:
    """Join a nameless column to the wide one on its left, such as given names beside the family names."""
    taken: list[Column] = []
    for column in columns:
        left = taken[-1] if taken else None
        adjoins = left is not None and left.places[-1] + 1 == column.places[0]
        if left and adjoins and not column.heading and headings.key(left.heading) in headings.wide:
            taken[-1] = Column(left.heading, left.places + column.places)
        else:
            taken.append(column)
    return tuple(taken)


def _values(row: Sequence[Cell], columns: Sequence[Column]) -> tuple[Cell, ...]:
    return tuple(_value([row[place] for place in column.places]) for column in columns)


def _value(cells: Sequence[Cell]) -> Cell:
    if len(cells) == 1:
        return None if is_blank(cells[0]) else cells[0]
    filled = [cell for cell in cells if not is_blank(cell)]
    if len(filled) > 1:
        return " ".join(str(cell) for cell in filled)
    return filled[0] if filled else None


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not clean(cell)
