"""What stands over the columns of a sheet in Excel: the ministry's words, hence Vietnamese for every reader."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils import translation

from gradebook.layout import PERIODS_OF
from gradebook.mark_plan import columns_by_key, layout_of
from gradebook.models import Column, Course


class Heading(NamedTuple):
    """`group` stands over the headings of one period where a sheet has several."""

    text: str
    group: str = ""


def headings_of(course: Course, semester: int) -> dict[int, Heading]:
    """By column, for every column of the course: those of the ministry's score sheets by their names there.

    One query for a subject's sheet, two for the homeroom sheet. `course` has its class loaded.
    """
    with translation.override("vi"):
        columns = list(course.columns.select_related("period"))
        if course.kind == Course.Kind.HOMEROOM:
            return {column.pk: Heading(str(column.label), str(column.period)) for column in columns}
        official = _official(course, semester)
        return {column.pk: Heading(official.get(column.pk) or _own(column)) for column in columns}


def _official(course: Course, semester: int) -> Mapping[int, str]:
    headings = layout_of(course).headings
    return {column.pk: headings.official(key) for key, column in columns_by_key(course, semester).items()}


def _own(column: Column) -> str:
    """Where the ministry's sheets have no such column: the test in the middle of a semester of grades 4 and 5."""
    at_midterm = any(column.period.code == middle for middle, _end in PERIODS_OF.values())
    return f"{column.label} GK" if column.kind == Column.Kind.SCORE and at_midterm else str(column.label)
