"""Books whose hour has come are closed: by the periodic task, or by the first save that finds them so."""

from collections.abc import Iterable
from datetime import datetime

from accounts import audit, seals
from accounts.recorded import update_many
from accounts.writing import recorded_write
from gradebook.models import Course, LockOrder, Window
from gradebook.years import hold_windows


@recorded_write
def close_lapsed(now: datetime) -> int:
    """Close every window whose hour has come. Returns how many."""
    past = Window.objects.filter(is_open=True, closes_at__lte=now).values_list("pk", flat=True)
    return close_past(hold_windows(pk__in=list(past)), now)


def hold_open_windows(course: Course, now: datetime) -> list[Window]:
    """The course's windows that are open, with all of its windows under their locks.

    One whose hour has come is closed here for good, so that a clock set back later does not open it again.
    """
    windows = hold_windows(course=course)
    close_past(windows, now)
    return [window for window in windows if window.is_open]


def close_past(windows: Iterable[Window], now: datetime) -> int:
    """Close those of these windows, held under their locks, whose hour has come. Returns how many."""
    lapsed = [window for window in windows if window.is_open and not window.is_open_at(now)]
    by_order: dict[int | None, list[Window]] = {}
    for window in lapsed:
        by_order.setdefault(window.order_id, []).append(window)
    for pk, rows in by_order.items():
        _close_for(LockOrder.objects.select_related("ordered_by").get(pk=pk), rows)
    return len(lapsed)


def _close_for(order: LockOrder, windows: list[Window]) -> None:
    """In the name of who ordered the opening; nobody's hand did it, so the journal names the hour alone.

    A lock like any other, and sealed like any other, whoever finds it: the schedule, a save or a withdrawal.
    """
    for window in windows:
        window.is_open, window.closes_at = False, None
    origin = f"schedule {order.number}"
    update_many(
        Window,
        windows,
        fields=["is_open", "closes_at"],
        by=order.giver,
        reason=order.reason,
        origin=origin,
    )
    audit.record(by=None, verb="gradebook.lock.lapsed", target=order, windows=len(windows), automatic=True)
    seals.make_seal(reason=seals.Reason.LOCK_ORDER, reference=str(order.number))
