"""The cells of a posted mark grid."""

import re
from collections.abc import Iterator

from django.http import QueryDict

from gradebook.actions.marks import Edit

_FIELD = re.compile(r"m-(\d{1,18})-(\d{1,18})-(\d{1,9})")


def posted_edits(data: QueryDict) -> Iterator[Edit]:
    """The cells of a posted grid: `m-<enrolment>-<column>-<version seen>=<typed>`."""
    for name in data:
        if match := _FIELD.fullmatch(name):
            enrolment, column, version = map(int, match.groups())
            yield Edit(enrolment, column, str(data[name]), version)
