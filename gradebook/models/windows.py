"""Windows: whether a part of a course's book is open in a period."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.recorded import Recorded, RecordedQuerySet
from gradebook.models.lock_orders import LockOrder
from gradebook.models.marks import MarkKind
from gradebook.models.school import Period
from gradebook.models.teaching import Course, OfCoursesManager


def still_open(at: datetime | None = None) -> Q:
    """The windows that are open and whose hour has not come, now or at another moment."""
    return Q(is_open=True) & (Q(closes_at=None) | Q(closes_at__gt=at or timezone.now()))


class WindowManager(OfCoursesManager):
    def locked_on_order(self) -> RecordedQuerySet:
        """Closed by somebody, and not merely never opened yet."""
        found: RecordedQuerySet = self.filter(~still_open(), order__isnull=False)
        return found


class Window(Recorded):
    """The state of one kind of mark of one course in one period. A save and a lock take the lock of this same row."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="windows")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="windows")
    kind = models.CharField(max_length=10, choices=MarkKind.choices)
    is_open = models.BooleanField(default=False)
    closes_at = models.DateTimeField(
        null=True, blank=True, help_text=_("from this hour on it is closed, whether or not anything has run")
    )
    order = models.ForeignKey(
        LockOrder, on_delete=models.PROTECT, null=True, blank=True, related_name="windows"
    )

    objects: ClassVar = WindowManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "period", "kind"], name="gradebook_window_unique"),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(is_open=True, order__isnull=False),
                name="gradebook_window_closes_on_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.period} {self.kind}"

    def is_open_at(self, now: datetime) -> bool:
        return self.is_open and (self.closes_at is None or now < self.closes_at)

    def outlasts(self, lock: LockOrder) -> bool:
        """Opened with a word about its end by an order given after that lock: the later word counts."""
        own = self.order if self.is_open else None
        return own is not None and (own.until is not None or own.lifts_end) and own.follows(lock)

    def closing(self, locks: Iterable[LockOrder]) -> datetime | None:
        """The first hour at which its own order or one of the scheduled locks closes it."""
        if not self.is_open:
            return None
        hours = [lock.effective_at for lock in locks if lock.covers(self) and not self.outlasts(lock)]
        own = self.order.until if self.order else None
        return min((hour for hour in (*hours, own) if hour), default=None)
