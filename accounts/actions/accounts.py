"""Writes to accounts and roles."""

from datetime import date

from accounts import audit
from accounts.models import HeldRole, User
from accounts.roles import Role
from accounts.writing import recorded_write


@recorded_write
def create_account(
    *, username: str, full_name: str, password: str | None, by: User | None, email: str = ""
) -> User:
    """Create an account without any role. `by` is None only for the first account of an installation.

    Without a password nobody can sign in to it until one is set.
    """
    user = User.objects.create_user(username, password, full_name=full_name, email=email)
    audit.record(by=by, verb="accounts.account.created", target=user)
    return user


@recorded_write
def give_role(*, user: User, role: Role, since: date, by: User) -> HeldRole:
    held = HeldRole(user=user, role=role, since=since)
    held.save_by(by)
    audit.record(by=by, verb="accounts.role.given", target=user, role=role.value)
    return held


@recorded_write
def end_role(*, held: HeldRole, until: date, by: User) -> None:
    held.until = until
    held.save_by(by)
    audit.record(by=by, verb="accounts.role.ended", target=held.user, role=held.role)
