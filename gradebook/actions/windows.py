"""Open and lock books: the principal orders, the administrator executes."""

from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q
from django.utils import timezone

from accounts import audit, seals
from accounts.models import User
from accounts.recorded import update_many
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook.models import LockOrder, Period, SchoolClass, Window
from gradebook.years import check_open, hold_open, hold_windows


class AlreadyExecuted(ValueError):
    """The order was executed or withdrawn before."""


class NotOrdered(ValueError):
    """The order makes no sense now. Codes: waiting (another order for these books waits), no-change."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class OwnOrder(ValueError):
    """Who ordered may not execute: separation by person, not only by role."""


@recorded_write
def order_lock(
    *, period: Period, act: str, reason: str, by: User, school_class: SchoolClass | None = None
) -> LockOrder:
    """Order a period's books opened or locked, for the school or one class. Changes no window yet.

    Raises NotOrdered: a second order for the same books would make the result depend on who executes first.
    Raises YearClosed.
    """
    if not by.may(Permission.ORDER_LOCK):
        raise PermissionDenied
    # The year's row serialises numbering: two orders at once must not take the same number.
    hold_open(period.semester.year_id)
    _check_sense(period, act, school_class)
    last = LockOrder.objects.aggregate(last=Max("number"))["last"] or 0
    order = LockOrder(
        number=last + 1,
        period=period,
        school_class=school_class,
        act=act,
        reason=reason,
        ordered_by=by,
        ordered_at=timezone.now(),
    )
    order.save_by(by)
    audit.record(by=by, verb="gradebook.lock.ordered", target=order, act=act)
    return order


@recorded_write
def execute_lock_order(*, order: LockOrder, by: User) -> int:
    """Set every window the order covers. Returns how many changed.

    Takes the rows' locks that saving takes: when this returns, no save can slip past the lock any more.
    """
    if not by.may(Permission.EXECUTE_LOCK):
        raise PermissionDenied
    order = _still_waiting(order)
    if order.ordered_by_id == by.pk:
        raise OwnOrder
    opens = order.act == LockOrder.Act.OPEN
    covered = _covered(order)
    check_open(order.period.semester.year_id)
    windows = [w for w in covered if w.is_open != opens]
    for window in windows:
        window.is_open, window.order = opens, order
    update_many(
        Window,
        windows,
        fields=["is_open", "order"],
        by=by,
        reason=order.reason,
        origin=f"order {order.number}",
    )
    order.executed_by, order.executed_at = by, timezone.now()
    order.save_by(by)
    audit.record(by=by, verb="gradebook.lock.executed", target=order, act=order.act, windows=len(windows))
    seals.make_seal(reason=seals.Reason.LOCK_ORDER, reference=str(order.number), by=by)
    return len(windows)


@recorded_write
def withdraw_lock_order(*, order: LockOrder, by: User) -> None:
    """Take back an order that was not executed yet. It stays in the journal."""
    if not by.may(Permission.ORDER_LOCK):
        raise PermissionDenied
    order = _still_waiting(order)
    order.withdrawn_by, order.withdrawn_at = by, timezone.now()
    order.save_by(by)
    audit.record(by=by, verb="gradebook.lock.withdrawn", target=order)


def _still_waiting(order: LockOrder) -> LockOrder:
    found: LockOrder = LockOrder.objects.select_for_update().get(pk=order.pk)
    if found.executed_at is not None or found.withdrawn_at is not None:
        raise AlreadyExecuted
    return found


def _check_sense(period: Period, act: str, school_class: SchoolClass | None) -> None:
    same_books = Q(school_class=None) | Q(school_class=school_class) if school_class else Q()
    if LockOrder.objects.waiting().filter(same_books, period=period).exists():
        raise NotOrdered("waiting")
    windows = Window.objects.filter(period=period)
    if school_class:
        windows = windows.filter(course__school_class=school_class)
    if not windows.exclude(is_open=act == LockOrder.Act.OPEN).exists():
        raise NotOrdered("no-change")


def _covered(order: LockOrder) -> list[Window]:
    of_class = {"course__school_class": order.school_class} if order.school_class_id else {}
    return hold_windows(period=order.period, **of_class)
