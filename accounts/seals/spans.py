"""Sets of row numbers as spans [first, last]: a million rows in a row are two numbers."""

from collections.abc import Iterable, Sequence

Span = Sequence[int]


def add(spans: list[list[int]], number: int) -> None:
    """Numbers come in rising order."""
    if spans and spans[-1][1] == number - 1:
        spans[-1][1] = number
    else:
        spans.append([number, number])


def without(spans: Iterable[Span], taken: Sequence[Span]) -> list[list[int]]:
    """What of the spans is in none of those taken. Both rise and do not overlap."""
    left = []
    for first, last in spans:
        for start, end in taken:
            if end < first or start > last:
                continue
            if start > first:
                left.append([first, start - 1])
            first = end + 1
        if first <= last:
            left.append([first, last])
    return left


def size(spans: Iterable[Span]) -> int:
    return sum(last - first + 1 for first, last in spans)
