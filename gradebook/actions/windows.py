"""Open and lock books: the principal orders, the administrator or the ordered hour executes."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from django.core.exceptions import PermissionDenied
from django.db.models import Max, prefetch_related_objects
from django.utils import timezone

from accounts import audit, seals
from accounts.models import User
from accounts.recorded import update_many
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook.actions.lapses import close_past
from gradebook.lock_readiness import complete_classes
from gradebook.models import Course, Decision, LockOrder, Period, SchoolClass, Subject, Window
from gradebook.models.lock_orders import LockOrderQuerySet
from gradebook.years import check_open, hold_open, hold_windows


class AlreadyExecuted(ValueError):
    """The order waits for nobody: not ordered yet, or executed, withdrawn or declined before."""


class NotOrdered(ValueError):
    """The order makes no sense now.

    Codes: waiting (another order for these books at the same hour waits), no-change, no-books, past.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class OwnOrder(ValueError):
    """Who ordered may not execute, and who proposed may not order: separation by person, not only by role."""


class NotDue(ValueError):
    """The ordered hour has not come."""


class NoReason(ValueError):
    """Who declines a proposal says why."""


class Terms(TypedDict, total=False):
    """What an order may say beyond period, act and reason; see LockOrder."""

    kind: str
    grade: int | None
    school_class: SchoolClass | None
    subject: Subject | None
    course: Course | None
    effective_at: datetime | None
    until: datetime | None
    lifts_end: bool
    when_complete: bool
    decision: Decision | None


@recorded_write
def propose_lock(*, period: Period, act: str, reason: str, by: User, **terms: Unpack[Terms]) -> LockOrder:
    """The administrator's proposal, an order once the principal says so. Raises NotOrdered, YearClosed."""
    _check(by, Permission.EXECUTE_LOCK)
    order = LockOrder(period=period, act=act, reason=reason, **terms)
    _prepare(order)
    order.proposed_by, order.proposed_at = by, timezone.now()
    order.save_by(by)
    audit.record(by=by, verb="gradebook.lock.proposed", target=order, act=act)
    return order


@recorded_write
def order_lock(*, period: Period, act: str, reason: str, by: User, **terms: Unpack[Terms]) -> LockOrder:
    """Order books opened or locked. Opens nothing yet; a scheduled lock already says when the books close.

    Raises NotOrdered: a second order for the same books would make the result depend on who executes first.
    Raises YearClosed.
    """
    _check(by, Permission.ORDER_LOCK)
    order = LockOrder(period=period, act=act, reason=reason, **terms)
    return _order(order, _prepare(order), by)


@recorded_write
def order_proposal(*, order: LockOrder, by: User) -> LockOrder:
    """The principal's word, which makes a proposal an order. Raises AlreadyExecuted, OwnOrder, NotOrdered."""
    _check(by, Permission.ORDER_LOCK)
    order = _proposed(order)
    if order.proposed_by_id == by.pk:
        raise OwnOrder
    windows = covered(order)
    hold_open(order.period.semester.year_id)
    _check_sense(order, windows)
    return _order(order, windows, by)


@recorded_write
def decline_proposal(*, order: LockOrder, reason: str, by: User) -> None:
    """The principal does not want it, and says why. Raises AlreadyExecuted, NoReason."""
    _check(by, Permission.ORDER_LOCK)
    order = _proposed(order)
    if not reason.strip():
        raise NoReason
    order.declined_by, order.declined_at, order.decline_reason = by, timezone.now(), reason.strip()
    order.save_by(by)
    audit.record(by=by, verb="gradebook.lock.declined", target=order, reason=order.decline_reason)


@recorded_write
def withdraw_lock_order(*, order: LockOrder, by: User) -> None:
    """Take back an order that was not executed yet, or one's own proposal. It stays in the journal."""
    found: LockOrder = LockOrder.objects.select_for_update().get(pk=order.pk)
    if found.ordered_at is not None or found.proposed_by_id != by.pk:
        _check(by, Permission.ORDER_LOCK)
    if found.executed_at or found.withdrawn_at or found.declined_at:
        raise AlreadyExecuted
    windows = covered(found)
    # What a scheduled lock has closed already stays closed: taking the order back is no order to open.
    close_past(windows, timezone.now())
    found.withdrawn_by, found.withdrawn_at = by, timezone.now()
    found.save_by(by)
    _set_closings(found, windows, by, f"order {found.number}")
    audit.record(by=by, verb="gradebook.lock.withdrawn", target=found)


@recorded_write
def execute_lock_order(*, order: LockOrder, by: User | None) -> int:
    """Set every window the order covers. Returns how many changed. `by` is None for the schedule at its hour.

    Takes the rows' locks that saving takes: when this returns, no save can slip past the lock any more. An order
    to lock each class when it is complete stays until the last class is locked. Raises AlreadyExecuted, OwnOrder,
    NotDue, YearClosed.
    """
    if by is not None:
        _check(by, Permission.EXECUTE_LOCK)
    order = _waiting(order)
    _check_executor(order, by)
    windows = covered(order)
    check_open(order.period.semester.year_id)
    changed, left = _changes(order, windows)
    _set(order, changed, by)
    if not left:
        order.executed_by, order.executed_at, order.executed_automatically = by, timezone.now(), by is None
        order.save_by(by or order.giver, origin=_origin(order, by))
    _set_closings(order, windows, by or order.giver, _origin(order, by))
    verb = "gradebook.lock.classes_locked" if left else "gradebook.lock.executed"
    if changed or not left:
        audit.record(
            by=by, verb=verb, target=order, act=order.act, windows=len(changed), automatic=by is None
        )
        seals.make_seal(reason=seals.Reason.LOCK_ORDER, reference=str(order.number), by=by)
    return len(changed)


