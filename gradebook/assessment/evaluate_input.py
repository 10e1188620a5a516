"""The ``input`` of a case, read into the values of the rules."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from gradebook.assessment import evaluate_values as values
from gradebook.assessment.cells import Cell, CommentCell, parse_mark
from gradebook.assessment.evaluate_values import CannotEvaluate
from gradebook.assessment.scales import CommentResult, Scale

AnyScale = TypeVar("AnyScale", bound=Scale)


class Input:
    """The ``input`` of a case. A value that is null or missing is None, such a cell is empty."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    def __contains__(self, name: str) -> bool:
        return name in self._data

    def names(self) -> tuple[str, ...]:
        return tuple(self._data)

    def integer(self, name: str, default: int | None = None) -> int:
        return int(values.plain(self._data[name] if default is None else self._data.get(name, default)))

    def flag(self, name: str, default: bool = False) -> bool:
        value = self._data.get(name, default)
        if not isinstance(value, bool):
            raise CannotEvaluate(f"{name} is true or false, not {value!r}")
        return value

    def text(self, name: str) -> str | None:
        value = self._data.get(name)
        return None if value is None else values.plain(value)

    def part(self, name: str) -> "Input":
        return Input(self._data[name])

    def parts(self) -> dict[str, "Input"]:
        return {name: Input(value) for name, value in self._data.items()}

    def decimal(self, name: str) -> Decimal | None:
        return values.decimal(self._data[name])

    def required_decimal(self, name: str) -> Decimal:
        return parse_mark(values.plain(self._data[name])).value

    def cell(self, name: str) -> Cell:
        return values.cell(self._data.get(name))

    def cells(self, name: str, required: int = 0) -> tuple[Cell, ...]:
        return values.padded(map(values.cell, self._list(name)), required)

    def comment_cell(self, name: str) -> CommentCell:
        return values.comment_cell(self._data.get(name))

    def comment_cells(self, name: str, required: int = 0) -> tuple[CommentCell, ...]:
        return values.padded(map(values.comment_cell, self._list(name)), required)

    def level(self, scale: type[AnyScale], name: str) -> AnyScale | None:
        text = self.text(name)
        return None if text is None else scale.parse(text)

    def required_level(self, scale: type[AnyScale], name: str) -> AnyScale:
        return scale.parse(values.plain(self._data[name]))

    def decimals(self, name: str) -> dict[str, Decimal | None]:
        return {subject: values.decimal(value) for subject, value in self._data[name].items()}

    def levels(self, scale: type[AnyScale], name: str) -> dict[str, AnyScale | None]:
        return {
            subject: None if value is None else scale.parse(values.plain(value))
            for subject, value in self._data[name].items()
        }

    def complete_decimals(self, name: str) -> dict[str, Decimal]:
        return values.complete(self.decimals(name))

    def complete_comments(self, name: str) -> dict[str, CommentResult]:
        return values.complete(self.levels(CommentResult, name))

    def texts(self, name: str) -> dict[str, str | None]:
        return {
            key: None if value is None else values.plain(value) for key, value in self._data[name].items()
        }

    def _list(self, name: str) -> list[Any]:
        value = self._data[name]
        if not isinstance(value, list):
            raise CannotEvaluate(f"{name} is a list, not {value!r}")
        return value
