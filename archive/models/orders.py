"""Papers of many classes, ordered in one go."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import User
from archive.models.editions import Edition
from gradebook.models import SchoolYear


class PaperOrderQuerySet(models.QuerySet["PaperOrder"]):
    def stale(self, now: datetime) -> "PaperOrderQuerySet":
        """Nobody has gone on with it: the worker was killed, or the broker lost the message."""
        silent = now - timedelta(seconds=settings.JOB_STALE_SECONDS)
        return self.filter(finished_at=None, heartbeat__lt=silent)


class PaperOrder(models.Model):
    """What was chosen on the desk. A worker freezes paper by paper, each at a moment that its edition names.

    Not Recorded, on purpose: it ticks with every paper. Who ordered is an audit event; what came of it are editions.
    """

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
    heartbeat = models.DateTimeField(help_text="last sign of life")
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = PaperOrderQuerySet.as_manager()

    class Meta:
        ordering = ["-ordered_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.papers})"

    @property
    def done(self) -> int:
        return self.frozen + self.waiting + self.failed
