"""What the scheduler asks for that is an action of its own; `tasks` are what actions wake."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from gradebook.actions import schedule


@shared_task  # type: ignore[untyped-decorator]
def carry_out_due_orders(**_: Any) -> int:
    """A save trusts the windows and not this task: late, it changes only what the board shows."""
    return schedule.carry_out_due(timezone.now())


@shared_task  # type: ignore[untyped-decorator]
def lock_complete_classes(**_: Any) -> int:
    return schedule.lock_complete()
