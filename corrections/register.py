"""The register of what was corrected in a class and year: the one truth behind the page, its print and the class book.

“Trong bảng này có sửa chữa ở … chỗ” counts cells of the class book; a cell that was corrected twice is one place.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from corrections.models import CorrectionLine, CorrectionRequest, Paper
from gradebook.models import SchoolClass


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that was changed. `minutes` is the number of the minutes; 0 before there were any."""

    correction: CorrectionRequest
    at: datetime
    pupil: str
    subject: Any
    column: Any
    old: str
    new: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Register:
    """`by_course`: how many places of each sheet; `places` their sum, as the class book says it."""

    entries: tuple[Entry, ...]
    by_course: tuple[tuple[str, int], ...]

    @property
    def places(self) -> int:
        return sum(count for _subject, count in self.by_course)


def corrected_lines(school_class: SchoolClass) -> "QuerySet[CorrectionLine]":
    """The cells of a class's book that requests changed, also together with the roll, in the order of the changes."""
    lines = CorrectionLine.objects.filter(
        column__course__school_class=school_class, request__execution__refusal=""
    )
    found: QuerySet[CorrectionLine] = lines.order_by("request__execution__executed_at", "pk")
    return found


def read_register(school_class: SchoolClass) -> Register:
    """A constant number of queries."""
    executed = _executed(school_class)
    minutes = Paper.objects.filter(kind=Paper.Kind.MINUTES, request__in=executed)
    numbers = dict(minutes.values_list("request", "number"))
    entries = [entry for each in executed for entry in _entries(each, numbers.get(each.pk, 0))]
    places = set(
        corrected_lines(school_class).values_list(
            "column__course__subject__order", "column__course__subject__name", "enrolment", "column"
        )
    )
    counted = Counter((order, name) for order, name, _pupil, _column in places)
    return Register(tuple(entries), tuple((name, count) for (_order, name), count in sorted(counted.items())))


def _executed(school_class: SchoolClass) -> list[CorrectionRequest]:
    rows = CorrectionRequest.objects.about_class(school_class).filter(execution__refusal="").with_steps()
    return list(rows.order_by("execution__executed_at", "pk"))


def _entries(correction: CorrectionRequest, minutes: int) -> Iterator[Entry]:
    def entry(pupil: str, subject: Any, column: Any, old: str, new: str) -> Entry:
        at = correction.execution.executed_at
        return Entry(correction, at, pupil, subject, column, str(old), str(new), minutes)

    for half_day in correction.attendance_lines.all():
        day = f"{half_day.day:%d/%m/%Y}, {half_day.get_half_day_display()}"
        yield entry(half_day.enrolment.student.full_name, "", day, *half_day.shown)
    for line in correction.lines.all():
        column = f"{line.column.label}, {line.column.period}"
        subject = line.column.course.subject.name
        yield entry(line.enrolment.student.full_name, subject, column, line.old_text, line.new_text)
    for field in correction.profile_lines.all():
        yield entry(str(correction.student), "", field.label, *field.shown)
