"""The columns of a sheet: which stand on it, and to which period each belongs."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import ceil

from gradebook.assessment.catalogue import regular_marks
from gradebook.assessment.schemes import Circular
from gradebook.assessment.traits import traits
from gradebook.models import Column, Course

PERIODS_OF = {1: ("GK1", "CK1"), 2: ("GK2", "CN")}
SUMMER = "HE"
"""The period after the second semester: summer training, retests, assessment after support."""
FORMER = frozenset({Circular.TT58_2011, Circular.TT58_2020})
_K = Column.Kind


@dataclass(frozen=True, slots=True)
class Place:
    """A column to be: its period code, kind and ordinal, and the trait it is about."""

    period: str
    kind: str
    ordinal: int = 1
    trait: str = ""


def secondary(
    *, regular: int, periodic: int = 0, semesters: Collection[int] = frozenset(PERIODS_OF)
) -> Iterator[Place]:
    """Regular marks, midterm, final and comment of both semesters, and the retest after the year.

    TT 22/2021, articles 6, 7 and 14. The first half of the regular marks belongs to the midterm period, so that
    locking it locks them. Before TT 26/2020 there were 45-minute tests (`periodic`) in place of the midterm.
    """
    for middle, end in (PERIODS_OF[semester] for semester in sorted(semesters)):
        for ordinal in range(1, regular + 1):
            yield Place(middle if ordinal <= ceil(regular / 2) else end, _K.REGULAR, ordinal)
        for ordinal in range(1, periodic + 1):
            yield Place(middle, _K.PERIODIC, ordinal)
        if not periodic:
            yield Place(middle, _K.MIDTERM)
        yield Place(end, _K.FINAL)
        yield Place(end, _K.COMMENT)
    yield Place(SUMMER, _K.RETEST)


def primary(*, tested: frozenset[str]) -> Iterator[Place]:
    """Level, score where the period has a test, and comment at the four periods (TT 27/2020, article 7)."""
    for periods in PERIODS_OF.values():
        for period in periods:
            yield Place(period, _K.LEVEL)
            if period in tested:
                yield Place(period, _K.SCORE)
            yield Place(period, _K.COMMENT)


def homeroom(grade: int, circular: Circular) -> Iterator[Place]:
    """What the homeroom teacher records of every pupil.

    Conduct once a semester (TT 22/2021, article 8; TT 58/2011 has no rule for the year, so it is entered too), or the
    qualities and competences at the four periods (TT 27/2020, article 7); absences and a comment; after the summer
    what training or support led to.
    """
    if circular is Circular.TT27_2020:
        yield from _primary_homeroom(grade)
        return
    for _middle, end in PERIODS_OF.values():
        yield Place(end, _K.CONDUCT)
        yield Place(end, _K.EXCUSED)
        yield Place(end, _K.UNEXCUSED)
        yield Place(end, _K.COMMENT)
    if circular in FORMER:
        yield Place("CN", _K.YEAR_CONDUCT)
    yield Place(SUMMER, _K.CONDUCT)


def _primary_homeroom(grade: int) -> Iterator[Place]:
    for middle, end in PERIODS_OF.values():
        for period in (middle, end):
            for ordinal, trait in enumerate(traits(grade), start=1):
                yield Place(period, _K.TRAIT, ordinal, trait.code)
            if period == end:
                yield Place(period, _K.EXCUSED)
                yield Place(period, _K.UNEXCUSED)
            yield Place(period, _K.COMMENT)
    yield Place(SUMMER, _K.SUPPORT)


def regular_count(kind: str, lessons_per_year: int) -> int:
    """Regular marks a semester: 2, 3 or 4 by lessons a year; 2 where only comments are given (article 6)."""
    return 2 if kind == Course.Kind.COMMENT else regular_marks(lessons_per_year)
