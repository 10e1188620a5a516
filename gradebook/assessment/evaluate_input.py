"""Reading a case: plain text and numbers into the values of the rules."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
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
    Missing,
    ZeroForAbsence,
    parse_mark,
)
from gradebook.assessment.reasons import Reason
from gradebook.assessment.scales import CommentResult, Scale
from gradebook.assessment.schemes import Scheme

Output = dict[str, Any]
AnyScale = TypeVar("AnyScale", bound=Scale)

_STATES: dict[str, Empty | AwaitingMakeUp | ZeroForAbsence] = {
    "": EMPTY,
    "awaiting_make_up": AWAITING_MAKE_UP,
    "zero_for_absence": ZERO_FOR_ABSENCE,
}


class CannotEvaluate(ValueError):
    """A case that no rule can read; the message says which and why."""


class Input:
    """The ``input`` of a case. A value that is null or missing is None, a cell that is null is empty."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    def __contains__(self, name: str) -> bool:
        return name in self._data

    def names(self) -> tuple[str, ...]:
        return tuple(self._data)

    def integer(self, name: str, default: int | None = None) -> int:
        return int(_text(self._data[name] if default is None else self._data.get(name, default)))

    def flag(self, name: str, default: bool = False) -> bool:
        value = self._data.get(name, default)
        if not isinstance(value, bool):
            raise CannotEvaluate(f"{name} is true or false, not {value!r}")
        return value

    def text(self, name: str) -> str | None:
        value = self._data.get(name)
        return None if value is None else _text(value)

    def part(self, name: str) -> "Input":
        return Input(self._data[name])

    def parts(self) -> dict[str, "Input"]:
        return {name: Input(value) for name, value in self._data.items()}

    def decimal(self, name: str) -> Decimal | None:
        return _decimal(self._data[name])

    def required_decimal(self, name: str) -> Decimal:
        return parse_mark(_text(self._data[name])).value

    def cell(self, name: str) -> Cell:
        return _cell(self._data[name])

    def cells(self, name: str, required: int = 0) -> tuple[Cell, ...]:
        return _padded(map(_cell, self._data[name]), required)

    def comment_cell(self, name: str) -> CommentCell:
        return _comment_cell(self._data[name])

    def comment_cells(self, name: str, required: int = 0) -> tuple[CommentCell, ...]:
        return _padded(map(_comment_cell, self._data[name]), required)

    def level(self, scale: type[AnyScale], name: str) -> AnyScale | None:
        text = self.text(name)
        return None if text is None else scale.parse(text)

    def required_level(self, scale: type[AnyScale], name: str) -> AnyScale:
        return scale.parse(_text(self._data[name]))

    def decimals(self, name: str) -> dict[str, Decimal | None]:
        return {subject: _decimal(value) for subject, value in self._data[name].items()}

    def levels(self, scale: type[AnyScale], name: str) -> dict[str, AnyScale | None]:
        return {
            subject: None if value is None else scale.parse(_text(value))
            for subject, value in self._data[name].items()
        }

    def complete_decimals(self, name: str) -> dict[str, Decimal]:
        return _complete(self.decimals(name))

    def complete_comments(self, name: str) -> dict[str, CommentResult]:
        return _complete(self.levels(CommentResult, name))

    def texts(self, name: str) -> dict[str, str | None]:
        return {key: None if value is None else _text(value) for key, value in self._data[name].items()}


Evaluator = Callable[[Input, Scheme], Output]

Value = TypeVar("Value")


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


def explained(results: Output, reasons: Iterable[Reason] = ()) -> Output:
    """The results with their reasons as plain data."""
    return {**results, "reasons": [reason.as_data() for reason in reasons]}


def shown(value: Decimal | None) -> str | None:
    """A number as text, one decimal as recorded."""
    return None if value is None else str(value)


def word(level: Scale | None) -> str | None:
    """A level in the circular's words."""
    return None if level is None else level.word


def columns(missing: Iterable[Missing]) -> list[str]:
    """The missing cells, such as ``regular 2 Empty``."""
    return [f"{cell.kind.value} {cell.number} {type(cell.state).__name__}" for cell in missing]


def _text(value: object) -> str:
    return str(value).strip()


def _decimal(value: object) -> Decimal | None:
    return None if value is None else parse_mark(_text(value)).value


def _cell(value: object) -> Cell:
    text = "" if value is None else _text(value)
    return _STATES[text] if text in _STATES else parse_mark(text)


def _comment_cell(value: object) -> CommentCell:
    text = "" if value is None else _text(value)
    return _STATES[text] if text in _STATES else Commented(CommentResult.parse(text))


def _padded(cells: Iterable[Value], required: int) -> tuple[Value | Empty, ...]:
    """The cells, with an empty one for each that is required and not given."""
    given = tuple(cells)
    return given + (EMPTY,) * (required - len(given))


def _complete(results: Mapping[str, Value | None]) -> dict[str, Value]:
    known = {subject: result for subject, result in results.items() if result is not None}
    if len(known) < len(results):
        raise CannotEvaluate(f"no result for {', '.join(sorted(results.keys() - known.keys()))}")
    return known
