"""Finds the header among the first rows of a sheet, be it one row or several rows of merged cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from openpyxl.utils import get_column_letter

from gradebook.spreadsheets.headings import Headings, joined, match
from gradebook.spreadsheets.text import clean, number_text

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Grid = Sequence[Sequence[Cell]]
Merge = tuple[tuple[int, int], tuple[int, int]]
Place = tuple[int, int]

WITHIN_ROWS = 40
KNOWN_COLUMNS = 2
MOST_HEADER_ROWS = 3
MOST_MERGES = 1000


@dataclass(frozen=True)
class Column:
    """A column of the table: one heading, and the places in a row that it covers (several when merged)."""

    heading: str
    places: tuple[int, ...]

    @property
    def letter(self) -> str:
        return str(get_column_letter(self.places[0] + 1))


@dataclass(frozen=True)
class Header:
    """The header's first row (from 0), how many rows it takes, and its columns."""

    row: int
    height: int
    columns: tuple[Column, ...]


def find_header(grid: Grid, merges: Sequence[Merge], headings: Headings) -> Header | None:
    """The row with the most known headings, the upper one of equals; None below two known headings."""
    owners = _owners(merges, len(grid[0]) if grid else 0)
    best, most = None, KNOWN_COLUMNS - 1
    for row, cells in enumerate(grid[:WITHIN_ROWS]):
        if len([cell for cell in cells if cell]) < KNOWN_COLUMNS:
            continue
        header = _header_at(row, grid, owners)
        known = len(match([column.heading for column in header.columns], headings).positions)
        if known > most:
            best, most = header, known
    return best


def header_at(row: int, grid: Grid, merges: Sequence[Merge]) -> Header:
    """The header that begins in this row (from 0), whatever its headings say."""
    return _header_at(row, grid, _owners(merges, len(grid[0])))


def _owners(merges: Sequence[Merge], width: int) -> dict[Place, Place]:
    """The first place of the merged area that covers a place, for the areas that can be part of a header.

    Clipped to where a header can be: a hostile file may merge the whole sheet, and do so many times.
    """
    near = islice((merge for merge in merges if merge[0][0] < WITHIN_ROWS), MOST_MERGES)
    return {
        (row, column): (top, left)
        for (top, left), (bottom, right) in near
        for row in range(top, min(bottom, top + MOST_HEADER_ROWS) + 1)
        for column in range(left, min(right, width - 1) + 1)
    }


def _header_at(row: int, grid: Grid, owners: dict[Place, Place]) -> Header:
    height = _height(row, grid, owners)
    groups: dict[Place, list[int]] = {}
    for column in range(len(grid[row])):
        bottom = (row + height - 1, column)
        groups.setdefault(owners.get(bottom, bottom), []).append(column)
    columns = (
        Column(_heading(row, height, places[0], grid, owners), tuple(places)) for places in groups.values()
    )
    return Header(row, height, tuple(columns))


def _height(row: int, grid: Grid, owners: dict[Place, Place]) -> int:
    """A header goes on below when a cell of it is merged downwards, or only groups have text below them."""
    width = len(grid[row])
    height = 1
    while height < MOST_HEADER_ROWS and row + height < len(grid):
        below = row + height
        if not any(row <= owners.get((below, column), (below, 0))[0] < below for column in range(width)):
            break
        height += 1
    if height == 1 and row + 1 < len(grid) and _only_groups_go_on(row, grid, owners):
        return 2
    return height


def _only_groups_go_on(row: int, grid: Grid, owners: dict[Place, Place]) -> bool:
    below = [column for column, value in enumerate(grid[row + 1]) if value not in ("", None)]
    return bool(below) and all((row, column) in owners for column in below)


def _heading(row: int, height: int, column: int, grid: Grid, owners: dict[Place, Place]) -> str:
    heading = ""
    seen = set()
    for level in range(row, row + height):
        place = owners.get((level, column), (level, column))
        if place not in seen and place[0] >= row:
            heading = joined(heading, _text(grid[place[0]][place[1]]))
        seen.add(place)
    return heading


def _text(value: Cell) -> str:
    if isinstance(value, str):
        return " ".join(clean(value).split())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_text(value)
    return ""
