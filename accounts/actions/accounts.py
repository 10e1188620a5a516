"""Create, change, disable and enable accounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit, policies, sessions
from accounts.actions.passwords import Slip, one_time_end
from accounts.actions.roles import LastPrincipal
from accounts.models import HeldRole, User
from accounts.names import clean
from accounts.passwords import one_time_password, username_for
from accounts.recorded import create_many
from accounts.roles import Permission, Role
from accounts.writing import recorded_write

EDITABLE = ("full_name", "email", "staff_code")


class UserNameTaken(ValueError):
    def __init__(self, usernames: Sequence[str]) -> None:
        super().__init__("user name taken")
        self.usernames = list(usernames)


class StaffCodeTaken(ValueError):
    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__("staff code taken")
        self.codes = list(codes)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """One person to open an account for. Without a user name one is made from the name."""

    full_name: str
    username: str = ""
    email: str = ""
    staff_code: str = ""
    roles: tuple[Role, ...] = ()
    since: date | None = None


@recorded_write
def create_account(
    *, username: str, full_name: str, password: str | None, by: User | None, email: str = ""
) -> User:
    """Create an account without any role, with a password that its owner chose.

    `by` is None only for the first account of an installation. Without a password nobody can sign in to it
    until one is set.
    """
    _require_manager(by)
    user = User(username=username, full_name=full_name, email=email)
    user.set_password(password)
    user.password_changed_at = timezone.now() if password else None
    user.save()
    audit.record(by=by, verb="accounts.account.created", target=user)
    return user


@recorded_write
def create_accounts(rows: Sequence[NewAccount], *, by: User) -> list[Slip]:
    """Open accounts with one-time passwords; the slips are the only place where these can be read.

    The number of queries does not grow with the rows. Hashing does: about a quarter of a second a password, slow
    on purpose, so call it for a whole school from the worker.
    """
    _require_manager(by)
    if any(not _may_give_new(by, role) for row in rows for role in row.roles):
        raise PermissionDenied
    try:
        created, passwords = _opened(rows)
    except IntegrityError:  # somebody took a name or a code at the same moment; now it is seen
        created, passwords = _opened(rows)
    held = [_held(user, role, row) for user, row in zip(created, rows, strict=True) for role in row.roles]
    create_many(HeldRole, held, by=by)
    audit.record_many(by=by, verb="accounts.account.created", targets=created)
    return [Slip.of(user, password) for user, password in zip(created, passwords, strict=True)]


@recorded_write
def edit_account(*, account: User, full_name: str, email: str, staff_code: str, by: User) -> None:
    if not policies.may_manage(by, account):
        raise PermissionDenied
    wanted = {"full_name": clean(full_name), "email": email, "staff_code": staff_code}
    changes: dict[str, Any] = {
        name: [getattr(account, name), value]
        for name, value in wanted.items()
        if getattr(account, name) != value
    }
    if not changes:
        return
    for name, (_old, new) in changes.items():
        setattr(account, name, new)
    try:
        with transaction.atomic():
            account.save(update_fields=list(changes))
    except IntegrityError:
        raise StaffCodeTaken([staff_code]) from None
    audit.record(by=by, verb="accounts.account.changed", target=account, changes=changes)


@recorded_write
def disable_account(*, account: User, by: User) -> None:
    """Nobody signs in to it any more, and who is signed in is out with the next click."""
    if not policies.may_change_standing(by, account):
        raise PermissionDenied
    if policies.is_last_principal(account):
        raise LastPrincipal
    _set_active(account, is_active=False)
    sessions.end(account.open_sessions.all())
    audit.record(by=by, verb="accounts.account.disabled", target=account)


@recorded_write
def enable_account(*, account: User, by: User) -> None:
    if not policies.may_change_standing(by, account):
        raise PermissionDenied
    _set_active(account, is_active=True)
    audit.record(by=by, verb="accounts.account.enabled", target=account)


def _set_active(account: User, *, is_active: bool) -> None:
    account.is_active = is_active
    account.save(update_fields=["is_active"])


def _require_manager(by: User | None) -> None:
    if by is None:
        if User.objects.exists():
            raise PermissionDenied
    elif not policies.is_founding() and not by.may(Permission.MANAGE_ACCOUNTS):
        raise PermissionDenied


def _may_give_new(by: User, role: Role) -> bool:
    return role != Role.PRINCIPAL or Role.PRINCIPAL in by.roles


def _opened(rows: Sequence[NewAccount]) -> tuple[list[User], list[str]]:
    users, passwords = _prepared(rows)
    with transaction.atomic():
        return User.objects.bulk_create(users), passwords


def _prepared(rows: Sequence[NewAccount]) -> tuple[list[User], list[str]]:
    taken = set(User.objects.values_list("username", flat=True))
    _refuse_taken(rows, taken)
    taken |= {row.username for row in rows if row.username}
    users, passwords = [], []
    for row in rows:
        username = row.username or username_for(row.full_name, taken)
        taken.add(username)
        password = one_time_password()
        passwords.append(password)
        users.append(
            User(
                username=username,
                full_name=clean(row.full_name),
                email=row.email,
                staff_code=row.staff_code,
                password=make_password(password),
                one_time_until=one_time_end(),
            )
        )
    return users, passwords


def _refuse_taken(rows: Sequence[NewAccount], taken: set[str]) -> None:
    if names := _repeated([row.username for row in rows], taken):
        raise UserNameTaken(names)
    codes = set(User.objects.exclude(staff_code="").values_list("staff_code", flat=True))
    if repeated := _repeated([row.staff_code for row in rows], codes):
        raise StaffCodeTaken(repeated)


def _repeated(given: Sequence[str], taken: set[str]) -> list[str]:
    named = [value for value in given if value]
    return sorted({value for value in named if value in taken or named.count(value) > 1})


def _held(user: User, role: Role, row: NewAccount) -> HeldRole:
    return HeldRole(user=user, role=role, since=row.since or timezone.localdate())
