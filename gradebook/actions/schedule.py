"""What happens by itself: orders at their hour, openings that run out, classes that are complete."""

import logging
from collections.abc import Iterable
from datetime import datetime

from gradebook.actions.lapses import close_lapsed
from gradebook.actions.windows import AlreadyExecuted, execute_lock_order
from gradebook.models import LockOrder
from gradebook.years import YearClosed

logger = logging.getLogger(__name__)


def carry_out_due(now: datetime) -> int:
    """Execute the orders whose hour has come, in the order of their hours. Returns how many windows changed."""
    changed = _execute(LockOrder.objects.due(now).order_by("effective_at", "sequence"))
    return changed + close_lapsed(now)


def lock_complete() -> int:
    """Lock the classes that are complete by now, where an order says so (S4-27). Returns how many windows changed."""
    return _execute(LockOrder.objects.waiting().filter(when_complete=True).order_by("sequence"))


def _execute(orders: Iterable[LockOrder]) -> int:
    changed = 0
    for order in orders:
        try:
            changed += execute_lock_order(order=order, by=None)
        except AlreadyExecuted:
            logger.info("Order %s was carried out meanwhile", order.number)
        except YearClosed:
            logger.warning("Order %s is for a year that is closed", order.number)
    return changed
