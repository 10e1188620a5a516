"""Who you are, and which roles and powers you hold."""

from datetime import date, datetime
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.prepared import Given, Prepared
from accounts.recorded import Recorded, RecordedQuerySet
from accounts.roles import ROLE_PERMISSIONS, Permission, Role


class UserManager(BaseUserManager["User"]):
    def with_roles_on(self, day: date) -> "models.QuerySet[User]":
        """Each with `roles_that_day`, in the order in which they were given."""
        held = HeldRole.objects.on(day).order_by("since", "pk")
        return self.prefetch_related(Prefetch("held_roles", held, to_attr="roles_that_day"))


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can sign in. What they may do comes from held roles and object grants only."""

    username = models.CharField(
        _("user name"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()]
    )
    full_name = models.CharField(_("full name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    staff_code = models.CharField(
        _("staff code"), max_length=20, blank=True, help_text=_("the ministry's code of a member of staff")
    )
    is_active = models.BooleanField(_("active"), default=True)
    # When its owner last chose the password; empty while it is one that somebody else handed out (S2-25).
    password_changed_at = models.DateTimeField(null=True, blank=True)
    # Until when a one-time password opens the account; its owner has to choose another at once.
    one_time_until = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["username"]
        constraints = [
            # Nobody stands above the rules: Django's superuser would pass every object check.
            models.CheckConstraint(condition=Q(is_superuser=False), name="accounts_user_no_superuser"),
            models.UniqueConstraint(
                fields=["staff_code"], condition=~Q(staff_code=""), name="accounts_user_staff_code"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Roles held today; read once a request, so that a removed role ends with the next request."""
        return frozenset(map(Role, _ROLES.ask(user=self.pk, today=timezone.localdate())))

    @property
    def role_names(self) -> list[str]:
        return [str(role.label) for role in Role if role in self.roles]

    @cached_property
    def delegations(self) -> "list[Delegation]":
        """Those under which this person exercises powers of the principal today, the first to end first."""
        given = _DELEGATIONS.ask(user=self.pk, today=timezone.localdate())
        return [delegation for delegation in given if delegation.is_backed]

    @property
    def delegated(self) -> frozenset[Permission]:
        return frozenset(delegation.power for delegation in self.delegations)

    @property
    def must_change_password(self) -> bool:
        return self.one_time_until is not None

    @property
    def password_age_days(self) -> int | None:
        return (timezone.now() - self.password_changed_at).days if self.password_changed_at else None

    def one_time_password_expired(self, now: datetime) -> bool:
        return self.one_time_until is not None and self.one_time_until < now

    def may(self, permission: Permission) -> bool:
        return self.may_by_role(permission) or permission in self.delegated

    def may_by_role(self, permission: Permission) -> bool:
        return any(permission in ROLE_PERMISSIONS[role] for role in self.roles)


class DatedQuerySet(RecordedQuerySet):
    """Rows that hold from one day (`since`) to another (`until`, or open)."""

    def on(self, day: date | Given) -> Self:
        return self.not_over(day).filter(since__lte=day)

    def not_over(self, day: date | Given) -> Self:
        """Those that hold on the day, and those still to begin."""
        return self.filter(Q(until=None) | Q(until__gte=day))


class HeldRoleQuerySet(DatedQuerySet):
    def not_over(self, day: date | Given) -> Self:
        return super().not_over(day).filter(is_withdrawn=False)


class HeldRole(Recorded):
    """A role that a person holds from one day to another; a person may hold several at once."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="held_roles")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text=_("last day on which it is held"))
    # Taken back before its first day was over, for example given to the wrong person: it no longer counts at all.
    is_withdrawn = models.BooleanField(default=False)

    objects: ClassVar = HeldRoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(until=None), name="accounts_heldrole_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="accounts_heldrole_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    def end(self, until: date) -> None:
        """Before its first day was over: it was never held."""
        self.is_withdrawn = until < self.since
        self.until = max(until, self.since)


class DelegationQuerySet(DatedQuerySet):
    def not_over(self, day: date | Given) -> Self:
        return self.standing().filter(until__gte=day)

    def standing(self) -> Self:
        """Not taken back; in force, still to come, or run out by itself."""
        return self.filter(ended_at=None)


class Delegation(Recorded):
    """One power of the principal, exercised by somebody else from one day to another, by a decision.

    What the receiver does stays the receiver's: history shows the real person (S1-04).
    """

    giver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="given_delegations")
    receiver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="received_delegations")
    permission = models.CharField(max_length=30, choices=Permission.choices)
    since = models.DateField()
    until = models.DateField(help_text=_("last day; a delegation always ends"))
    decision_number = models.CharField(_("number of the decision"), max_length=40)
    decision_dated = models.DateField(_("date of the decision"))
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text=_("when it was taken back, before its last day; it ends at once")
    )

    objects: ClassVar = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None) | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="accounts_delegation_ended_pair",
            ),
            models.CheckConstraint(
                condition=Q(until__gte=models.F("since")), name="accounts_delegation_dates"
            ),
            models.CheckConstraint(
                condition=~Q(giver=models.F("receiver")), name="accounts_delegation_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receiver}: {self.get_permission_display()}"

    @property
    def power(self) -> Permission:
        return Permission(self.permission)

    @property
    def is_backed(self) -> bool:
        """Nobody exercises a power that its giver has lost."""
        return bool(self.giver.is_active and self.giver.may_by_role(self.power))


# Every page asks these two.
_TODAY = Given("today", models.DateField())
_ROLES = Prepared[str](
    lambda: HeldRole.objects.filter(user=Given("user")).on(_TODAY).values_list("role", flat=True)
)
# Prefetched, several powers share one giver, whose roles are read once.
_DELEGATIONS = Prepared[Delegation](
    lambda: (
        Delegation.objects.filter(receiver=Given("user"))
        .on(_TODAY)
        .order_by("until", "pk")
        .prefetch_related("giver")
    )
)
