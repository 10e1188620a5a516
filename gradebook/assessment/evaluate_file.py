"""The text of a case file into cases. What makes one case unreadable is marked there, the others stay."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from gradebook.assessment.evaluate_values import Unreadable

DEEPEST = 20
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[{]|[\]}]', re.DOTALL)
_LONGEST_INTEGER = 30


class NotCases(ValueError):
    """The text as a whole holds no cases; the message says why."""


def cases(text: str) -> list[Any]:
    """The cases of ``{"cases": […]}`` or of a bare list, each as JSON has it."""
    try:
        document = json.loads(
            "".join(_shallow(text)),
            parse_constant=lambda name: Unreadable(f"{name}, or nesting over {DEEPEST} levels, is no value"),
            parse_int=_integer,
            object_pairs_hook=_object,
        )
    except (json.JSONDecodeError, RecursionError) as error:
        raise NotCases(f"not JSON: {error}") from error
    found = document.get("cases") if isinstance(document, dict) else document
    if not isinstance(found, list):
        raise NotCases('neither {"cases": [...]} nor a list of cases')
    return found


def _shallow(text: str) -> Iterator[str]:
    """The text with NaN for whatever nests too deeply for the parser, which would refuse the whole."""
    depth = kept = 0
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth == DEEPEST + 1:
                yield text[kept : token.start()]
                kept = token.start()
        elif token[0] in "]}":
            if depth == DEEPEST + 1:
                yield "NaN"
                kept = token.end()
            depth -= 1
    yield text[kept:]


def _integer(digits: str) -> int | Unreadable:
    if len(digits) > _LONGEST_INTEGER:
        return Unreadable(f"a number of {len(digits)} digits")
    return int(digits)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    times = Counter(name for name, _value in pairs)
    return {
        name: value if times[name] == 1 else Unreadable(f"{name!r} stands twice in one object")
        for name, value in pairs
    }
