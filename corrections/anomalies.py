"""What the vice-principal reports to the principal: many corrections, changes and marks far out (S1 Đ4.1.d, S1-23).

Counted are cells of the books that were changed after a lock. Nothing here judges anybody: it says where to look.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Avg, Count

from corrections.models import CorrectionLine
from gradebook.models import Mark, Period, SchoolYear

MANY = 10
"""Changed cells of one teacher or one class, from which on somebody should ask why."""
FAR = Decimal(3)
"""Points between the old and the new mark."""
APART = Decimal("1.5")
"""Points between the average of a course and that of its subject in the grade, over the school."""
ENOUGH = 10
"""Marks of a course, below which its average says nothing."""


@dataclass(slots=True)
class Tally:
    """`of` is a person, a class or a period."""

    of: Any
    cells: int = 0
    requests: set[int] = field(default_factory=set)

    @property
    def is_many(self) -> bool:
        return self.cells >= MANY


@dataclass(frozen=True, slots=True)
class Apart:
    """A course, and the averages of its marks and of all marks of its subject in the grade."""

    course: int
    name: str
    average: Decimal
    usual: Decimal


@dataclass(frozen=True, slots=True)
class Report:
    teachers: list[Tally]
    classes: list[Tally]
    periods: list[Tally]
    far: list[CorrectionLine]
    apart: list[Apart]
    cells: int


def read_report(year: SchoolYear, period: Period | None = None) -> Report:
    """Of a year, or of one period of it; in two queries."""
    about: dict[str, Any] = {"period": period} if period else {"period__semester__year": year}
    found = CorrectionLine.objects.filter(
        request__execution__refusal="", **{f"column__{name}": value for name, value in about.items()}
    ).select_related(
        "request__requested_by",
        "request__year",
        "enrolment__student",
        "column__period",
        "column__course__subject",
        "column__course__school_class",
    )
    lines = list(found.order_by("request__execution__executed_at", "pk"))
    return Report(
        _tallied(lines, lambda line: line.request.requested_by),
        _tallied(lines, lambda line: line.column.course.school_class),
        _tallied(lines, lambda line: line.column.period),
        [line for line in lines if is_far(line)],
        _apart(about),
        len(lines),
    )


def is_far(line: CorrectionLine) -> bool:
    old, new = _number(line.old_text), _number(line.new_text)
    return old is not None and new is not None and abs(new - old) >= FAR


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def _tallied(lines: Iterable[CorrectionLine], of: Callable[[CorrectionLine], Any]) -> list[Tally]:
    """The most changes first."""
    found: dict[int, Tally] = {}
    for line in lines:
        thing = of(line)
        tally = found.setdefault(thing.pk, Tally(thing))
        tally.cells += 1
        tally.requests.add(line.request_id)
    return sorted(found.values(), key=lambda tally: (-tally.cells, str(tally.of)))


def _apart(about: dict[str, Any]) -> list[Apart]:
    rows = (
        Mark.objects.filter(
            score__isnull=False, **{f"column__{name}": value for name, value in about.items()}
        )
        .values_list(
            "column__course",
            "column__course__subject__name",
            "column__course__school_class__name",
            "column__course__school_class__grade",
        )
        .annotate(average=Avg("score"), count=Count("pk"))
        .order_by("column__course")
    )
    of_subject: dict[tuple[str, int], list[tuple[Decimal, int]]] = defaultdict(list)
    courses = []
    for course, subject, school_class, grade, average, count in rows:
        mean = Decimal(str(average))
        of_subject[subject, grade].append((mean, count))
        if count >= ENOUGH:
            courses.append((course, f"{subject}, {school_class}", (subject, grade), mean))
    usual = {
        key: sum((mean * n for mean, n in of), Decimal(0)) / sum(n for _, n in of)
        for key, of in of_subject.items()
    }
    found = [Apart(course, name, mean, usual[key]) for course, name, key, mean in courses]
    return [each for each in found if abs(each.average - each.usual) >= APART]
