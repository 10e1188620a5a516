"""What a file looks like whose headings are not understood, for a person who will say what its columns hold."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from hashlib import sha256

from python_calamine import CalamineWorkbook

from gradebook.spreadsheets.header import (
    WITHIN_ROWS,
    Cell,
    Column,
    Grid,
    Header,
    Merge,
    find_header,
    header_at,
)
from gradebook.spreadsheets.headings import Headings, Key
from gradebook.spreadsheets.problems import Code, UnreadableTable
from gradebook.spreadsheets.reading import Chosen, candidates, grid_of, is_blank, opened, used
from gradebook.spreadsheets.text import clean, plain
from gradebook.spreadsheets.values import text

SAMPLES = 3
MOST_COLUMNS = 80


@dataclass(frozen=True)
class SurveyedColumn:
    """A column's letter and heading, its first values, and the key that its heading stands for."""

    letter: str
    heading: str
    samples: Sequence[str]
    key: Key | None


@dataclass(frozen=True)
class Survey:
    """The most likely table of a file. `header_row` counts as Excel does."""

    sheet: str
    header_row: int
    columns: Sequence[SurveyedColumn]

    @property
    def fingerprint(self) -> str:
        """The same for the next file with the same headings in the same columns."""
        headings = "\n".join(f"{column.letter} {plain(column.heading)}" for column in self.columns)
        return sha256(headings.encode()).hexdigest()


def survey(data: bytes, headings: Headings, header_row: int | None = None) -> Survey:
    """`data` has passed `safety.check_upload`; a `header_row` is one that a person has named.

    Raises UnreadableTable: UNREADABLE, or NO_HEADER when the file holds no table at all.
    """
    with opened(data) as workbook:
        name, grid, merges = _table(workbook, headings)
    if header_row is not None and 1 <= header_row <= len(grid):
        header = header_at(header_row - 1, grid, merges)
    else:
        header = find_header(grid, merges, headings) or _widest(grid, merges)
    body = grid[header.row + header.height :]
    columns = [
        SurveyedColumn(
            column.letter, column.heading, _samples(body, column.places[0]), headings.key(column.heading)
        )
        for column in used(header.columns, body)[:MOST_COLUMNS]
    ]
    return Survey(name, header.row + 1, columns)


def source_rows(
    data: bytes, headings: Headings, chosen: Chosen | None, numbers: Collection[int]
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings of the file, and these of its rows as they stand in it, by number."""
    with opened(data) as workbook:
        if chosen is None:
            _, grid, merges = _table(workbook, headings)
            header = find_header(grid, merges, headings) or _widest(grid, merges)
        else:
            grid, merges = grid_of(workbook, chosen.sheet)
            header = header_at(chosen.header_row - 1, grid, merges)
    columns = used(header.columns, grid[header.row + header.height :])
    rows = [(number, _texts(grid[number - 1], columns)) for number in sorted(numbers) if number <= len(grid)]
    return [column.heading for column in columns], rows


def _texts(row: Sequence[Cell], columns: Sequence[Column]) -> list[str]:
    """A truth value or a duration is what got the row refused: it is shown as it is."""
    return [_shown(row[column.places[0]]) for column in columns]


def _shown(cell: Cell) -> str:
    return str(cell) if isinstance(cell, bool | time | timedelta) else text(cell) or ""


def _table(workbook: CalamineWorkbook, headings: Headings) -> tuple[str, Grid, Sequence[Merge]]:
    """The first sheet with a header that is known; else the first with anything in it."""
    filled = []
    for name in candidates(workbook, None):
        grid, merges = grid_of(workbook, name)
        if find_header(grid, merges, headings):
            return name, grid, merges
        if any(not is_blank(cell) for row in grid for cell in row):
            filled.append((name, grid, merges))
    if not filled:
        raise UnreadableTable(Code.NO_HEADER, columns=[headings.official(key) for key in headings.required])
    return filled[0]


def _widest(grid: Grid, merges: Sequence[Merge]) -> Header:
    """The row with the most texts, the upper one of equals: titles fill one cell, data hold numbers and dates."""
    texts = [sum(isinstance(cell, str) and not is_blank(cell) for cell in row) for row in grid[:WITHIN_ROWS]]
    return header_at(texts.index(max(texts)), grid, merges)


def _samples(body: Grid, place: int) -> list[str]:
    filled = (clean(_shown(row[place])) for row in body if not is_blank(row[place]))
    return [value[:60] for value, _ in zip(filled, range(SAMPLES), strict=False)]
