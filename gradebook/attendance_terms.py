"""Whether attendance of a class may be written on a day, and who stands on its roll then."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gradebook.attendance_rules import HALVES, first_of
from gradebook.layout import PERIODS_OF
from gradebook.models import (
    AttendanceMonth,
    Course,
    Enrolment,
    Policy,
    SchoolClass,
    SchoolYear,
    Window,
)

SEMESTER_ENDS = tuple(end for _middle, end in PERIODS_OF.values())
CLOSED = frozenset({"month-closed", "locked"})
"""The refusals of `Term` that a correction is asked for against; the others no request lifts."""


@dataclass(frozen=True, slots=True)
class Term:
    """The year of a class as attendance sees it. `ended`: spans of the semesters whose books were locked on order."""

    year: SchoolYear
    ended: tuple[tuple[date, date], ...]
    closed: frozenset[date]
    """The first days of the months that are closed."""
    today: date

    def refusal(self, day: date) -> str:
        """Why nothing is written on this day, as a code; "" when it may be."""
        if not self.year.starts_on <= day <= self.year.ends_on:
            return "outside-year"
        if day > self.today:
            return "future"
        if not self.year.is_open:
            return "year-closed"
        if first_of(day) in self.closed:
            return "month-closed"
        return "locked" if any(first <= day <= last for first, last in self.ended) else ""


def read_term(school_class: SchoolClass, year: SchoolYear, today: date) -> Term:
    """Two queries. Attendance is written from the first day on, long before the books open; it ends when the window
    at the end of the semester, which an order had opened, was locked again.
    """
    ends = {"period__code__in": SEMESTER_ENDS, **homeroom_windows(school_class)}
    locked = Window.objects.locked_on_order().filter(**ends)
    ended = locked.values_list("period__semester__starts_on", "period__semester__ends_on")
    return Term(year, tuple(ended), frozenset(closed_months(school_class)), today)


def term_of(school_class: SchoolClass, today: date) -> Term:
    """As a page sees it, without locks. The class needs its year."""
    return read_term(school_class, school_class.year, today)


def homeroom_windows(school_class: SchoolClass) -> dict[str, object]:
    """The filter that finds the windows of the homeroom sheet."""
    return {
        "course__school_class": school_class,
        "course__kind": Course.Kind.HOMEROOM,
        "course__is_withdrawn": False,
    }


def closed_months(school_class: SchoolClass) -> list[date]:
    months = AttendanceMonth.objects.filter(school_class=school_class, closed_at__isnull=False)
    return list(months.values_list("first_day", flat=True))


def policy_of(school_class: SchoolClass) -> Policy | None:
    found: Policy | None = Policy.objects.filter(year=school_class.year_id, level=school_class.level).first()
    return found


def halves_of(policy: Policy | None) -> tuple[str, ...]:
    """The half-days that have lessons: one, or morning and afternoon."""
    return HALVES[: policy.half_days if policy else 1]


def roll(school_class: SchoolClass, first: date, last: date) -> list[Enrolment]:
    """Who stood on the roll on any of these days, in list order."""
    until = Q(until=None) | Q(until__gt=first)
    return list(school_class.enrolments.in_list_order().filter(until, since__lte=last))


def on_roll(enrolment: Enrolment, day: date) -> bool:
    """From the day of coming to the day before leaving: on that day the pupil belongs to the next class."""
    return bool(enrolment.since <= day and (enrolment.until is None or day < enrolment.until))
