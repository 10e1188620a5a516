"""A year is closed by the principal's decision, and reopened by the principal with a reason (S3-53, S3-64)."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook import policies
from gradebook.actions.decisions import find_decision
from gradebook.models import Decision, Enrolment, SchoolYear
from gradebook.year_closing import read_closing
from gradebook.years import hold, hold_open, hold_windows

NO_WAIVERS: Mapping[int, str] = {}


class NotReady(ValueError):
    """Books are open, orders wait, pupils have no final outcome, or there are none; see `year_closing.read_closing`."""


class NotClosed(ValueError):
    """The year is open already."""


class NoReason(ValueError):
    """Who reopens a year, or undoes its turn, says why."""


@recorded_write
def close_year(
    *, year: SchoolYear, number: str, dated: date, waived: Mapping[int, str] = NO_WAIVERS, by: User
) -> SchoolYear:
    """Close the year by that decision: from now on it is only read.

    `waived`: pupils who have no final outcome, by enrolment, each with the reason why the year closes without it;
    only the principal may. Raises NotReady, YearClosed, NumberTaken, DateOutside.
    """
    if not policies.may_close_year(by):
        raise PermissionDenied
    if waived and not by.may(Permission.ISSUE_DECISIONS):
        raise PermissionDenied
    # Saving, deciding and executing orders take these locks: nothing of them is under way any more.
    hold_windows(course__school_class__year=year)
    held = hold_open(year.pk)
    closing = read_closing(held)
    reasons = {pk: reason.strip() for pk, reason in waived.items() if reason.strip()}
    if closing.stands(reasons):
        raise NotReady
    decision = find_decision(year=held, number=number, dated=dated, about=Decision.About.YEAR, by=by)
    let_pass = [pupil for pupil in closing.undecided if pupil.pk in reasons]
    _waive(let_pass, reasons, decision, by)
    held.status, held.closed_by, held.closed_at = SchoolYear.Status.CLOSED, by, timezone.now()
    held.save_by(by, origin=f"decision {decision.number}")
    audit.record(
        by=by, verb="gradebook.year.closed", target=held, decision=decision.number, waived=len(let_pass)
    )
    return held


@recorded_write
def reopen_year(*, year: SchoolYear, reason: str, by: User) -> SchoolYear:
    """Open a closed year again, books still locked, until it is closed anew. Raises NoReason, NotClosed."""
    if not by.may(Permission.ISSUE_DECISIONS):
        raise PermissionDenied
    if not reason.strip():
        raise NoReason
    held = hold(year.pk)
    if held.is_open:
        raise NotClosed
    held.status, held.closed_by, held.closed_at = SchoolYear.Status.OPEN, None, None
    held.save_by(by, reason=reason.strip())
    audit.record(by=by, verb="gradebook.year.reopened", target=held, reason=reason.strip())
    return held


def _waive(pupils: list[Enrolment], reasons: Mapping[int, str], decision: Decision, by: User) -> None:
    """The reason stands in the history of the pupil's own place. Few, hence one by one."""
    for pupil in pupils:
        pupil.save_by(by, reason=reasons[pupil.pk], origin=f"decision {decision.number}")
