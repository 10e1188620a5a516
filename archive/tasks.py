"""What the worker does. The row carries the job; a message only wakes a worker, and may be lost or double."""

import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts import jobs
from archive import orders, rendering
from archive.bags import making as bag_making
from archive.models import Bag, EvidencePack
from archive.packs import making
from archive.snapshots import taking

logger = logging.getLogger(__name__)


@shared_task  # type: ignore[untyped-decorator]
def render_edition(*, edition_id: int, **_: Any) -> None:
    """Render it, and go on with what waits longest: the queue is the table, and the broker may forget."""
    if rendering.render(edition_id):
        for following in rendering.first_queued(1):
            wake(following)


@shared_task  # type: ignore[untyped-decorator]
def freeze_papers(*, order_id: int, **_: Any) -> None:
    for edition_id in orders.carry_out(order_id):
        wake(edition_id)


def wake(edition_id: int) -> None:
    _tell(render_edition, edition_id=edition_id)


def wake_order(order_id: int) -> None:
    _tell(freeze_papers, order_id=order_id)


def _tell(task: Any, **row: int) -> None:
    """Tell a worker; when the broker is down, the periodic check finds the row."""
    try:
        task.delay(**row)
    except OperationalError:
        logger.warning("The broker cannot be reached; %s waits for the periodic check", row)


@shared_task  # type: ignore[untyped-decorator]
def resume_stale_editions(**_: Any) -> int:
    """Wake workers for editions and orders that a killed worker or a lost message has left behind."""
    now = timezone.now()
    for order_id in orders.stale(now):
        wake_order(order_id)
    woken = rendering.put_back_stale(now)
    for edition_id in woken:
        wake(edition_id)
    return len(woken)


@shared_task  # type: ignore[untyped-decorator]
def make_pack(*, pack_id: int, **_: Any) -> None:
    making.make(pack_id)


def wake_for_pack(pack_id: int) -> None:
    _tell(make_pack, pack_id=pack_id)


@shared_task  # type: ignore[untyped-decorator]
def resume_stale_packs(**_: Any) -> int:
    woken = jobs.put_back_stale(EvidencePack.objects.all(), timezone.now())
    for pack_id in woken:
        wake_for_pack(pack_id)
    return len(woken)


@shared_task  # type: ignore[untyped-decorator]
def make_bag(*, bag_id: int, **_: Any) -> None:
    bag_making.make(bag_id)


def wake_for_bag(bag_id: int) -> None:
    _tell(make_bag, bag_id=bag_id)


@shared_task  # type: ignore[untyped-decorator]
def resume_stale_bags(**_: Any) -> int:
    woken = jobs.put_back_stale(Bag.objects.all(), timezone.now())
    for bag_id in woken:
        wake_for_bag(bag_id)
    return len(woken)


@shared_task  # type: ignore[untyped-decorator]
def take_snapshots(**_: Any) -> int:
    return taking.take_due()


@worker_ready.connect  # type: ignore[untyped-decorator]
def resume_at_start(**_: Any) -> None:
    resume_stale_editions.delay()
    resume_stale_packs.delay()
    resume_stale_bags.delay()
    take_snapshots.delay()
