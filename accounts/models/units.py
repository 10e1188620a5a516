"""Departments, and who belongs to them."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import DatedQuerySet, User
from accounts.prepared import Given
from accounts.recorded import Recorded


class Department(Recorded):
    """A professional group of teachers (tổ chuyên môn) or a unit of the office (S0-08)."""

    name = models.CharField(_("department"), max_length=80, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(DatedQuerySet):
    def led_by(self, head: User | Given, day: date | Given) -> DatedQuerySet:
        """Who belongs, that day, to a department that this person heads."""
        headed = Membership.objects.on(day).filter(user=head, is_head=True)
        return self.on(day).filter(department__in=headed.values("department"))


class Membership(Recorded):
    """Who belongs to a department, and whether as its head, from one day to another."""

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    is_head = models.BooleanField(_("head"), default=False)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects: ClassVar = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["department", "user"], condition=Q(until=None), name="accounts_membership_one_open"
            ),
            models.UniqueConstraint(
                fields=["department"],
                condition=Q(until=None, is_head=True),
                name="accounts_membership_one_head",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="accounts_membership_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.department}"
