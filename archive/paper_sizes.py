"""Which paper a table needs, and how high its rows may be. Lengths are millimetres.

Three papers: A4 upright, A4 `wide`, and A3 wide (`large`) where the list would not fit on one such page.
"""

# The heights that are left for rows under a page's title and headings.
PORTRAIT_ROWS, LANDSCAPE_ROWS = 206.0, 120.0
LARGE_ROWS, LARGE_FROM = 196.0, 27
"""A3, and from how many pupils a wide table is put on it rather than on two A4 pages."""


def wide_paper(rows: int) -> str:
    """A4 landscape, or A3 where the list would not fit on one such page."""
    return "large" if rows >= LARGE_FROM else "wide"


def wide_rows(paper: str) -> float:
    return LANDSCAPE_ROWS if paper == "wide" else LARGE_ROWS


def row_height(rows: int, available: float) -> float:
    """High enough to fill the page, low enough that 45 pupils stay on one portrait page."""
    return round(min(7.0, max(4.55, available / max(rows, 1))), 2)


WIDTHS = {"upright": 173.0, "wide": 269.0, "large": 392.0}
"""Between the margins."""
_ROWS = {"upright": 46, "wide": LARGE_FROM - 1, "large": 46}
"""How many lines of a list one page holds."""


def paper_for(width: float, rows: int) -> str:
    """The smallest paper on which the table is no wider than the page, and the whole list on one."""
    rows = min(rows, max(_ROWS.values()))  # a longer list goes on to a second page on any paper
    fitting = (paper for paper, available in WIDTHS.items() if width <= available and rows <= _ROWS[paper])
    return next(fitting, "large")


def rows_on(paper: str) -> float:
    return {"upright": PORTRAIT_ROWS, "wide": LANDSCAPE_ROWS, "large": LARGE_ROWS}[paper]
