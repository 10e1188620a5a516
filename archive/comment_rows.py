"""How a subject's list stands on its pages: what room comments need, and after which pupils a page is full.

Pure, as `layouts`. Lengths are millimetres, letters points.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from itertools import accumulate, count
from typing import Any
from unicodedata import normalize

from archive.paper_sizes import LOWEST_LISTED, PORTRAIT_ROWS, row_height

Context = dict[str, Any]
POINT = 25.4 / 72
LETTERS = {"ijlt .,;:!'": 0.28, "frsI()-/": 0.36, "acez": 0.45, "mw": 0.76}
CAPITAL, LETTER = 0.7, 0.5
"""Widths in Liberation Serif, of a letter's size: of the wider ones of a kind, so that a page has hardly more lines."""
PADDING, RULING = 1.6, 0.2
NARROWEST = 12.0
"""A column of comments beside more marks than any school gives; of a page's width nothing is left then."""
WHOLE, SHARED = 216.0, 228.0
"""What rows may take of the only page, and of each of several: there the title or the hand is missing."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How comments are set."""

    size: float
    leading: float
    air: float
    """Above and below."""

    def lines(self, text: str, width: float) -> int:
        """Broken between words, as the page breaks them."""
        room, found, filled = (width - PADDING) / (self.size * POINT), 0, 0.0
        for word in text.split():
            wide = sum(map(_width, word))
            filled += _width(" ") + wide
            if not found or filled > room:
                found, filled = found + 1, wide
        return found

    def height(self, text: str, width: float) -> float:
        return self.lines(text, width) * self.size * self.leading * POINT + 2 * self.air + RULING


@cache
def _width(letter: str) -> float:
    plain = normalize("NFD", letter)[0]
    return next(
        (width for letters, width in LETTERS.items() if plain in letters),
        CAPITAL if plain.isupper() else LETTER,
    )


LINE = Setting(7.6, 1.02, 0.0)
"""Of comments that stand in one line, and of none."""
CLOSE = Setting(7.6, 1.12, 0.45)
AIRY = Setting(8.5, 1.14, 0.75)


def spread(texts: Sequence[str], width: float) -> Context:
    """The rows of a list whose comments stand in a column of this width: their setting, their height, new pages."""
    width = max(width, NARROWEST)
    if all(LINE.lines(text, width) <= 1 for text in texts):
        return _context(LINE, row_height(len(texts), PORTRAIT_ROWS), [])
    setting, pages = next(
        (setting, pages)
        for pages in count(1)
        for setting in (AIRY, CLOSE)
        if sum(_heights(setting, texts, width)) <= _room(pages)
    )
    heights = _heights(setting, texts, width)
    spare = (_room(pages) - sum(heights)) / len(texts)
    return _context(setting, min(7.0, LOWEST_LISTED + spare), _turns(heights, pages))


def _room(pages: int) -> float:
    return WHOLE if pages == 1 else SHARED * pages


def _context(setting: Setting, lowest: float, turns: Iterable[int]) -> Context:
    return {"setting": asdict(setting), "row_height": round(lowest, 2), "turns": list(turns)}


def _heights(setting: Setting, texts: Sequence[str], width: float) -> list[float]:
    return [max(LOWEST_LISTED, setting.height(text, width)) for text in texts]


def _turns(heights: Sequence[float], pages: int) -> list[int]:
    """The places of the rows with which a page begins, so that each has as much on it."""
    before = [0.0, *accumulate(heights)]
    return [
        min(range(len(heights)), key=lambda place: abs(before[place] - sum(heights) * page / pages))
        for page in range(1, pages)
    ]
