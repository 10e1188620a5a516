"""Passwords: handed out once on a slip, then chosen by their owner and known to nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mass_mail
from django.db import transaction
from django.utils import timezone

from accounts import audit, lockout, policies, sessions
from accounts.models import OpenSession, User
from accounts.passwords import ONE_TIME_VALID, one_time_password
from accounts.writing import recorded_write


@dataclass(frozen=True, slots=True)
class Slip:
    """What is handed to a person on paper; the password stands nowhere else."""

    account: User
    password: str = field(repr=False)
    valid_until: datetime

    @classmethod
    def of(cls, account: User, password: str) -> "Slip":
        return cls(account, password, account.one_time_until or one_time_end())


def one_time_end() -> datetime:
    return timezone.now() + ONE_TIME_VALID


@recorded_write
def reset_passwords(accounts: Sequence[User], *, by: User) -> list[Slip]:
    """One-time passwords for these accounts; whoever is signed in to them is out."""
    if any(account == by or not policies.may_manage(by, account) for account in accounts):
        raise PermissionDenied
    return [_reset(account, by) for account in accounts]


@recorded_write
def reset_from_console(account: User) -> Slip:
    """For the principal who lost everything: only who rules the machine reaches it, and it is recorded (by nobody)."""
    return _reset(account, None)


@recorded_write
def change_password(*, user: User, password: str, kept: str | None) -> None:
    """By its owner, who has proved the old one. Every other session ends: one may be why it was changed."""
    user.set_password(password)
    user.password_changed_at, user.one_time_until, user.reminded_at = timezone.now(), None, None
    user.save(update_fields=["password", "password_changed_at", "one_time_until", "reminded_at"])
    sessions.end(OpenSession.objects.filter(user=user).exclude(session_key=kept))
    user.known_devices.filter(is_confirmed=False).delete()  # strangers again, announced should they return
    audit.record(by=user, verb="accounts.password.changed", target=user)


@recorded_write
def remind(accounts: Sequence[User], *, subject: str, text: str, by: User) -> int:
    """On the person's home page, and by e-mail where there is an address and a mail server (S2-25)."""
    if not all(policies.may_manage(by, account) for account in accounts):
        raise PermissionDenied
    User.objects.filter(pk__in=[account.pk for account in accounts]).update(reminded_at=timezone.now())
    audit.record_many(by=by, verb="accounts.password.reminded", targets=accounts)
    letters = [(subject, text, None, [account.email]) for account in accounts if account.email]
    transaction.on_commit(lambda: send_mass_mail(letters, fail_silently=True))
    return len(accounts)


def _reset(account: User, by: User | None) -> Slip:
    password = one_time_password()
    account.password, account.one_time_until = make_password(password), one_time_end()
    account.password_changed_at = None
    account.save(update_fields=["password", "one_time_until", "password_changed_at"])
    sessions.end(OpenSession.objects.filter(user=account))
    lockout.unlock(account)
    audit.record(by=by, verb="accounts.password.reset", target=account)
    return Slip.of(account, password)
