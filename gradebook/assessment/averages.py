"""Weighted averages of marks, shared by TT 22/2021 and TT 58/2011."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gradebook.assessment.cells import EMPTY, Cell, MarkKind, Missing, Score, Unfilled
from gradebook.assessment.rounding import to_tenth


@dataclass(frozen=True, slots=True)
class Average:
    """An average to one decimal, or None with the cells that are still missing."""

    value: Decimal | None
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """The marks of one kind and the weight of each of them."""

    kind: MarkKind
    weight: int
    cells: Sequence[Cell]


def weighted_average(*columns: Column) -> Average:
    """The mean of all marks by weight, to one decimal; no value while a cell is empty or awaits a make-up.

    A column without cells counts as one empty cell: an average never rests on a kind of mark nobody entered.
    """
    total = Decimal(0)
    weights = 0
    missing: list[Missing] = []
    for column in columns:
        for number, cell in enumerate(column.cells or (EMPTY,), start=1):
            if isinstance(cell, Unfilled):
                missing.append(Missing(column.kind, number, cell))
                continue
            weights += column.weight
            if isinstance(cell, Score):
                total += column.weight * cell.value
    return Average(None, tuple(missing)) if missing else Average(to_tenth(total, weights))


def year_average(first: Decimal, second: Decimal) -> Decimal:
    """ĐTBmcn = (ĐTBmhkI + 2 × ĐTBmhkII) / 3 of the two recorded one-decimal averages, to one decimal."""
    return to_tenth(first + 2 * second, 3)


def subject_year(first: Average | None, second: Average | None) -> Average:
    """The year of a subject; None is a semester in which it is not taught, whose weight the other one takes.

    Raises ValueError for a subject taught in neither semester.
    """
    taught = [average for average in (first, second) if average is not None]
    if not taught:
        raise ValueError("a subject taught in neither semester has no year average")
    missing = tuple(
        Missing(MarkKind.SEMESTER, number, EMPTY)
        for number, average in enumerate((first, second), start=1)
        if average is not None and average.value is None
    )
    values = [average.value for average in taught if average.value is not None]
    if missing:
        return Average(None, missing)
    return Average(values[0] if len(values) == 1 else year_average(*values))
