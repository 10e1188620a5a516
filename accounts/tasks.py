"""What the worker does. The row carries the job; a message only wakes a worker, and may be lost or double."""

from typing import Any

from celery import shared_task

from accounts import seals


@shared_task  # type: ignore[untyped-decorator]
def seal_history(**_: Any) -> None:
    """Daily, also when nothing was written: then it says that nothing was."""
    seals.seal_now(reason=seals.Reason.DAILY)
