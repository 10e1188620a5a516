"""What is known of a subject in one grade."""

from dataclasses import dataclass
from enum import Enum


class Period(Enum):
    """The four moments of periodic assessment in a year."""

    GK1 = "GK1"
    CK1 = "CK1"
    GK2 = "GK2"
    CN = "CN"


class SubjectKind(Enum):
    """How a subject is assessed."""

    LEVEL = "level"  # TT 27/2020: a level, with a test where one is required
    SCORED = "scored"  # TT 22/2021: comment and score
    COMMENT = "comment"  # TT 22/2021: comment only


@dataclass(frozen=True, slots=True)
class Strand:
    """A part of an integrated subject, taught and recorded in columns of its own."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CatalogueSubject:
    """A subject in one grade; ``lessons`` are those of a year (tiết).

    ``chosen``: only some pupils take it. ``tests``: the periods that need a test (TT 27/2020 Điều 7).
    """

    code: str
    name: str
    lessons: int
    kind: SubjectKind
    strands: tuple[Strand, ...] = ()
    chosen: bool = False
    tests: frozenset[Period] = frozenset()
