"""How far the classes of a year are with their roll calls and months: for the leaders' board and the home page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from gradebook.attendance_rules import ONE_DAY, days_between, due_on, is_over, months, uncalled
from gradebook.attendance_terms import halves_of
from gradebook.models import Absence, AttendanceMonth, Enrolment, Policy, RollCall, SchoolClass, SchoolYear


@dataclass(frozen=True, slots=True)
class MonthState:
    """One month of one class. `due` is None where the school rules no day."""

    first_day: date
    is_over: bool
    is_closed: bool
    due: date | None
    today: date

    @property
    def waits(self) -> bool:
        return self.is_over and not self.is_closed

    @property
    def is_overdue(self) -> bool:
        return bool(self.waits and self.due and self.due < self.today)


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """A class today and by month. `called`: half-days of today whose roll was called, of so many."""

    school_class: SchoolClass
    called: int
    halves: int
    rhythm: str
    week_lacks: bool
    """Whether a half-day of this week, Monday to Friday until today, lacks its roll call."""
    pupils: int
    absent: int
    months: tuple[MonthState, ...]

    @property
    def waiting(self) -> list[MonthState]:
        return [month for month in self.months if month.waits]

    @property
    def overdue(self) -> list[MonthState]:
        return [month for month in self.months if month.is_overdue]


def read_progress(year: SchoolYear, classes: Iterable[SchoolClass], today: date) -> list[ClassProgress]:
    """Five queries, however many classes. `absent`: pupils missing today in any half-day."""
    classes = list(classes)
    policies = {policy.level: policy for policy in Policy.objects.filter(year=year)}
    closed = set(
        AttendanceMonth.objects.filter(school_class__in=classes, closed_at__isnull=False).values_list(
            "school_class_id", "first_day"
        )
    )
    week = days_between(today - ONE_DAY * today.weekday(), today)
    calls = _calls(classes, week)
    pupils = _counted(Enrolment.objects.filter(school_class__in=classes).on_roll(), "school_class")
    away = Absence.objects.filter(
        enrolment__school_class__in=classes,
        day=today,
        kind__in=[Absence.Kind.EXCUSED, Absence.Kind.UNEXCUSED],
    )
    absent = _counted(away, "enrolment__school_class", Count("enrolment", distinct=True))
    return [
        ClassProgress(
            each,
            sum(day == today for day, _half in calls.get(each.pk, ())),
            policies[each.level].half_days,
            policies[each.level].attendance_rhythm,
            bool(uncalled(week, halves_of(policies[each.level]), calls.get(each.pk, ()))),
            pupils.get(each.pk, 0),
            absent.get(each.pk, 0),
            tuple(_months(year, each, policies[each.level], closed, today)),
        )
        for each in classes
    ]


def _calls(classes: list[SchoolClass], days: list[date]) -> dict[int, list[tuple[date, str]]]:
    found: dict[int, list[tuple[date, str]]] = {}
    rows = RollCall.objects.filter(school_class__in=classes, day__in=days)
    for pk, day, half_day in rows.values_list("school_class_id", "day", "half_day"):
        found.setdefault(pk, []).append((day, half_day))
    return found


def _months(
    year: SchoolYear, school_class: SchoolClass, policy: Policy, closed: set[tuple[int, date]], today: date
) -> Iterable[MonthState]:
    for first_day in months(year.starts_on, year.ends_on):
        if first_day <= today:
            yield MonthState(
                first_day,
                is_over(first_day, year.ends_on, today),
                (school_class.pk, first_day) in closed,
                due_on(first_day, policy.attendance_closing_day),
                today,
            )


def _counted(rows: "QuerySet[Any]", by: str, count: Count | None = None) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(count or Count("pk")))
