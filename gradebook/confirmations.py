"""“Checked against my book”: how far a class is, and what has to be confirmed again. Reads only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from gradebook.layout import PERIODS_OF
from gradebook.models import Column, Confirmation, Course, Mark, SchoolClass


@dataclass(frozen=True, slots=True)
class PeriodState:
    """One course in one period: its columns that hold values, divided into confirmed and missing."""

    confirmed: tuple[Confirmation, ...]
    missing: tuple[Column, ...]
    again: tuple[Column, ...]
    """Of the missing ones, those whose confirmation fell."""

    @property
    def total(self) -> int:
        return len(self.confirmed) + len(self.missing)

    @property
    def people(self) -> list[str]:
        return list(dict.fromkeys(row.confirmed_by.full_name for row in self.confirmed))

    @property
    def last(self) -> Confirmation | None:
        return max(self.confirmed, key=lambda row: row.confirmed_at, default=None)


@dataclass(frozen=True, slots=True)
class CourseState:
    course: Course
    periods: tuple[tuple[int, PeriodState], ...]
    """With the semester whose sheet shows the period, in the order of the year."""


def read_class(school_class: SchoolClass) -> list[CourseState]:
    """Every course of the class by period, the homeroom sheet too. Three queries."""
    columns = _columns(school_class)
    last = _last_of([column.pk for column in columns])
    courses = school_class.courses.select_related("subject").order_by("subject__order", "pk")
    return [
        CourseState(course, tuple(_states([c for c in columns if c.course_id == course.pk], last)))
        for course in courses
    ]


def _columns(school_class: SchoolClass) -> list[Column]:
    filled = Mark.objects.filter(column=OuterRef("pk")).exclude(state=Mark.State.EMPTY)
    columns = Column.objects.filter(Exists(filled), course__school_class=school_class)
    return list(columns.select_related("period").order_by("period__order", "order"))


def _states(columns: list[Column], last: dict[int, Confirmation]) -> Iterator[tuple[int, PeriodState]]:
    for semester, periods in PERIODS_OF.items():
        for code in periods:
            yield semester, _state([column for column in columns if column.period.code == code], last)


def _state(columns: list[Column], last: dict[int, Confirmation]) -> PeriodState:
    standing = {pk: row for pk, row in last.items() if row.fallen_at is None}
    missing = tuple(column for column in columns if column.pk not in standing)
    return PeriodState(
        tuple(standing[column.pk] for column in columns if column.pk in standing),
        missing,
        tuple(column for column in missing if column.pk in last),
    )


def _last_of(columns: Sequence[int]) -> dict[int, Confirmation]:
    """The last confirmation of each column, standing or fallen."""
    rows = Confirmation.objects.filter(column__in=columns).select_related("confirmed_by")
    return {row.column_id: row for row in rows.order_by("confirmed_at", "pk")}


def to_confirm_again(**of: Any) -> dict[int, list[Column]]:
    """The columns whose confirmation fell and that nobody confirmed since, by course. One query.

    `of` narrows down the columns.
    """
    confirmations = Confirmation.objects.filter(column=OuterRef("pk"))
    columns = Column.objects.filter(
        Exists(confirmations), ~Exists(confirmations.filter(fallen_at=None)), **of
    ).select_related("course__subject", "course__school_class", "period__semester")
    found: dict[int, list[Column]] = {}
    for column in columns.order_by("course", "order"):
        found.setdefault(column.course_id, []).append(column)
    return found
