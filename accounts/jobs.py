"""The life of a job: claimed by one worker, ticked while it goes on, taken over when its worker was killed.

Whoever holds the current attempt may write. A worker that was only slow finds that its attempt is no longer the current
one, and stops.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from accounts.models import Job, User
from accounts.writing import recorded_write

logger = logging.getLogger(__name__)

ATTEMPTS_MAX = 5
_S = Job.State


class Superseded(RuntimeError):
    """Another worker has taken over this job, or it is finished."""


class NotFailed(ValueError):
    """Only a failed job is tried again."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do a job, until somebody else gets a higher attempt."""

    model: type[Job]
    pk: int
    attempt: int

    def update(self, **facts: object) -> None:
        """Compare and swap. Raises Superseded when this attempt is not the current one."""
        current = self.model.objects.filter(pk=self.pk, attempt=self.attempt, state=_S.RUNNING)
        if current.update(heartbeat=timezone.now(), **facts) != 1:
            raise Superseded(f"{self.model.__name__} {self.pk}, attempt {self.attempt}")


def fresh(by: User) -> dict[str, object]:
    """What every new job begins with."""
    now = timezone.now()
    return {"requested_by": by, "requested_at": now, "heartbeat": now}


def run(model: type[Job], pk: int, work: Callable[[Claim], None]) -> None:
    """Do a queued job; `work` ends it. Does nothing when it is not queued: messages may come twice."""
    claimed = claim(model, pk)
    if claimed is None:
        return
    try:
        work(claimed)
    except Superseded:
        logger.warning("%s %s: attempt %s was taken over", model.__name__, pk, claimed.attempt)
    except Exception as error:
        # The message of a database error may hold a pupil's values: only its kind is noted and logged.
        logger.error("%s %s failed: %s", model.__name__, pk, type(error).__name__)
        _fail(claimed, error)


@recorded_write
def claim(model: type[Job], pk: int) -> Claim | None:
    """Take a queued job; of two workers at once exactly one succeeds."""
    row = model.objects.filter(pk=pk, state=_S.QUEUED).first()
    if row is None:
        return None
    queued = model.objects.filter(pk=pk, state=_S.QUEUED, attempt=row.attempt)
    taken = queued.update(state=_S.RUNNING, attempt=F("attempt") + 1, heartbeat=timezone.now())
    return Claim(model, pk, row.attempt + 1) if taken == 1 else None


@recorded_write
def put_back_stale(model: type[Job], now: datetime) -> list[int]:
    """Queue again what shows no sign of life. Returns the jobs whose worker has to be woken."""
    woken = []
    for row in model.objects.stale(now).order_by("pk"):
        same = model.objects.filter(pk=row.pk, attempt=row.attempt, state=row.state)
        if row.attempt >= ATTEMPTS_MAX:
            same.update(state=_S.FAILED, detail="killed")
        elif same.update(state=_S.QUEUED, heartbeat=now) == 1:
            woken.append(row.pk)
    return woken


def queue_again(job: Job) -> None:
    """Raises NotFailed."""
    failed = type(job).objects.filter(pk=job.pk, state=_S.FAILED)
    if failed.update(state=_S.QUEUED, heartbeat=timezone.now(), attempt=0, done=0, detail="") != 1:
        raise NotFailed


def _fail(claimed: Claim, error: Exception) -> None:
    try:
        claimed.update(state=_S.FAILED, detail=type(error).__name__)
    except Superseded:
        logger.warning("%s %s: failed after it was taken over", claimed.model.__name__, claimed.pk)
