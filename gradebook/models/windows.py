"""Windows: whether a course's book is open in a period, and the orders that open and lock them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recorded import Recorded, RecordedQuerySet
from accounts.roles import Permission
from gradebook.models.roster import SchoolClass
from gradebook.models.school import Period
from gradebook.models.teaching import Course, OfCoursesManager


class LockOrderQuerySet(RecordedQuerySet):
    def visible_to(self, user: User) -> "LockOrderQuerySet":
        return self if user.may(Permission.READ_LOCK_BOARD) else self.none()

    def waiting(self) -> "LockOrderQuerySet":
        return self.filter(executed_at=None, withdrawn_at=None)


class LockOrder(Recorded):
    """The principal orders, the administrator executes; both are recorded (S0 C.I.2b, S2 II.1, S4 2.3)."""

    class Act(models.TextChoices):
        LOCK = "lock", _("Lock")
        OPEN = "open", _("Open")

    number = models.PositiveIntegerField()
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="lock_orders")
    school_class = models.ForeignKey(
        SchoolClass,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lock_orders",
        help_text=_("empty: the whole school"),
    )
    act = models.CharField(max_length=4, choices=Act.choices)
    reason = models.CharField(_("reason"), max_length=300)
    ordered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    executed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    executed_at = models.DateTimeField(null=True, blank=True)

    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = LockOrderQuerySet.as_manager()

    class Meta:
        ordering = ["-ordered_at"]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="gradebook_lockorder_number"),
            models.CheckConstraint(
                condition=Q(executed_by=None, executed_at=None)
                | Q(executed_by__isnull=False, executed_at__isnull=False),
                name="gradebook_lockorder_executed_pair",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False, executed_at=None),
                name="gradebook_lockorder_withdrawn_pair",
            ),
            models.CheckConstraint(
                condition=Q(executed_by=None) | ~Q(executed_by=F("ordered_by")),
                name="gradebook_lockorder_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_act_display()} {self.period}"


class WindowManager(OfCoursesManager):
    def locked_on_order(self) -> RecordedQuerySet:
        """Closed by somebody, and not merely never opened yet."""
        found: RecordedQuerySet = self.filter(is_open=False, order__isnull=False)
        return found


class Window(Recorded):
    """The state of one course in one period. A save and a lock take the lock of this same row."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="windows")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="windows")
    is_open = models.BooleanField(default=False)
    order = models.ForeignKey(
        LockOrder, on_delete=models.PROTECT, null=True, blank=True, related_name="windows"
    )

    objects: ClassVar = WindowManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "period"], name="gradebook_window_unique")]

    def __str__(self) -> str:
        return f"{self.course} {self.period}"
