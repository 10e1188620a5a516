"""The columns of a sheet: which stand on it, and to which period each belongs."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from gradebook.models import Column, Course

PERIODS_OF = {1: ("GK1", "CK1"), 2: ("GK2", "CN")}
_K = Column.Kind


@dataclass(frozen=True, slots=True)
class Place:
    """A column to be: its period code, kind and ordinal."""

    period: str
    kind: str
    ordinal: int = 1


def secondary(*, regular: int) -> Iterator[Place]:
    """Regular marks, midterm, final and comment of both semesters (TT 22/2021, articles 6 and 7).

    The first half of the regular marks belongs to the midterm period, so that locking it locks them.
    """
    for middle, end in PERIODS_OF.values():
        for ordinal in range(1, regular + 1):
            yield Place(middle if ordinal <= ceil(regular / 2) else end, _K.REGULAR, ordinal)
        yield Place(middle, _K.MIDTERM)
        yield Place(end, _K.FINAL)
        yield Place(end, _K.COMMENT)


def primary(*, tested: frozenset[str]) -> Iterator[Place]:
    """Level, score where the period has a test, and comment at the four periods (TT 27/2020, article 7)."""
    for periods in PERIODS_OF.values():
        for period in periods:
            yield Place(period, _K.LEVEL)
            if period in tested:
                yield Place(period, _K.SCORE)
            yield Place(period, _K.COMMENT)


def regular_marks(kind: str, lessons_per_year: int) -> int:
    """Regular marks a semester: 2, 3 or 4 by lessons a year; 2 where only comments are given (article 6)."""
    if kind == Course.Kind.COMMENT or lessons_per_year <= 35:
        return 2
    return 3 if lessons_per_year <= 70 else 4
