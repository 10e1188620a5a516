"""The cells of a posted mark grid, and those ticked on the preview of an import."""

import re
from collections.abc import Iterator

from django.http import QueryDict

from gradebook.actions.marks import Cell, Edit

_FIELD = re.compile(r"m-(\d{1,18})-(\d{1,18})-(\d{1,9})")
_CELL = re.compile(r"(\d{1,18})-(\d{1,18})")


def posted_edits(data: QueryDict) -> Iterator[Edit]:
    """The cells of a posted grid: `m-<enrolment>-<column>-<version seen>=<typed>`."""
    for name in data:
        if match := _FIELD.fullmatch(name):
            enrolment, column, version = map(int, match.groups())
            yield Edit(enrolment, column, str(data[name]), version)


def chosen_cells(data: QueryDict, name: str) -> list[Cell]:
    """The ticked cells, `<enrolment>-<column>` each."""
    found = map(_CELL.fullmatch, data.getlist(name))
    return [(int(match[1]), int(match[2])) for match in found if match]
