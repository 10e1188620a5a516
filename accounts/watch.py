"""Accounts to keep an eye on (S2-25): passwords unchanged or old, accounts unused, locked, or left with roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import lockout
from accounts.models import HeldRole, SecuritySettings, User
from accounts.names import sort_key


class Finding(models.TextChoices):
    EXPIRED = "expired", gettext_lazy("One-time password expired")
    UNCHANGED = "unchanged", gettext_lazy("Password unchanged")
    OLD = "old", gettext_lazy("Password old")
    UNUSED = "unused", gettext_lazy("Never signed in")
    LOCKED = "locked", gettext_lazy("Locked now")
    ROLES_LEFT = "roles_left", gettext_lazy("Disabled, but roles are still open")


KINDS = {Finding.EXPIRED: "late", Finding.LOCKED: "locked", Finding.ROLES_LEFT: "conflict"}


@dataclass(frozen=True, slots=True)
class Watched:
    account: User
    findings: list[Finding]

    @property
    def statuses(self) -> list[tuple[str, str]]:
        return [(KINDS.get(finding, "waiting"), str(finding.label)) for finding in self.findings]


def watched() -> list[Watched]:
    now, rules = timezone.now(), SecuritySettings.current()
    open_roles = HeldRole.objects.not_over(timezone.localdate())
    accounts = list(User.objects.prefetch_related(Prefetch("held_roles", open_roles, to_attr="open_roles")))
    locked = lockout.locked(accounts)
    found = [Watched(account, list(_findings(account, rules, now, locked))) for account in accounts]
    return sorted((row for row in found if row.findings), key=lambda row: sort_key(row.account.full_name))


def password_findings(account: User, rules: SecuritySettings, now: datetime) -> Iterable[Finding]:
    if account.one_time_password_expired(now):
        yield Finding.EXPIRED
    elif account.password_changed_at is None:
        yield Finding.UNCHANGED
    elif account.password_changed_at < now - rules.password_max_age:
        yield Finding.OLD


def reminder_for(user: User) -> str | None:
    """What the home page tells its owner about the password; nothing as long as all is well (S1-05)."""
    changed, rules = user.password_changed_at, SecuritySettings.current()
    if not list(password_findings(user, rules, timezone.now())):
        return None
    if changed is None:
        text = _("Your password was handed out to you. Choose one that only you know.")
    else:
        text = _(
            "You chose your password on %(date)s. The school asks for a new one after %(days)d days."
        ) % {
            "date": date_format(timezone.localtime(changed), "d/m/Y"),
            "days": rules.password_max_age_days,
        }
    if user.reminded_at is not None:
        text += " " + _("You were reminded on %(date)s.") % {
            "date": date_format(timezone.localtime(user.reminded_at), "d/m/Y")
        }
    return text


def _findings(account: User, rules: SecuritySettings, now: datetime, locked: set[int]) -> Iterable[Finding]:
    if not account.is_active:
        if account.open_roles:  # type: ignore[attr-defined]  # prefetched above
            yield Finding.ROLES_LEFT
        return
    yield from password_findings(account, rules, now)
    if account.last_login is None:
        yield Finding.UNUSED
    if account.pk in locked:
        yield Finding.LOCKED
