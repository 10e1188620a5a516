"""Carry out an order of many papers: each is frozen in a transaction of its own, and its edition says when.

A worker may be killed at any moment; its successor begins anew and passes over what is frozen since the order. So
two workers at once do no harm either.
"""

import logging
from collections import Counter
from collections.abc import Generator
from datetime import datetime

from django.utils import timezone

from accounts.writing import recorded_write
from archive import asking
from archive.freezing import FrozenAlready, NotUnderWay, StillRendering, freeze
from archive.models import Edition, PaperOrder
from archive.wanted import Wanted

logger = logging.getLogger(__name__)


def carry_out(order_id: int) -> Generator[int]:
    """The editions to be rendered, one by one as they are frozen, until it is finished, paused or cancelled."""
    order = PaperOrder.objects.to_freeze().select_related("year", "ordered_by").filter(pk=order_id).first()
    if order is None:
        return
    # All three, so that a second run takes back what the first one counted.
    counts: Counter[str] = Counter(frozen=0, waiting=0, failed=0)
    try:
        for wanted in _wanted(order):
            outcome, edition = _freeze(order, wanted)
            counts[outcome] += 1
            _note(order, counts)
            if edition:
                yield edition.pk
    except NotUnderWay:
        return
    _note(order, counts, finished_at=timezone.now())


def stale(now: datetime) -> list[int]:
    """Orders with which nobody goes on."""
    return list(PaperOrder.objects.stale(now).values_list("pk", flat=True))


def _wanted(order: PaperOrder) -> list[Wanted]:
    return asking.wanted(
        order.ordered_by,
        order.year,
        kind=order.kind,
        scope=order.scope,
        period=order.period,
        signatures=order.signatures,
    )


def _freeze(order: PaperOrder, wanted: Wanted) -> tuple[str, Edition | None]:
    """What became of one paper; one that fails keeps no other from being made."""
    try:
        edition = freeze(wanted=wanted, by=order.ordered_by, order=order)
        return "frozen", None if edition.is_issued else edition
    except FrozenAlready:
        return "frozen", None
    except StillRendering:
        return "waiting", None
    except NotUnderWay:
        raise
    except Exception as error:  # neither the message nor the paper is logged: both may name a pupil
        logger.error("order %s: a paper could not be frozen: %s", order.pk, type(error).__name__)
        return "failed", None


@recorded_write
def _note(order: PaperOrder, counts: Counter[str], **facts: datetime) -> None:
    """How far it is, while it is under way."""
    same = PaperOrder.objects.to_freeze().filter(pk=order.pk)
    same.update(heartbeat=timezone.now(), **counts, **facts)
