"""Reads back a workbook that the portal wrote: who a row is and what a column holds is told by hidden codes.

People sort, widen, insert and hide; the codes move along. Column A holds a code for each row, a hidden row one for
each column, and CORNER stands where they meet. SEAL_SHEET, very hidden, holds in its column A what the portal sealed
when it wrote the file, in pieces: a cell of Excel ends at 32,767 characters. A workbook of several sheets has both for
each of them, with the sheet's key at their end: whoever renames or moves a sheet does not part it from its seal.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from gradebook.spreadsheets.header import Cell, Grid
from gradebook.spreadsheets.problems import Code, ColumnProblem, UnreadableTable
from gradebook.spreadsheets.reading import grid_of, is_blank, opened
from gradebook.spreadsheets.text import clean

CORNER, SEAL_SHEET, PIECE = "#portal", "_portal", 30_000
NOTE = "-"
"""The code of rows and columns that say nothing of a pupil: headings, signatures, averages."""
NAME = "name"
"""The code of the column with the pupils' names."""
WITHIN_ROWS = 40


@dataclass(frozen=True, slots=True)
class CodedRow:
    """`number` counts as Excel does; `cells` are raw values by the code of their column; an added row has no code."""

    number: int
    code: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class CodedTable:
    """`letters` says where a coded column stands now; `unknown` are columns that somebody added."""

    sheet: str
    header_row: int
    letters: Mapping[str, str]
    rows: Sequence[CodedRow]
    blank: int
    unknown: Sequence[ColumnProblem]


def read_seals(data: bytes) -> dict[str, str]:
    """What the portal sealed, by the key of each of its sheets; nothing in a file that it did not write.

    Raises UnreadableTable: UNREADABLE.
    """
    with opened(data) as workbook:
        names = [name for name in workbook.sheet_names if name.startswith(SEAL_SHEET)]
        grids = {name.removeprefix(SEAL_SHEET): grid_of(workbook, name)[0] for name in names}
    return {
        key: "".join(row[0] for row in grid if row and isinstance(row[0], str)) for key, grid in grids.items()
    }


def read_coded(data: bytes, key: str = "") -> CodedTable:
    """The sheet with this key; "" is the key of the only one.

    `data` has passed `safety.check_upload`. Raises UnreadableTable: UNREADABLE, CODES_LOST or REPEATED_COLUMN.
    """
    return read_several(data, [key])[key]


def read_several(data: bytes, keys: Iterable[str]) -> dict[str, CodedTable]:
    """The sheets with these keys, from one look at the workbook. Raises as `read_coded`."""
    with opened(data) as workbook:
        grids = [(name, grid_of(workbook, name)[0]) for name in workbook.sheet_names]
    return {key: _with_corner(grids, CORNER + key) for key in keys}


def _with_corner(grids: Iterable[tuple[str, Grid]], sought: str) -> CodedTable:
    for name, grid in grids:
        if corner := _corner(grid, sought):
            return _table(name, grid, *corner)
    raise UnreadableTable(Code.CODES_LOST)


def _corner(grid: Grid, sought: str) -> tuple[int, int] | None:
    for row, cells in enumerate(grid[:WITHIN_ROWS]):
        for column, value in enumerate(cells):
            if value == sought:
                return row, column
    return None


def _table(name: str, grid: Grid, top: int, left: int) -> CodedTable:
    places = _places(grid[top], left)
    first = next((row for row in range(top + 1, len(grid)) if _code(grid[row][left]) != NOTE), len(grid))
    lines = [row for row in range(first, len(grid)) if not _is_note(grid[row], left, places)]
    filled = [row for row in lines if any(not _empty(cell) for cell in grid[row])]
    return CodedTable(
        sheet=name,
        header_row=first,
        letters={code: get_column_letter(place + 1) for code, place in places.items()},
        rows=[
            CodedRow(
                row + 1, _code(grid[row][left]), {code: _value(grid[row][at]) for code, at in places.items()}
            )
            for row in filled
        ],
        blank=len(lines) - len(filled),
        unknown=_unknown(grid, top, first, left),
    )


def _is_note(row: Sequence[Cell], left: int, places: Mapping[str, int]) -> bool:
    """Below the pupils: unless somebody wrote one more name there."""
    return _code(row[left]) == NOTE and (NAME not in places or _empty(row[places[NAME]]))


def _places(codes: Sequence[Cell], left: int) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, value in enumerate(codes):
        code = _code(value)
        if place == left or code in ("", NOTE):
            continue
        if code in places:
            letters = [str(get_column_letter(each + 1)) for each in (places[code], place)]
            raise UnreadableTable(Code.REPEATED_COLUMN, column=code, letters=letters)
        places[code] = place
    return places


def _unknown(grid: Grid, top: int, header: int, left: int) -> list[ColumnProblem]:
    """Columns without a code that hold something beside the pupils; the heading is what stands over it."""
    found = []
    for place, code in enumerate(grid[top]):
        if place == left or _code(code):
            continue
        if any(not _empty(row[place]) for row in grid[header:] if _code(row[left]) != NOTE):
            above = (row[place] for row in reversed(grid[top + 1 : header]) if not _empty(row[place]))
            heading = clean(str(next(above, "")))
            found.append(ColumnProblem(get_column_letter(place + 1), heading, Code.UNKNOWN_COLUMN))
    return found


def _code(value: Cell) -> str:
    return clean(value) if isinstance(value, str) else ""


def _empty(value: Cell) -> bool:
    return value is None or is_blank(value)


def _value(value: Cell) -> Cell:
    return None if _empty(value) else value
