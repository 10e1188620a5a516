"""What stands where on the pages of a PDF, read from the file: words by poppler, rulings from the drawing itself."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import TypeVar

import pikepdf

from tests.poppler import text_of

MM = 72 / 25.4
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
INK = 0.3
"""How much of a line's height above and below its letters is empty, at least where no capital carries two marks."""


Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Word:
    """Points from the upper left corner; the box is the line's, letters fill the middle of it."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def is_turned(self) -> bool:
        return len(self.text) > 1 and self.bottom - self.top > self.right - self.left

    @property
    def ink(self) -> Box:
        """Where there are letters for certain."""
        height, width = self.bottom - self.top, self.right - self.left
        if self.is_turned:
            return self.left + INK * width, self.top + 0.5, self.right - INK * width, self.bottom - 0.5
        return self.left + 0.4, self.top + INK * height, self.right - 0.4, self.bottom - INK * height


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line; points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def ink(self) -> Box:
        return self.left, self.top, self.right, self.bottom


Drawn = TypeVar("Drawn", Word, Ruling)


@dataclass
class Page:
    width: float
    height: float
    words: list[Word]
    rulings: list[Ruling]

    @property
    def crossed(self) -> list[str]:
        """Words through which a line goes: a cell that is too small for what it holds."""
        return [word.text for word, _ in _meetings(self.words, self.rulings)]

    @property
    def overlapping(self) -> list[tuple[Word, Word]]:
        return [(word, other) for word, other in _meetings(self.words, self.words) if word != other]


def _meetings(words: Sequence[Word], others: Sequence[Drawn]) -> Iterator[tuple[Word, Drawn]]:
    """Pairs that lie over each other. Sorted from the top, as a page has thousands of lines."""
    boxes = sorted(((other.ink, other) for other in others), key=lambda pair: pair[0][1])
    tops = [box[1] for box, _ in boxes]
    tallest = max((box[3] - box[1] for box, _ in boxes), default=0)
    for word in words:
        left, top, right, bottom = word.ink
        for at in range(bisect_left(tops, top - tallest), bisect_right(tops, bottom)):
            box, other = boxes[at]
            if box[0] < right and left < box[2] and box[1] < bottom and top < box[3]:
                yield word, other


def pages(content: bytes) -> list[Page]:
    with pikepdf.open(BytesIO(content)) as document:
        drawn = [list(_rulings(sheet)) for sheet in document.pages]
    boxes = text_of(content, "-bbox")
    found = [
        Page(float(width), float(height), list(_words(inside)), rulings)
        for (width, height, inside), rulings in zip(PAGE.findall(boxes), drawn, strict=True)
    ]
    return found


def running_text(content: bytes) -> list[str]:
    """Page by page, in the order in which it was drawn: the words of a cell follow each other."""
    return [" ".join(page.split()) for page in text_of(content, "-raw").split("\f")[:-1]]


def _words(inside: str) -> Iterator[Word]:
    for left, top, right, bottom, text in WORD.findall(inside):
        yield Word(float(left), float(top), float(right), float(bottom), unescape(text))


def _rulings(sheet: pikepdf.Page) -> Iterator[Ruling]:
    """The borders of tables and cells: WeasyPrint strokes each as one line."""
    height = float(sheet.mediabox[3])
    here, kept = pikepdf.Matrix(), []
    start = end = (0.0, 0.0)
    for step in pikepdf.parse_content_stream(sheet, "q Q cm m l S"):
        operator, numbers = str(step.operator), [float(number) for number in step.operands]
        if operator == "q":
            kept.append(here)
        elif operator == "Q":
            here = kept.pop()
        elif operator == "cm":
            here = pikepdf.Matrix(*numbers) @ here
        elif operator == "m":
            start = here.transform((numbers[0], numbers[1]))
        elif operator == "l":
            end = here.transform((numbers[0], numbers[1]))
        else:
            (x1, x2), (y1, y2) = sorted((start[0], end[0])), sorted((height - start[1], height - end[1]))
            yield Ruling(x1, y1, x2, y2)
