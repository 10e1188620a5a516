"""Pupils in the file = pupils asked for: no table goes to print that leaves one out or lists one twice. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Facts = Mapping[str, Any]
TABLES = ("rows", "year_rows", "sheets")
NESTED = ("tables", "terms", "months")


class PupilsMissing(RuntimeError):
    """A table does not list every pupil of the payload, once and in order. Names the table and numbers, nobody."""


def check(title: str, context: Facts, asked: Sequence[Facts]) -> None:
    """Every table of a part against the pupils of its paper. Raises PupilsMissing."""
    numbers = [pupil["number"] for pupil in asked]
    for rows in _tables(context):
        listed = [row["number"] for row in rows]
        if listed != numbers:
            astray = sorted(set(numbers) ^ set(listed)) or listed
            raise PupilsMissing(f"{title}: {len(listed)} of {len(numbers)}; {astray}")


def _tables(context: Facts) -> Iterator[Sequence[Facts]]:
    for name in TABLES:
        if context.get(name):
            yield context[name]
    if "spreads" in context:
        yield [row for spread in context["spreads"] for row in spread]
    for name in NESTED:
        for inner in context.get(name, ()):
            if isinstance(inner, Mapping):
                yield from _tables(inner)
