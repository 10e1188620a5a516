"""Give and end roles (S4, annex 1)."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit, policies
from accounts.models import HeldRole, User
from accounts.roles import Role
from accounts.writing import recorded_write


class LastPrincipal(ValueError):
    """Nobody would be left who decides."""


class RoleHeld(ValueError):
    """The person holds the role already in these days."""


class WrongDates(ValueError):
    """A role ends before it begins, or ended already."""


@recorded_write
def give_role(*, user: User, role: Role, since: date, by: User, until: date | None = None) -> HeldRole:
    if not policies.is_founding() and not policies.may_give(by, user, role):
        raise PermissionDenied
    if until is not None and until < since:
        raise WrongDates
    # The row of the account serialises: two at once must not both find the role free.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    overlapping = user.held_roles.filter(role=role).not_over(since)
    if until is not None:
        overlapping = overlapping.filter(since__lte=until)
    if overlapping.exists():
        raise RoleHeld
    held = HeldRole(user=user, role=role, since=since, until=until)
    held.save_by(by)
    user.__dict__.pop("roles", None)  # read again by who holds this very object
    audit.record(by=by, verb="accounts.role.given", target=user, role=role.value, **_dates(held))
    return held


@recorded_write
def end_role(*, held: HeldRole, until: date, by: User) -> None:
    """`until` is the last day on which it is held; yesterday takes it away at once."""
    if not policies.may_give(by, held.user, Role(held.role)):
        raise PermissionDenied
    if held.role == Role.PRINCIPAL and policies.is_last_principal(held.user):
        raise LastPrincipal
    held = HeldRole.objects.select_for_update(of=("self",)).select_related("user").get(pk=held.pk)
    _check_end(held, until)
    held.end(until)
    held.save_by(by)
    audit.record(by=by, verb="accounts.role.ended", target=held.user, role=held.role, **_dates(held))


def _check_end(held: HeldRole, until: date) -> None:
    today = timezone.localdate()
    ended_before = held.is_withdrawn or (held.until is not None and held.until < today)
    # What was done under the role until yesterday stays explained by it.
    if ended_before or until < today - timedelta(days=1):
        raise WrongDates


def _dates(held: HeldRole) -> dict[str, str]:
    return {"since": f"{held.since:%d/%m/%Y}", "until": f"{held.until:%d/%m/%Y}" if held.until else ""}
