"""What somebody does about an order of many papers: order, pause, go on, cancel, try again what failed."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from archive import asking, rendering, tasks
from archive.models import PaperOrder, Rendering
from archive.wanted import may_ask
from gradebook.models import SchoolYear

_S = PaperOrder.State
AGAIN = {"state": Rendering.State.QUEUED, "failure": "", "detail": "", "attempt": 0, "done": 0}
"""What a failed rendering becomes when it is tried again."""


class NotNow(ValueError):
    """Only what is under way is paused, only what was paused goes on, only what failed is tried again."""


@recorded_write
def order_papers(*, year: SchoolYear, choice: Mapping[str, Any], by: User) -> PaperOrder:
    """Many papers at once: the row now, freezing and rendering by the worker. `choice`: as `asking.wanted` takes it."""
    wanted = asking.wanted(by, year, **choice)
    if not all(may_ask(by, each) for each in wanted):
        raise PermissionDenied
    now = timezone.now()
    order: PaperOrder = PaperOrder.objects.create(
        year=year, **choice, ordered_by=by, ordered_at=now, heartbeat=now, papers=len(wanted)
    )
    audit.record(by=by, verb="archive.papers.ordered", target=order, papers=order.papers)
    _go_on(order)
    return order


@recorded_write
def pause_order(*, order: PaperOrder, by: User) -> None:
    """What is being printed at this moment is finished; the rest waits. Raises NotNow, PermissionDenied."""
    _change(order, by, "archive.papers.paused", of=[_S.UNDERWAY], state=_S.PAUSED)


@recorded_write
def resume_order(*, order: PaperOrder, by: User) -> None:
    """Raises NotNow, PermissionDenied."""
    _change(order, by, "archive.papers.resumed", of=[_S.PAUSED], state=_S.UNDERWAY, heartbeat=timezone.now())
    _go_on(order)


@recorded_write
def cancel_order(*, order: PaperOrder, by: User) -> None:
    """What was printed stays, what is being printed stops. A frozen edition keeps its number, without a file,
    and can be printed after all. Raises NotNow, PermissionDenied.
    """
    _change(order, by, "archive.papers.cancelled", of=[_S.UNDERWAY, _S.PAUSED], state=_S.CANCELLED)
    left = order.renderings.unfinished()
    left.update(state=Rendering.State.FAILED, failure=Rendering.Failure.CANCELLED)


@recorded_write
def retry_order(*, order: PaperOrder, by: User) -> None:
    """Print what failed again: the same editions with the same payloads, and now those that were passed over.

    Raises NotNow, PermissionDenied.
    """
    _check(order, by)
    failed = order.renderings.filter(state=Rendering.State.FAILED)
    if not (failed.exists() or order.unprepared):
        raise NotNow
    anew = {"waiting": 0, "failed": 0, "finished_at": None} if order.unprepared else {}
    _change(
        order, by, "archive.papers.retried", of=list(_S), state=_S.UNDERWAY, heartbeat=timezone.now(), **anew
    )
    failed.update(**AGAIN, heartbeat=timezone.now())
    _go_on(order)


def may_manage(user: User, order: PaperOrder) -> bool:
    """Whoever gave the order, and those who print for the whole school."""
    return order.ordered_by_id == user.pk or user.may(Permission.REQUEST_BOOK)


def may_read(user: User, order: PaperOrder) -> bool:
    """They read every paper in it, too."""
    return may_manage(user, order) or user.may(Permission.READ_ARCHIVE)


def _check(order: PaperOrder, by: User) -> None:
    if not may_manage(by, order):
        raise PermissionDenied


def _change(order: PaperOrder, by: User, verb: str, *, of: list[str], **facts: object) -> None:
    _check(order, by)
    if not PaperOrder.objects.filter(pk=order.pk, state__in=of).update(**facts):
        raise NotNow
    audit.record(by=by, verb=verb, target=order, papers=order.papers)


def _go_on(order: PaperOrder) -> None:
    """With freezing what is not frozen, and with printing what waits."""
    transaction.on_commit(partial(tasks.wake_order, order.pk))
    transaction.on_commit(_wake_some)


def _wake_some() -> None:
    for edition_id in rendering.first_queued():
        tasks.wake(edition_id)
