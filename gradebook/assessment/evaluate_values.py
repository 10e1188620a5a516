"""Plain text and null into the values of the rules; what is refused is said in words."""

import re
import reprlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from gradebook.assessment.cells import EMPTY, Empty, parse_mark
from gradebook.assessment.rounding import to_tenth

Value = TypeVar("Value")
_LARGEST = 1_000_000
_MOST_REGULAR_MARKS = 50

_repr = reprlib.Repr()
_repr.maxstring = _repr.maxother = _repr.maxlong = 60
shortened = _repr.repr


class CannotEvaluate(ValueError):
    """A case that no rule can read; the message says why."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands in a case for something no case may hold; ``why`` says what it was."""

    why: str


def composed(value: Any) -> Any:
    """The value with every text and name in composed form (NFC), as the scales spell their words.

    Raises CannotEvaluate for what is Unreadable, and for two names that become one.
    """
    if isinstance(value, Unreadable):
        raise CannotEvaluate(value.why)
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        items = {composed(name): composed(item) for name, item in value.items()}
        if len(items) < len(value):
            raise CannotEvaluate(f"a name stands twice among {shortened(list(value))}")
        return items
    return [composed(item) for item in value] if isinstance(value, list) else value


def slug(name: str) -> str:
    """The name without diacritics, in lower case, joined by hyphens."""
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d").replace("ð", "d"))
    return "-".join(re.findall(r"[a-z0-9]+", "".join(c for c in letters if not unicodedata.combining(c))))


def text(value: object) -> str:
    """A text without blanks around it."""
    if not isinstance(value, str):
        raise CannotEvaluate(f"{shortened(value)} is not a text")
    return value.strip()


def integer(value: object) -> int:
    """A whole number, as a number or as text."""
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,9}", value.strip()):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _LARGEST:
        raise CannotEvaluate(f"{shortened(value)} is not a whole number in reason")
    return value


def mark(value: object) -> Decimal:
    """A mark or an average, with the one decimal that is recorded."""
    if not isinstance(value, str):
        raise CannotEvaluate(f"a mark is a text such as '8.5', not {shortened(value)}")
    try:
        return to_tenth(abs(parse_mark(value).value))
    except (ValueError, ArithmeticError):
        message = f"{shortened(value)} is not a mark from 0 to 10 with at most one decimal"
        raise CannotEvaluate(message) from None


def padded(cells: Iterable[Value], required: int) -> tuple[Value | Empty, ...]:
    """The cells, with an empty one for each that is required and not given."""
    if required > _MOST_REGULAR_MARKS:
        raise CannotEvaluate(f"{required} regular marks are more than any semester has")
    given = tuple(cells)
    return given + (EMPTY,) * (required - len(given))


def known(results: Mapping[str, Value | None]) -> dict[str, Value]:
    """The results that are there."""
    return {name: result for name, result in results.items() if result is not None}
