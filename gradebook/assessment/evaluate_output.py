"""The results of a case as plain text and numbers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from gradebook.assessment.cells import Missing
from gradebook.assessment.evaluate_input import Input
from gradebook.assessment.reasons import Reason
from gradebook.assessment.scales import Scale
from gradebook.assessment.schemes import Scheme


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The results by name, None where there is none yet; why; and what is ``missing``."""

    result: Mapping[str, Any]
    reasons: tuple[Mapping[str, str | int], ...]
    missing: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The evaluation for JSON; ``missing`` only when something is."""
        missing = {"missing": list(self.missing)} if self.missing else {}
        return {"result": dict(self.result), **missing, "reasons": [dict(reason) for reason in self.reasons]}


Evaluator = Callable[[Input, Scheme], Evaluation]


def evaluated(
    result: Mapping[str, Any], reasons: Iterable[Reason] = (), missing: Iterable[str] = ()
) -> Evaluation:
    """The results with their reasons as plain data."""
    return Evaluation(result, tuple(reason.as_data() for reason in reasons), tuple(missing))


def shown(value: Decimal | None) -> str | None:
    """A number as text, one decimal as recorded."""
    return None if value is None else str(value)


def word(level: Scale | None) -> str | None:
    """A level in the circular's words."""
    return None if level is None else level.word


def plain(choice: Enum | None) -> str | None:
    """A status or a title as text."""
    return None if choice is None else choice.value


def columns(missing: Iterable[Missing]) -> list[str]:
    """The missing cells, such as ``regular 2 Empty``."""
    return [f"{cell.kind.value} {cell.number} {type(cell.state).__name__}" for cell in missing]


def open_names(results: Mapping[str, object]) -> list[str]:
    """The names without a result."""
    return [name for name, result in results.items() if result is None]
