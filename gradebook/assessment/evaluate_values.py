"""Plain text and null into the values of the rules."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from gradebook.assessment.cells import (
    AWAITING_MAKE_UP,
    EMPTY,
    ZERO_FOR_ABSENCE,
    AwaitingMakeUp,
    Cell,
    CommentCell,
    Commented,
    Empty,
    ZeroForAbsence,
    parse_mark,
)
from gradebook.assessment.scales import CommentResult

Value = TypeVar("Value")

_STATES: dict[str, Empty | AwaitingMakeUp | ZeroForAbsence] = {
    "": EMPTY,
    "awaiting_make_up": AWAITING_MAKE_UP,
    "zero_for_absence": ZERO_FOR_ABSENCE,
}


class CannotEvaluate(ValueError):
    """A case that no rule can read; the message says which and why."""


def composed(value: Any) -> Any:
    """The value with every text and name in composed form (NFC), as the scales spell their words."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {composed(name): composed(item) for name, item in value.items()}
    return [composed(item) for item in value] if isinstance(value, list) else value


def slug(name: str) -> str:
    """The name without diacritics, in lower case, joined by hyphens."""
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "-".join(re.findall(r"[a-z0-9]+", "".join(c for c in letters if not unicodedata.combining(c))))


def plain(value: object) -> str:
    """The value as text without blanks around it."""
    return str(value).strip()


def decimal(value: object) -> Decimal | None:
    """A mark or average, None for null."""
    return None if value is None else parse_mark(plain(value)).value


def cell(value: object) -> Cell:
    """A cell of a scored subject; null is empty."""
    text = "" if value is None else plain(value)
    return _STATES[text] if text in _STATES else parse_mark(text)


def comment_cell(value: object) -> CommentCell:
    """A cell of a comment subject; null is empty."""
    text = "" if value is None else plain(value)
    return _STATES[text] if text in _STATES else Commented(CommentResult.parse(text))


def padded(cells: Iterable[Value], required: int) -> tuple[Value | Empty, ...]:
    """The cells, with an empty one for each that is required and not given."""
    given = tuple(cells)
    return given + (EMPTY,) * (required - len(given))


def complete(results: Mapping[str, Value | None]) -> dict[str, Value]:
    """The results, or CannotEvaluate naming those that are null."""
    known = {subject: result for subject, result in results.items() if result is not None}
    if len(known) < len(results):
        raise CannotEvaluate(f"no result for {', '.join(sorted(results.keys() - known.keys()))}")
    return known
