"""The results of a case as plain text and numbers."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from gradebook.assessment.cells import Missing
from gradebook.assessment.evaluate_input import Input
from gradebook.assessment.reasons import Reason
from gradebook.assessment.scales import Scale
from gradebook.assessment.schemes import Scheme

Output = dict[str, Any]
Evaluator = Callable[[Input, Scheme], Output]


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
