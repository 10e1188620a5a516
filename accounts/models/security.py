"""How people sign in: the rules the principal sets, the sessions that are open, the browsers that are known."""

from datetime import timedelta
from typing import ClassVar

from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.recorded import Recorded


class SecuritySettings(Recorded):
    """One row: what the principal requires of those who sign in."""

    THE_ONE = 1

    # Of principal and administrator; everybody else may.
    second_factor_required = models.BooleanField(default=False)
    # A reminder only: forced changes make people choose worse passwords (ASVS 6.2.10), but schools ask for it (S2-25).
    password_max_age_days = models.PositiveSmallIntegerField(default=180)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="accounts_securitysettings_one_row")]

    def __str__(self) -> str:
        return str(_("Rules of sign-in"))

    @classmethod
    def current(cls) -> "SecuritySettings":
        """The row, or the defaults as long as nobody has set them."""
        return cls.objects.filter(pk=cls.THE_ONE).first() or cls(pk=cls.THE_ONE)

    @property
    def password_max_age(self) -> timedelta:
        return timedelta(days=self.password_max_age_days)


class OpenSessionQuerySet(models.QuerySet["OpenSession"]):
    def living(self) -> "OpenSessionQuerySet":
        """Those that still open a page: the session itself is Django's."""
        alive = Session.objects.filter(expire_date__gt=timezone.now())
        return self.filter(session_key__in=alive.values("session_key"))


class OpenSession(models.Model):
    """What its owner is shown of a session: where and when it was opened and last used."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=80)
    address = models.GenericIPAddressField(null=True)
    started_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = OpenSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-last_seen_at"]

    def __str__(self) -> str:
        return f"{self.user}: {self.browser}"


class KnownDevice(models.Model):
    """A browser in which this account has signed in, known by a long-lived cookie (S0-40).

    Only the cookie's digest is kept. Whoever else knows the password signs in from a browser without the cookie,
    and the owner is told on every other device until one of these confirms it.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="known_devices")
    digest = models.CharField(max_length=64)
    browser = models.CharField(max_length=80)
    address = models.GenericIPAddressField(null=True)
    first_seen_at = models.DateTimeField(default=timezone.now)
    is_confirmed = models.BooleanField(default=False)

    class Meta:
        ordering = ["-first_seen_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="accounts_knowndevice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.browser}"