def covered(order: LockOrder) -> list[Window]:
    """The windows the order is about, under their locks, each with its class and its last order."""
    windows = hold_windows(**order.books)
    prefetch_related_objects(windows, "course__school_class", "order")
    return windows


def _check(by: User, permission: Permission) -> None:
    if not by.may(permission):
        raise PermissionDenied


def _check_executor(order: LockOrder, by: User | None) -> None:
    if by is not None and order.ordered_by_id == by.pk:
        raise OwnOrder
    is_scheduled = order.effective_at is not None or order.when_complete
    is_early = order.effective_at is not None and order.effective_at > timezone.now()
    if is_early or (by is None and not is_scheduled):
        raise NotDue


def _proposed(order: LockOrder) -> LockOrder:
    return _locked(LockOrder.objects.proposed(), order)


def _waiting(order: LockOrder) -> LockOrder:
    return _locked(LockOrder.objects.waiting(), order)


def _locked(among: LockOrderQuerySet, order: LockOrder) -> LockOrder:
    found: LockOrder = LockOrder.objects.select_for_update().get(pk=order.pk)
    if not among.filter(pk=found.pk).exists():
        raise AlreadyExecuted
    return found


def _prepare(order: LockOrder) -> list[Window]:
    """Number it, if it makes sense. The windows first, the year last: its row serialises numbers and sequence."""
    windows = covered(order)
    hold_open(order.period.semester.year_id)
    _check_sense(order, windows)
    order.number = (LockOrder.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    return windows


def _order(order: LockOrder, windows: Sequence[Window], by: User) -> LockOrder:
    order.ordered_by, order.ordered_at = by, timezone.now()
    order.sequence = (LockOrder.objects.aggregate(last=Max("sequence"))["last"] or 0) + 1
    order.save_by(by)
    _set_closings(order, windows, by, f"order {order.number}")
    audit.record(by=by, verb="gradebook.lock.ordered", target=order, act=order.act)
    return order


def _check_sense(order: LockOrder, windows: Sequence[Window]) -> None:
    now = timezone.now()
    if not windows:
        raise NotOrdered("no-books")
    if (order.effective_at or order.until) and min(filter(None, (order.effective_at, order.until))) <= now:
        raise NotOrdered("past")
    rivals = LockOrder.objects.waiting().filter(
        period=order.period, effective_at=order.effective_at, when_complete=order.when_complete
    )
    if any(rival.covers(window) for rival in rivals for window in windows):
        raise NotOrdered("waiting")
    if order.effective_at is None and not any(_is_changed(order, window, now) for window in windows):
        raise NotOrdered("no-change")


def _is_changed(order: LockOrder, window: Window, now: datetime) -> bool:
    if window.is_open_at(now) != order.opens:
        return True
    if order.lifts_end:
        return window.closes_at is not None
    return order.opens and order.until is not None and order.until != window.closes_at


def _changes(order: LockOrder, windows: Sequence[Window]) -> tuple[list[Window], bool]:
    """The windows to set now, and whether others stay to be locked when they are complete."""
    now = timezone.now()
    wanted = [w for w in windows if w.is_open != order.opens or _is_changed(order, w, now)]
    if order.opens:
        return ([] if order.until is not None and order.until <= now else wanted), False
    wanted = [window for window in wanted if not window.outlasts(order)]
    if not order.when_complete:
        return wanted, False
    complete = complete_classes(order)
    ready = [window for window in wanted if window.course.school_class_id in complete]
    return ready, len(ready) < len(wanted)


def _set(order: LockOrder, windows: Sequence[Window], by: User | None) -> None:
    for window in windows:
        window.is_open, window.order, window.closes_at = order.opens, order, None
    update_many(
        Window,
        windows,
        fields=["is_open", "order", "closes_at"],
        by=by or order.giver,
        reason=order.reason,
        origin=_origin(order, by),
    )


def _set_closings(order: LockOrder, windows: Sequence[Window], by: User, origin: str) -> None:
    """Say of each window when it closes, now that this order was given, taken back or carried out.

    A save asks the window alone: the hour counts although nothing runs then.
    """
    scheduled = LockOrder.objects.waiting().filter(
        act=LockOrder.Act.LOCK, effective_at__isnull=False, period=order.period
    )
    hours = [(window, window.closing(scheduled)) for window in windows]
    moved = [window for window, hour in hours if window.closes_at != hour]
    for window, hour in hours:
        window.closes_at = hour
    update_many(Window, moved, fields=["closes_at"], by=by, reason=order.reason, origin=origin)


def _origin(order: LockOrder, by: User | None) -> str:
    return f"order {order.number}" if by else f"schedule {order.number}"
