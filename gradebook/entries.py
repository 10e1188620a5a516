"""What a teacher types into a cell, and what the cell then shows. Reject, never clamp."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from gradebook.assessment.cells import InvalidMark, parse_mark
from gradebook.models import Column, Course, Mark

AWAITING, ABSENT = "v", "0v"
COMMENT_MAX = 1000

_LEVELS = {
    Course.Kind.PRIMARY: {"t": "T", "h": "H", "c": "C"},
    Course.Kind.COMMENT: {"đ": "Đ", "d": "Đ", "đạt": "Đ", "cđ": "CĐ", "cd": "CĐ", "chưa đạt": "CĐ"},
}


class Refused(ValueError):
    """The text cannot stand in the cell. `code` names the reason; the page puts it into words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Rules:
    """What may stand in the cells of a column, from the policy of the year and level."""

    course_kind: str
    column_kind: str
    whole: bool = False
    zero: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """The content of a cell, in the fields of `Mark`."""

    state: str = Mark.State.GIVEN
    score: Decimal | None = None
    level: str = ""
    comment: str = ""

    @property
    def text(self) -> str:
        """As shown in the cell: decimal comma, `v` for awaiting make-up, `0v` for zero for absence."""
        if self.state == Mark.State.AWAITING:
            return AWAITING
        if self.state == Mark.State.ABSENT:
            return ABSENT
        return self.level or self.comment or shown_score(self.score)


EMPTY = Entry(state=Mark.State.EMPTY)


def shown_score(score: Decimal | None) -> str:
    """`8`, `8,5`: no zero behind the comma, as teachers write it."""
    return "" if score is None else f"{score.normalize():f}".replace(".", ",")


def shown_average(average: Decimal | None) -> str:
    """`8,0`: averages always carry one decimal (TT 22/2021, article 5, clause 3)."""
    return "" if average is None else f"{average:.1f}".replace(".", ",")


def entry_of(mark: Mark | None) -> Entry:
    return EMPTY if mark is None else Entry(mark.state, mark.score, mark.level, mark.comment)


def parse(typed: str, rules: Rules) -> Entry:
    """Read typed text by the rules of its column.

    Raises Refused with a code: not-a-number, out-of-range, too-many-decimals, whole-number, no-zero,
    not-a-level-primary, not-a-level-comment, too-long, null-character.
    """
    text = unicodedata.normalize("NFC", typed).replace("\u00a0", " ").strip()
    if not text:
        return EMPTY
    if "\x00" in text:
        raise Refused("null-character")  # PostgreSQL cannot store it
    if rules.column_kind == Column.Kind.COMMENT:
        return _comment(text)
    if rules.course_kind != Course.Kind.PRIMARY and text.casefold() in {AWAITING, ABSENT}:
        return Entry(Mark.State.AWAITING if text.casefold() == AWAITING else Mark.State.ABSENT)
    return _reader(rules)(text, rules)


def _reader(rules: Rules) -> Callable[[str, Rules], Entry]:
    is_score = rules.course_kind == Course.Kind.SCORED or rules.column_kind == Column.Kind.SCORE
    return _score if is_score else _level


def _comment(text: str) -> Entry:
    if len(text) > COMMENT_MAX:
        raise Refused("too-long")
    return Entry(comment=text)


def _level(text: str, rules: Rules) -> Entry:
    level = _LEVELS[Course.Kind(rules.course_kind)].get(" ".join(text.casefold().split()))
    if level is None:
        raise Refused(f"not-a-level-{rules.course_kind}")
    return Entry(level=level)


def _score(text: str, rules: Rules) -> Entry:
    try:
        score = parse_mark(text).value
    except InvalidMark as invalid:
        raise Refused(invalid.fault.value) from None
    if rules.whole and score % 1:
        raise Refused("whole-number")
    if score == 0 and not rules.zero:
        raise Refused("no-zero")
    return Entry(score=score)
