"""The principal hands on a power for some time, by a decision, and takes it back (S1-04, S3-01)."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import Delegation, User
from accounts.names import clean
from accounts.roles import DELEGABLE, EXECUTED_BY_OTHERS, Permission
from accounts.writing import recorded_write

LONGEST = timedelta(days=366)
"""A delegation always ends: within a year it is given anew, or not."""


class NotDelegated(ValueError):
    """Nothing was given. Codes: dates, over, too-long, decided-later, nobody, held, executes, given."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class AlreadyEnded(ValueError):
    """It was taken back before, or ran out by itself."""


@recorded_write
def delegate_power(
    *, power: Permission, to: User, since: date, until: date, number: str, dated: date, by: User
) -> Delegation:
    """Raises NotDelegated. Who has a power by delegation only can hand on nothing."""
    if not may_delegate(by, power) or to.pk == by.pk:
        raise PermissionDenied
    _check_dates(since, until, dated)
    # The receiver's row serialises: two at once must not both find the power free.
    to = User.objects.select_for_update(no_key=True).get(pk=to.pk)
    _check_receiver(to, power)
    standing = to.received_delegations.standing().filter(permission=power)
    if standing.filter(since__lte=until, until__gte=since).exists():
        raise NotDelegated("given")
    delegation = Delegation(
        giver=by,
        receiver=to,
        permission=power,
        since=since,
        until=until,
        decision_number=clean(number),
        decision_dated=dated,
    )
    delegation.save_by(by)
    audit.record(
        by=by,
        verb="accounts.delegation.given",
        target=to,
        permission=power.value,
        since=f"{since}",
        until=f"{until}",
    )
    return delegation


@recorded_write
def end_delegation(*, delegation: Delegation, by: User) -> None:
    """Take a power back. It is gone with the receiver's next request."""
    if not by.may_by_role(Permission.DELEGATE_POWERS):
        raise PermissionDenied
    delegation = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    if delegation.ended_at is not None or delegation.until < timezone.localdate():
        raise AlreadyEnded
    delegation.ended_by, delegation.ended_at = by, timezone.now()
    delegation.save_by(by)
    audit.record(
        by=by, verb="accounts.delegation.ended", target=delegation.receiver, permission=delegation.permission
    )


def may_delegate(by: User, power: Permission) -> bool:
    by_role = by.may_by_role(Permission.DELEGATE_POWERS) and by.may_by_role(power)
    return by_role and power in DELEGABLE


def _check_dates(since: date, until: date, dated: date) -> None:
    if until < since:
        raise NotDelegated("dates")
    if until < timezone.localdate():
        raise NotDelegated("over")
    if until - since > LONGEST:
        raise NotDelegated("too-long")
    if dated > since:
        raise NotDelegated("decided-later")


def _check_receiver(to: User, power: Permission) -> None:
    if not to.is_active or not to.roles:
        raise NotDelegated("nobody")
    if to.may_by_role(power):
        raise NotDelegated("held")
    if power in EXECUTED_BY_OTHERS and to.may_by_role(EXECUTED_BY_OTHERS[power]):
        raise NotDelegated("executes")
