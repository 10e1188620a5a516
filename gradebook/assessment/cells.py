"""What a cell of the class book can hold: a value, nothing yet, an absence to make up, zero for absence."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from gradebook.assessment.rounding import to_tenth
from gradebook.assessment.scales import CommentResult

HIGHEST = Decimal(10)
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")


class MarkFault(Enum):
    """Why a mark is refused."""

    NOT_A_NUMBER = "not-a-number"
    OUT_OF_RANGE = "out-of-range"
    TOO_MANY_DECIMALS = "too-many-decimals"
    ZERO = "zero"


class InvalidMark(ValueError):
    """A mark the circular does not know; ``fault`` says why, ``text`` is what was given."""

    def __init__(self, fault: MarkFault, text: str) -> None:
        super().__init__(f"{fault.value}: {text!r}")
        self.fault = fault
        self.text = text


@dataclass(frozen=True, slots=True)
class Score:
    """A mark from 0 to 10 with at most one decimal (TT 22/2021 Điều 5 khoản 3); else InvalidMark."""

    value: Decimal

    def __post_init__(self) -> None:
        if not self.value.is_finite():
            raise InvalidMark(MarkFault.NOT_A_NUMBER, str(self.value))
        if self.value.is_signed() or self.value > HIGHEST:
            raise InvalidMark(MarkFault.OUT_OF_RANGE, str(self.value))
        if to_tenth(self.value) != self.value:
            raise InvalidMark(MarkFault.TOO_MANY_DECIMALS, str(self.value))


@dataclass(frozen=True, slots=True)
class Commented:
    """An assessment by comment."""

    result: CommentResult


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing has been entered."""


@dataclass(frozen=True, slots=True)
class AwaitingMakeUp:
    """Absent for a valid reason; a make-up test will fill the cell (TT 22/2021 Điều 7 khoản 4)."""


@dataclass(frozen=True, slots=True)
class ZeroForAbsence:
    """Absent without a valid reason: 0, or Chưa đạt in a comment subject (TT 22/2021 Điều 7 khoản 5)."""


EMPTY = Empty()
AWAITING_MAKE_UP = AwaitingMakeUp()
ZERO_FOR_ABSENCE = ZeroForAbsence()

Unfilled = Empty | AwaitingMakeUp
Cell = Score | Empty | AwaitingMakeUp | ZeroForAbsence
CommentCell = Commented | Empty | AwaitingMakeUp | ZeroForAbsence


class MarkKind(Enum):
    """The columns a semester is made of, and the semesters a year is made of."""

    REGULAR = "regular"
    PERIODIC = "periodic"  # the 45-minute tests of TT 58/2011 before TT 26/2020
    MIDTERM = "midterm"
    FINAL = "final"
    SEMESTER = "semester"


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps a result from being computed: the column, its number from 1, and its state."""

    kind: MarkKind
    number: int
    state: Unfilled


def parse_mark(text: str, *, decimals: int = 1) -> Score:
    """The mark that was typed, with a decimal comma or point; InvalidMark when refused.

    TT 22/2021 Điều 5 khoản 3 allows one decimal; ``decimals=0`` is for schools that want whole numbers.
    """
    typed = text.strip()
    if not _NUMBER.fullmatch(typed):
        raise InvalidMark(MarkFault.NOT_A_NUMBER, text)
    number = typed.replace(",", ".")
    if len(number.partition(".")[2].rstrip("0")) > decimals:
        raise InvalidMark(MarkFault.TOO_MANY_DECIMALS, text)
    try:
        return Score(Decimal(number))
    except InvalidMark as refused:
        raise InvalidMark(refused.fault, text) from None
