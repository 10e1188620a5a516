"""What the worker does. The row carries the job; a message only wakes a worker, and may be lost or double."""

import logging
from typing import Any

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from corrections import notices
from corrections.models import Paper
from corrections.papers import file

logger = logging.getLogger(__name__)


@shared_task  # type: ignore[untyped-decorator]
def keep_paper(*, paper_id: int, **_: Any) -> None:
    file.keep(Paper.objects.get(pk=paper_id))


def wake(paper_id: int) -> None:
    """Tell a worker; when the broker is down, the periodic check finds the row."""
    try:
        keep_paper.delay(paper_id=paper_id)
    except OperationalError:
        logger.warning("The broker cannot be reached; paper %s waits for the periodic check", paper_id)


@shared_task  # type: ignore[untyped-decorator]
def keep_missing_papers(**_: Any) -> int:
    """Papers that a killed worker or a lost message has left without their file; one that cannot be made holds up
    no other."""
    waiting = list(Paper.objects.filter(sha256="").values_list("pk", flat=True))
    for paper_id in waiting:
        try:
            keep_paper(paper_id=paper_id)
        except Exception as error:
            logger.error("paper %s could not be made: %s", paper_id, type(error).__name__)
    return len(waiting)


@shared_task  # type: ignore[untyped-decorator]
def send_letters(**_: Any) -> int:
    """What waits for whom, once a day."""
    return notices.send_all(timezone.now())
