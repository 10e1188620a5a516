"""Papers of many classes, ordered in one go."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from archive.models.editions import Edition
from gradebook.models import SchoolYear


class PaperOrderQuerySet(models.QuerySet["PaperOrder"]):
    def to_freeze(self) -> "PaperOrderQuerySet":
        """Those whose papers a worker may go on to freeze."""
        return self.filter(state=PaperOrder.State.UNDERWAY, finished_at=None)

    def stale(self, now: datetime) -> "PaperOrderQuerySet":
        """Nobody has gone on with it: the worker was killed, or the broker lost the message."""
        silent = now - timedelta(seconds=settings.JOB_STALE_SECONDS)
        return self.to_freeze().filter(heartbeat__lt=silent)


class PaperOrder(models.Model):
    """What was chosen on the desk. A worker freezes paper by paper, each at a moment that its edition names.

    Not Recorded, on purpose: it ticks with every paper. Who ordered is an audit event; what came of it are editions.
    """

    class State(models.TextChoices):
        UNDERWAY = "underway", _("under way")
        PAUSED = "paused", _("paused")
        CANCELLED = "cancelled", _("cancelled")

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Edition.Kind.choices)
    scope = models.CharField(max_length=20, help_text="as on the desk: school, grade-6")
    period = models.CharField(max_length=4, blank=True)
    signatures = models.BooleanField(default=False)
    ordered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    papers = models.PositiveSmallIntegerField(help_text="how many were ordered")
    frozen = models.PositiveSmallIntegerField(default=0)
    waiting = models.PositiveSmallIntegerField(default=0, help_text="still being printed from before")
    failed = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UNDERWAY)
    heartbeat = models.DateTimeField(help_text="last sign of life")
    finished_at = models.DateTimeField(null=True, blank=True, help_text="when the last paper was frozen")

    objects: ClassVar = PaperOrderQuerySet.as_manager()

    class Meta:
        ordering = ["-ordered_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.papers})"

    @property
    def unprepared(self) -> int:
        """Papers that were passed over, once nobody is at it any more."""
        return self.waiting + self.failed if self.finished_at else 0

    @property
    def done(self) -> int:
        return self.frozen + self.waiting + self.failed


class OrderedPaper(models.Model):
    """A paper of an order, in the order of the list: made for it, or there already and unchanged since."""

    order = models.ForeignKey(PaperOrder, on_delete=models.PROTECT, related_name="listed")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="ordered")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "edition"], name="archive_ordered_once")]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.edition_id}"
