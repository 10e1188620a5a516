"""Which paper a table needs, and how high its rows may be. Lengths are millimetres.

Three papers: A4 upright, A4 `wide`, and A3 wide (`large`) where the list would not fit on one such page.
"""

from dataclasses import dataclass
from math import ceil
from typing import Any

# The heights that are left for rows under a page's title and headings.
PORTRAIT_ROWS, LANDSCAPE_ROWS = 206.0, 120.0
LARGE_ROWS, LARGE_FROM = 157.0, 27
"""A3, and from how many pupils a wide table is put on it rather than on two A4 pages."""


def wide_paper(rows: int) -> str:
    """A4 landscape, or A3 where the list would not fit on one such page."""
    return "large" if rows >= LARGE_FROM else "wide"


LOWEST_LISTED = 4.55
"""Of a class's list: 45 pupils stay on one portrait page."""


def row_height(rows: int, available: float, lowest: float = LOWEST_LISTED) -> float:
    """High enough to fill the page, low enough that a class stays on it."""
    return round(min(7.0, max(lowest, available / max(rows, 1))), 2)


def wide_row_height(rows: int, paper: str, around: float = 0.0) -> float:
    """Of the tables of a whole class; on A3 45 pupils and the signatures stay on one page."""
    if paper == "large":
        return row_height(rows, LARGE_ROWS - around, lowest=3.5)
    return row_height(rows, LANDSCAPE_ROWS - around)


@dataclass(frozen=True, slots=True)
class Room:
    """For rows on A4 wide, under the title, and on pages that go on without one; both hold a few names in two lines."""

    first: float
    later: float


UNDER_TURNED, UNDER_UPRIGHT = Room(103.0, 113.0), Room(110.0, 120.0)
"""Subjects head their columns turned; the results of the year have upright words, and notes of two lines."""


def wide_list(rows: int, paper: str, room: Room) -> dict[str, Any]:
    """Height of the rows of a class, and with which of them a page begins: each of its pages is as full."""
    if paper == "large":
        return {"row_height": wide_row_height(rows, paper), "turns": []}
    pages = 1 + max(0, ceil((rows * LOWEST_LISTED - room.first) / room.later))
    available = room.first + room.later * (pages - 1)
    turns = [round(rows * (room.first + room.later * (page - 1)) / available) for page in range(1, pages)]
    return {"row_height": row_height(rows, available), "turns": turns}


WIDTHS = {"upright": 173.0, "wide": 269.0, "large": 381.0}
HEIGHTS = {"upright": 262.0, "wide": 164.0, "large": 262.0}
"""Between the margins."""
LOWEST_ROW = 4.2
"""Of a loose sheet, written by hand only beside its values."""


def paper_for(width: float, rows: int, around: float) -> str:
    """The smallest paper on which a table of this width and its whole list stand on one page; else the largest.

    `around`: the height of headings and signatures.
    """
    fitting = (
        paper
        for paper, available in WIDTHS.items()
        if width <= available and rows * LOWEST_ROW <= HEIGHTS[paper] - around
    )
    return next(fitting, "large")


def loose_row_height(rows: int, paper: str, around: float) -> float:
    return row_height(rows, HEIGHTS[paper] - around, LOWEST_ROW)
