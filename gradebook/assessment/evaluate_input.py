"""The ``input`` of a case, read into the values of the rules. Errors name the place: ``scored: Toán: …``."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from gradebook.assessment import evaluate_values as values
from gradebook.assessment import evaluate_words as words
from gradebook.assessment.cells import Cell, CommentCell
from gradebook.assessment.evaluate_values import CannotEvaluate, shortened
from gradebook.assessment.scales import Scale

AnyScale = TypeVar("AnyScale", bound=Scale)
Value = TypeVar("Value")


class Input:
    """The ``input`` of a case. A result that is null, empty or left out is None, such a cell is empty."""

    def __init__(self, data: object) -> None:
        if not isinstance(data, Mapping):
            raise CannotEvaluate(f"an object of names and values is wanted, not {shortened(data)}")
        self._data = data

    def __contains__(self, name: str) -> bool:
        return name in self._data

    def names(self) -> tuple[str, ...]:
        return tuple(self._data)

    def read(self, name: str, reader: Callable[[object], Value]) -> Value:
        """The value as the reader understands it, null when it is left out."""
        try:
            return reader(self._data.get(name))
        except CannotEvaluate as error:
            raise CannotEvaluate(f"{name}: {error}") from None

    def needed(self, name: str, reader: Callable[[object], Value]) -> Value:
        if name not in self._data:
            raise CannotEvaluate(f"{name!r} is missing")
        return self.read(name, reader)

    def integer(self, name: str, default: int | None = None) -> int:
        if default is not None and self._data.get(name) is None:
            return default
        return self.needed(name, values.integer)

    def absences(self) -> int:
        """Half-days absent, 0 where the case does not speak of them; null is a number nobody knows yet."""
        if "absences" in self._data and self._data["absences"] is None:
            raise CannotEvaluate("absences: the number is not known yet")
        return self.integer("absences", 0)

    def flag(self, name: str, default: bool = False) -> bool:
        value = self._data.get(name)
        if value is not None and not isinstance(value, bool):
            raise CannotEvaluate(f"{name}: true or false is wanted, not {shortened(value)}")
        return default if value is None else value

    def text(self, name: str) -> str | None:
        return self.read(name, lambda value: None if value is None else values.text(value))

    def part(self, name: str) -> "Input":
        """An object inside the input."""
        return self.needed(name, Input)

    def without(self, name: str, is_dropped: Callable[[object], bool]) -> "Input":
        """The same input without some values of an object inside it."""
        kept = {key: value for key, value in self.part(name)._data.items() if not is_dropped(value)}
        return Input({**self._data, name: kept})

    def each(self, reader: Callable[[object], Value]) -> dict[str, Value]:
        """Every value by its name."""
        return {name: self.read(name, reader) for name in self._data}

    def mark(self, name: str) -> Decimal | None:
        return self.read(name, words.mark_or_none)

    def marks(self, name: str) -> dict[str, Decimal | None]:
        return self.needed(name, lambda value: Input(value).each(words.mark_or_none))

    def level(self, scale: type[AnyScale], name: str) -> AnyScale | None:
        return self.read(name, lambda value: words.level(scale, value))

    def levels(self, scale: type[AnyScale], name: str) -> dict[str, AnyScale | None]:
        return self.needed(name, lambda levels: Input(levels).each(lambda value: words.level(scale, value)))

    def cell(self, name: str) -> Cell:
        return self.read(name, words.cell)

    def cells(self, name: str, required: int = 0) -> tuple[Cell, ...]:
        return values.padded(self._list(name, words.cell), required)

    def comment_cell(self, name: str) -> CommentCell:
        return self.read(name, words.comment_cell)

    def comment_cells(self, name: str, required: int = 0) -> tuple[CommentCell, ...]:
        return values.padded(self._list(name, words.comment_cell), required)

    def _list(self, name: str, reader: Callable[[object], Value]) -> list[Value]:
        value = self.needed(name, lambda value: value)
        if not isinstance(value, list):
            raise CannotEvaluate(f"{name}: a list is wanted, not {shortened(value)}")
        return [Input({f"{name} {n}": cell}).read(f"{name} {n}", reader) for n, cell in enumerate(value, 1)]
