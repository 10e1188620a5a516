"""Departments and units, who belongs to them and who heads them (S0-08, S0-32, S3-59).

The role of a department head follows from heading a department, as grants follow from assignments: the same action
gives and ends it.
"""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts import audit
from accounts.models import Department, HeldRole, Membership, User
from accounts.names import clean, search_key
from accounts.roles import Permission, Role
from accounts.writing import recorded_write

ONE_DAY = timedelta(days=1)


class NameTaken(ValueError):
    """Another department is called so, but for letter case and diacritics at most."""


class AlreadyMember(ValueError):
    """The person belongs to the department in these days, or heads it already."""


class EndsBeforeItBegins(ValueError):
    """The last day lies before the first one, or after the end that stands."""


class Inactive(ValueError):
    """The account is disabled: nobody joins a department with it."""


@recorded_write
def found_department(*, name: str, by: User) -> Department:
    _require_set_up(by)
    department = Department()
    _name(department, name, by)
    audit.record(by=by, verb="accounts.department.founded", target=department)
    return department


@recorded_write
def rename_department(*, department: Department, name: str, by: User) -> None:
    _require_set_up(by)
    old = department.name
    _name(department, name, by)
    audit.record(by=by, verb="accounts.department.renamed", target=department, old=old)


@recorded_write
def add_member(*, department: Department, user: User, since: date, by: User) -> Membership:
    _require_set_up(by)
    department = _locked(department)
    if not user.is_active:
        raise Inactive
    if department.memberships.not_over(since).filter(user=user).exists():
        raise AlreadyMember
    membership = Membership(department=department, user=user, since=since)
    membership.save_by(by)
    audit.record(
        by=by, verb="accounts.member.added", target=department, user=user.pk, since=f"{since:%d/%m/%Y}"
    )
    return membership


@recorded_write
def appoint_head(*, membership: Membership, since: date, by: User) -> Membership:
    """Make a member the head from a day on; whoever headed the department stays a member."""
    _require_set_up(by)
    department = _locked(membership.department)
    membership = department.memberships.select_related("user").get(
        pk=membership.pk
    )  # as it stands behind the lock
    if membership.is_head:
        raise AlreadyMember
    if since < membership.since or membership.until is not None:
        raise EndsBeforeItBegins
    former = department.memberships.filter(is_head=True, until=None).select_related("user").first()
    if former is not None:
        _stand(former, as_head=False, since=since, by=by)
        _settle_role(former.user, since=since, by=by)
    head = _stand(membership, as_head=True, since=since, by=by)
    _settle_role(head.user, since=since, by=by)
    audit.record(
        by=by, verb="accounts.head.appointed", target=department, user=head.user_id, since=f"{since:%d/%m/%Y}"
    )
    return head


@recorded_write
def end_membership(*, membership: Membership, until: date, by: User) -> None:
    """`until` is the last day; who headed the department loses the role with it."""
    _require_set_up(by)
    department = _locked(membership.department)
    membership = department.memberships.select_related("user").get(
        pk=membership.pk
    )  # as it stands behind the lock
    if until < membership.since or membership.until is not None:
        raise EndsBeforeItBegins
    membership.until = until
    membership.save_by(by)
    _settle_role(membership.user, since=until + ONE_DAY, by=by)
    audit.record(
        by=by,
        verb="accounts.member.ended",
        target=department,
        user=membership.user_id,
        until=f"{until:%d/%m/%Y}",
    )


def _stand(membership: Membership, *, as_head: bool, since: date, by: User) -> Membership:
    """End the membership the day before, and go on as head or as plain member; one begun that day just turns."""
    if membership.since < since:
        membership.until = since - ONE_DAY
        membership.save_by(by)
        membership = Membership(department=membership.department, user=membership.user, since=since)
    membership.is_head = as_head
    membership.save_by(by)
    return membership


def _settle_role(user: User, *, since: date, by: User) -> None:
    """From `since` on the person holds the head's role if, and only if, they head some department."""
    heads = user.memberships.filter(is_head=True, until=None).exists()
    held = user.held_roles.filter(role=Role.DEPARTMENT_HEAD, until=None, is_withdrawn=False).first()
    if heads and held is None:
        held = HeldRole(user=user, role=Role.DEPARTMENT_HEAD, since=since)
        held.save_by(by)
        _record_role("given", held, by)
    elif held is not None and not heads:
        held.end(since - ONE_DAY)
        held.save_by(by)
        _record_role("ended", held, by)


def _record_role(verb: str, held: HeldRole, by: User) -> None:
    days = {name: f"{day:%d/%m/%Y}" for name in ("since", "until") if (day := getattr(held, name))}
    audit.record(by=by, verb=f"accounts.role.{verb}", target=held.user, role=held.role, **days)


def _name(department: Department, name: str, by: User) -> None:
    others = Department.objects.exclude(pk=department.pk)
    if search_key(name) in {search_key(other.name) for other in others}:
        raise NameTaken
    department.name = clean(name)
    try:
        department.save_by(by)
    except IntegrityError:  # somebody used it at the same moment
        raise NameTaken from None


def _locked(department: Department) -> Department:
    """One change of a department at a time: two at once must not both find the place free."""
    found: Department = Department.objects.select_for_update().get(pk=department.pk)
    return found


def _require_set_up(by: User) -> None:
    """Who opens accounts from a list of staff also says where people belong, and may give the head's role."""
    if not by.may(Permission.SET_UP_YEAR) and not by.may(Permission.MANAGE_ACCOUNTS):
        raise PermissionDenied
