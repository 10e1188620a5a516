"""Closing and reopening a month of attendance, and taking its totals over to the homeroom sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.writing import recorded_write
from gradebook import policies
from gradebook.actions import marks
from gradebook.actions.attendance import hold_term, month_of
from gradebook.attendance_rules import is_over, month_days, uncalled
from gradebook.attendance_sheet import read_month
from gradebook.attendance_terms import halves_of, policy_of
from gradebook.attendance_totals import Comparison, compare
from gradebook.attendance_workbook import month_workbook
from gradebook.models import AttendanceMonth, RollCall, SchoolClass
from gradebook.years import YearClosed


class NotOver(ValueError):
    """A month is closed from its last day on."""


class AlreadyClosed(ValueError):
    """Somebody has closed the month before."""


class NotClosed(ValueError):
    """The month is open, there is nothing to reopen."""


class NoReason(ValueError):
    """Who reopens a month says why."""


class NotCalled(ValueError):
    """Days without a roll call, which whoever closes the month has to confirm: `days`."""

    def __init__(self, days: list[date]) -> None:
        super().__init__(days)
        self.days = days


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """The month, and by semester what was taken over to the homeroom sheet with it."""

    month: AttendanceMonth
    taken: Mapping[int, marks.Outcome] = field(default_factory=dict)


@recorded_write
def close_month(
    *, school_class: SchoolClass, first_day: date, by: User, without_call: bool = False
) -> ClosedMonth:
    """Confirm the absences of a month: from then on nothing of it is written (S1-51, S3-41).

    `without_call`: who closes has seen the days without a roll call and says that there were no lessons, or that
    everybody not marked was there. With the last month of a semester its totals go to the homeroom sheet, if that is
    open. Raises NotOver, AlreadyClosed, NotCalled, YearClosed and PermissionDenied.
    """
    if not policies.may_keep_attendance(by, school_class):
        raise PermissionDenied
    term = hold_term(school_class)
    if not term.year.is_open:
        raise YearClosed
    if not is_over(first_day, term.year.ends_on, timezone.localdate()):
        raise NotOver
    month = month_of(school_class, first_day)
    if not month.is_open:
        raise AlreadyClosed
    days = month_days(month.first_day, term.year.starts_on, term.year.ends_on)
    missing = _missing(school_class, days)
    if missing and not without_call:
        raise NotCalled(missing)
    month.closed_by, month.closed_at = by, timezone.now()
    listed = [f"{day}" for day in missing]
    month.save_by(by, reason=f"without a roll call: {', '.join(listed)}" if listed else "")
    audit.record(by=by, verb="gradebook.attendance.closed", target=month, without_call=listed)
    return ClosedMonth(month, _take_over_ending(school_class, days, by))


@recorded_write
def reopen_month(*, school_class: SchoolClass, first_day: date, reason: str, by: User) -> AttendanceMonth:
    """Open a closed month again. Raises NoReason, NotClosed, YearClosed and PermissionDenied."""
    if not policies.may_reopen_attendance(by):
        raise PermissionDenied
    if not reason.strip():
        raise NoReason
    term = hold_term(school_class)
    if not term.year.is_open:
        raise YearClosed
    month = month_of(school_class, first_day)
    if month.is_open:
        raise NotClosed
    month.closed_by = month.closed_at = None
    month.save_by(by, reason=reason.strip())
    audit.record(by=by, verb="gradebook.attendance.reopened", target=month, reason=reason.strip())
    return month


@recorded_write
def take_over(
    *, school_class: SchoolClass, semester: int, versions: Mapping[marks.Cell, int], by: User
) -> marks.Outcome:
    """Write the roll's totals into the homeroom sheet, through the one way in for marks.

    `versions`: the cells that the preview showed, with the version seen; others are left as they stand.
    """
    hold_term(school_class)
    return _take_over(compare(school_class, semester), versions, by)


def _take_over(comparison: Comparison, versions: Mapping[marks.Cell, int] | None, by: User) -> marks.Outcome:
    if comparison.course is None or not comparison.is_called:
        return marks.Outcome()
    edits = [
        marks.Edit(
            each.enrolment.pk,
            each.column_id,
            str(each.roll),
            each.version if versions is None else versions[each.enrolment.pk, each.column_id],
        )
        for each in comparison.differences
        if versions is None or (each.enrolment.pk, each.column_id) in versions
    ]
    outcome = marks.save_marks(course=comparison.course, edits=edits, by=by, origin="attendance")
    if outcome.saved:
        audit.record(
            by=by,
            verb="gradebook.attendance.taken_over",
            target=comparison.course,
            semester=comparison.semester,
            cells=len(outcome.saved),
        )
    return outcome


def _take_over_ending(school_class: SchoolClass, days: list[date], by: User) -> dict[int, marks.Outcome]:
    """The semesters whose last day lies in the month. A locked sheet refuses, and keeps what it says."""
    ending = school_class.year.semesters.filter(ends_on__in=days).order_by("number")
    return {each.number: _take_over(compare(school_class, each.number), None, by) for each in ending}


def _missing(school_class: SchoolClass, days: list[date]) -> list[date]:
    called = RollCall.objects.filter(school_class=school_class, day__in=days).values_list("day", "half_day")
    return uncalled(days, halves_of(policy_of(school_class)), called)


@recorded_write
def export_month(*, school_class: SchoolClass, first_day: date, by: User) -> bytes:
    """The month as a workbook, for who reads the whole book of the class; who took it is noted (S4-35)."""
    if not SchoolClass.objects.whole_book_visible_to(by).filter(pk=school_class.pk).exists():
        raise PermissionDenied
    sheet = read_month(school_class, first_day)
    audit.record(
        by=by,
        verb="gradebook.attendance.exported",
        target=school_class,
        month=f"{first_day:%Y-%m}",
        rows=len(sheet.rows),
    )
    return month_workbook(sheet)
