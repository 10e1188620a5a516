"""The life of a job: claimed by one worker, ticked while it goes on, taken over when its worker was killed.

Whoever holds the current attempt may write. A worker that was only slow finds that its attempt is no longer the current
one, and stops.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from accounts.models import Job, JobQuerySet, User, Work
from accounts.writing import recorded_write

logger = logging.getLogger(__name__)

ATTEMPTS_MAX = 5
KILLED = {"detail": "killed"}
_S = Work.State
Facts = Mapping[str, object]


class Superseded(RuntimeError):
    """Another worker has taken over this job, or it is finished."""


class NotFailed(ValueError):
    """Only a failed job is tried again."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do a job, until somebody else gets a higher attempt."""

    model: type[Work]
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


def kind_of(error: Exception) -> Facts:
    """The message of a database error may hold a pupil's values: only its kind is noted and logged."""
    return {"detail": type(error).__name__}


def run(
    model: type[Work],
    pk: int,
    work: Callable[[Claim], None],
    failed: Callable[[Exception], Facts] = kind_of,
) -> bool:
    """Do a queued job; `work` ends it, `failed` is what its row then says. False when it is not queued:
    messages may come twice."""
    claimed = claim(model, pk)
    if claimed is None:
        return False
    try:
        work(claimed)
    except Superseded:
        logger.warning("%s %s: attempt %s was taken over", model.__name__, pk, claimed.attempt)
    except Exception as error:
        logger.error("%s %s failed: %s", model.__name__, pk, type(error).__name__)
        _fail(claimed, failed(error))
    return True


@recorded_write
def claim(model: type[Work], pk: int) -> Claim | None:
    """Take a queued job; of two workers at once exactly one succeeds."""
    row = model.objects.queued().filter(pk=pk).first()
    if row is None:
        return None
    queued = model.objects.filter(pk=pk, state=_S.QUEUED, attempt=row.attempt)
    taken = queued.update(state=_S.RUNNING, attempt=F("attempt") + 1, heartbeat=timezone.now())
    return Claim(model, pk, row.attempt + 1) if taken == 1 else None


@recorded_write
def put_back_stale(rows: JobQuerySet, now: datetime, killed: Facts = KILLED) -> list[int]:
    """Queue again what shows no sign of life. Returns the jobs whose worker has to be woken."""
    woken = []
    for row in rows.stale(now).order_by("pk"):
        same = rows.model.objects.filter(pk=row.pk, attempt=row.attempt, state=row.state)
        if row.attempt >= ATTEMPTS_MAX:
            same.update(state=_S.FAILED, **killed)
        elif same.update(state=_S.QUEUED, heartbeat=now) == 1:
            woken.append(row.pk)
    return woken


def queue_again(job: Job) -> None:
    """Raises NotFailed."""
    failed = type(job).objects.filter(pk=job.pk, state=_S.FAILED)
    if failed.update(state=_S.QUEUED, heartbeat=timezone.now(), attempt=0, done=0, detail="") != 1:
        raise NotFailed


def _fail(claimed: Claim, facts: Facts) -> None:
    try:
        claimed.update(state=_S.FAILED, **facts)
    except Superseded:
        logger.warning("%s %s: failed after it was taken over", claimed.model.__name__, claimed.pk)
