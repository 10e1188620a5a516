"""A check of the whole history as a job of the worker: asked for by somebody, and readable afterwards."""

import time
from functools import partial

from django.utils import timezone

from accounts import audit, jobs
from accounts.models import Verification
from accounts.seals.checking import Report, check_history
from accounts.writing import recorded_write

SECONDS_A_TICK = 1


def verify(pk: int) -> None:
    jobs.run(Verification, pk, _verify)


def _verify(claimed: jobs.Claim) -> None:
    _finish(claimed, check_history(progress=partial(_tick, claimed, [0.0])))


def _tick(claimed: jobs.Claim, last: list[float], done: int, total: int) -> None:
    if time.monotonic() - last[0] > SECONDS_A_TICK:
        claimed.update(done=done, total=total)
        last[0] = time.monotonic()


@recorded_write
def _finish(claimed: jobs.Claim, report: Report) -> None:
    claimed.update(
        state=Verification.State.DONE,
        finished_at=timezone.now(),
        seals=report.seals,
        rows=report.rows,
        faults=report.faults,
        findings=[finding.as_json() for finding in report.findings],
    )
    done = Verification.objects.select_related("requested_by").get(pk=claimed.pk)
    audit.record(
        by=done.requested_by,
        verb="accounts.history.checked",
        target=done,
        seals=report.seals,
        rows=report.rows,
        faults=report.faults,
    )
