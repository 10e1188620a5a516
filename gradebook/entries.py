"""What a teacher types into a cell, and what the cell then shows. Reject, never clamp."""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gradebook.assessment.cells import InvalidMark, parse_mark
from gradebook.assessment.scales import Scale
from gradebook.models import Column, Mark

AWAITING, ABSENT = "v", "0v"
COMMENT_MAX = 1000
COUNT_MAX = 400
"""No school year has more half-days than that many."""


class Refused(ValueError):
    """The text cannot stand in the cell. `code` names the reason; the page puts it into words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Rules:
    """What may stand in the cells of a column, from the policy of the year and level and the class's scheme.

    `scale`: its members are accepted by code or word; None where a number or a comment stands.
    `absence`: a pupil may be awaiting a make-up test, or have zero for absence.
    """

    column_kind: str
    scale: type[Scale] | None = None
    whole: bool = False
    zero: bool = True
    absence: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """The content of a cell, in the fields of `Mark`."""

    state: str = Mark.State.GIVEN
    score: Decimal | None = None
    level: str = ""
    comment: str = ""
    count: int | None = None

    @property
    def text(self) -> str:
        """As shown in the cell: decimal comma, `v` for awaiting make-up, `0v` for zero for absence."""
        if self.state == Mark.State.AWAITING:
            return AWAITING
        if self.state == Mark.State.ABSENT:
            return ABSENT
        if self.count is not None:
            return str(self.count)
        return self.level or self.comment or shown_score(self.score)


EMPTY = Entry(state=Mark.State.EMPTY)
CONTENT = ("state", "score", "level", "comment", "count")
"""The fields of `Mark` that an entry is made of, in its order."""


@lru_cache(maxsize=1024)
def shown_score(score: Decimal | None) -> str:
    """`8`, `8,5`: no zero behind the comma, as teachers write it."""
    return "" if score is None else f"{score.normalize():f}".replace(".", ",")


def shown_average(average: Decimal | None) -> str:
    """`8,0`: averages always carry one decimal (TT 22/2021, article 5, clause 3)."""
    return "" if average is None else f"{average:.1f}".replace(".", ",")


def entry_of(mark: Mark | None) -> Entry:
    if mark is None:
        return EMPTY
    return Entry(mark.state, mark.score, mark.level, mark.comment, mark.count)


def parse(typed: str, rules: Rules) -> Entry:
    """Read typed text by the rules of its column.

    Raises Refused with a code: not-a-number, out-of-range, too-many-decimals, whole-number, no-zero,
    not-a-level-<scale>, not-a-count, too-long, null-character.
    """
    text = unicodedata.normalize("NFC", typed).replace("\u00a0", " ").strip()
    if not text:
        return EMPTY
    if "\x00" in text:
        raise Refused("null-character")  # PostgreSQL cannot store it
    if rules.column_kind == Column.Kind.COMMENT:
        return _comment(text)
    if rules.absence and text.casefold() in {AWAITING, ABSENT}:
        return Entry(Mark.State.AWAITING if text.casefold() == AWAITING else Mark.State.ABSENT)
    if rules.column_kind in Column.COUNTED:
        return _count(text)
    return _level(text, rules.scale) if rules.scale else _score(text, rules)


def _comment(text: str) -> Entry:
    if len(text) > COMMENT_MAX:
        raise Refused("too-long")
    return Entry(comment=text)


def _count(text: str) -> Entry:
    if not text.isascii() or not text.isdigit() or int(text) > COUNT_MAX:
        raise Refused("not-a-count")
    return Entry(count=int(text))


def _level(text: str, scale: type[Scale]) -> Entry:
    wanted = _folded(text)
    for member in scale:
        if wanted in (_folded(member.value), _folded(member.word)):
            return Entry(level=member.value)
    raise Refused(f"not-a-level-{scale.__name__}")


def _folded(text: str) -> str:
    """Without letter case, repeated blanks and the bar of đ: keyboards without Vietnamese letters have none."""
    return " ".join(text.casefold().split()).replace("đ", "d")


@lru_cache(maxsize=1024)
def _score(text: str, rules: Rules) -> Entry:
    """A class knows few different scores; each is read once."""
    try:
        score = parse_mark(text).value
    except InvalidMark as invalid:
        raise Refused(invalid.fault.value) from None
    if rules.whole and score % 1:
        raise Refused("whole-number")
    if score == 0 and not rules.zero:
        raise Refused("no-zero")
    return Entry(score=score)
