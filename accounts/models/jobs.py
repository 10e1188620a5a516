"""Work that outlasts a request: a row before it is a task, so that a killed worker loses and doubles nothing."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.people import User


class JobQuerySet(models.QuerySet[Any]):
    def queued(self) -> "JobQuerySet":
        """What a worker may take."""
        return self.filter(state=Work.State.QUEUED)

    def running(self) -> "JobQuerySet":
        return self.filter(state=Work.State.RUNNING)

    def unfinished(self) -> "JobQuerySet":
        return self.filter(state__in=[Work.State.QUEUED, Work.State.RUNNING])

    def stale(self, now: datetime) -> "JobQuerySet":
        """Nobody has given a sign of life: the worker was killed, or the broker lost the message."""
        return self.unfinished().filter(heartbeat__lt=now - timedelta(seconds=settings.JOB_STALE_SECONDS))


class Work(models.Model):
    """Not Recorded, on purpose: it ticks every second. Who asked and what came of it are audit events too."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting for the worker")
        RUNNING = "running", pgettext_lazy("job", "under way")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    heartbeat = models.DateTimeField(help_text="last sign of life")
    attempt = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    detail = models.CharField(max_length=300, blank=True, help_text="why it failed, for the administrator")

    objects: ClassVar = JobQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_finished(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}


class Job(Work):
    """Work that somebody asked for, in a row of its own."""

    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()

    class Meta:
        abstract = True
