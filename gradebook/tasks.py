"""What the worker does. The row carries the job; a message only wakes a worker, and may be lost or double."""

import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts.writing import recorded_write
from gradebook import grants
from gradebook.importing import runs

logger = logging.getLogger(__name__)


@shared_task  # type: ignore[untyped-decorator]
def write_list(*, upload_id: int, **_: Any) -> None:
    runs.write(upload_id)


def wake(upload_id: int) -> None:
    """Tell a worker; when the broker is down, the periodic check finds the row."""
    try:
        write_list.delay(upload_id=upload_id)
    except OperationalError:
        logger.warning("The broker cannot be reached; import %s waits for the periodic check", upload_id)


@shared_task  # type: ignore[untyped-decorator]
def resume_stale_imports(**_: Any) -> int:
    """Wake workers for lists that a killed worker or a lost message has left behind."""
    woken = runs.put_back_stale(timezone.now())
    for upload_id in woken:
        wake(upload_id)
    return len(woken)


@worker_ready.connect  # type: ignore[untyped-decorator]
def resume_at_start(**_: Any) -> None:
    resume_stale_imports.delay()


@shared_task  # type: ignore[untyped-decorator]
def revoke_expired_grants(**_: Any) -> int:
    return recorded_write(grants.revoke_expired)(timezone.localdate())
