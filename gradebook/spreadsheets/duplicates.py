"""Finds the rows of one file that mean the same pupil."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

UNIQUE = ("ministry_code", "personal_number", "school_code", "register_number")
"""What belongs to one pupil only, where a list has it."""


class Identified(Protocol):
    """A row that says which pupil it is about."""

    @property
    def row_number(self) -> int: ...
    @property
    def ministry_code(self) -> str | None: ...
    @property
    def personal_number(self) -> str | None: ...
    @property
    def full_name(self) -> str: ...
    @property
    def birth_date(self) -> date | None: ...


@dataclass(frozen=True)
class Duplicate:
    """`field` of another row, `other_row`, has the same `value`."""

    field: str
    value: str
    other_row: int


def find_duplicates(rows: Iterable[Identified]) -> dict[int, Duplicate]:
    """By row number, the other row that means the same pupil; both are listed, for neither is known better.

    The same identifier is the same pupil. The same name and birth date is, too, unless
    every such row has a code of its own: namesakes born on one day do exist.
    """
    groups: dict[tuple[str, Hashable], list[Identified]] = defaultdict(list)
    for row in rows:
        for key in _keys(row):
            groups[key].append(row)
    found: dict[int, Duplicate] = {}
    for (field, value), group in groups.items():
        if len(group) < 2 or (field == "full_name" and all(row.ministry_code for row in group)):
            continue
        for row in group:
            other = next(each for each in group if each is not row)
            shown = row.full_name if field == "full_name" else str(value)
            found.setdefault(row.row_number, Duplicate(field, shown, other.row_number))
    return found


def find_repeated(rows: Iterable[Any], field: str) -> dict[int, Duplicate]:
    """By row number, the row before that has the same value in `field`; letter case and spaces aside."""
    first: dict[str, int] = {}
    found: dict[int, Duplicate] = {}
    for row in rows:
        value = getattr(row, field)
        key = "".join(str(value or "").casefold().split())
        if key and first.setdefault(key, row.row_number) != row.row_number:
            found[row.row_number] = Duplicate(field, str(value), first[key])
    return found


def _keys(row: Identified) -> Iterator[tuple[str, Hashable]]:
    for field in UNIQUE:
        if value := getattr(row, field, None):
            yield field, value
    if row.birth_date:
        yield "full_name", (row.full_name.casefold(), row.birth_date)
