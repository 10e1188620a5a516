"""What the worker does. The row carries the job; a message only wakes a worker, and may be lost or double."""

import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts import jobs, seals
from accounts.models import Verification
from accounts.seals import verifying

logger = logging.getLogger(__name__)


@shared_task  # type: ignore[untyped-decorator]
def seal_history(**_: Any) -> None:
    """Daily, also when nothing was written: then it says that nothing was."""
    seals.seal_now(reason=seals.Reason.DAILY)


@shared_task  # type: ignore[untyped-decorator]
def verify_history(*, verification_id: int, **_: Any) -> None:
    verifying.verify(verification_id)


def wake(verification_id: int) -> None:
    """Tell a worker; when the broker is down, the periodic check finds the row."""
    try:
        verify_history.delay(verification_id=verification_id)
    except OperationalError:
        logger.warning("The broker cannot be reached; check %s waits for the periodic check", verification_id)


@shared_task  # type: ignore[untyped-decorator]
def resume_stale_verifications(**_: Any) -> int:
    """Wake workers for checks that a killed worker or a lost message has left behind."""
    woken = jobs.put_back_stale(Verification.objects.all(), timezone.now())
    for verification_id in woken:
        wake(verification_id)
    return len(woken)


@worker_ready.connect  # type: ignore[untyped-decorator]
def resume_at_start(**_: Any) -> None:
    resume_stale_verifications.delay()
