"""How far an order of many papers is: counts, pages, and the time that is left."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, Sum

from archive.models import Edition, PaperOrder, Rendering

MEASURED = 12
"""The time left is reckoned from so many of the last papers: the first one also started the worker."""
_S = Rendering.State


@dataclass(frozen=True, slots=True)
class Progress:
    """Papers of an order by what has become of them. `left`: None while nothing can be said.

    `printed` includes those that were `found`: printed before, and unchanged since. `cancelled` are those that were to
    be printed and are not, because the order was cancelled.
    """

    papers: int
    waiting: int
    running: int
    printed: int
    found: int
    failed: int
    cancelled: int
    pages: int
    left: timedelta | None

    @property
    def to_do(self) -> int:
        return self.papers - self.printed - self.failed - self.cancelled

    @property
    def is_finished(self) -> bool:
        return self.to_do <= 0


def progress_of(order: PaperOrder) -> Progress:
    """Two queries, however many papers there are."""
    states = {state: Count("pk", filter=Q(state=state)) for state in _S.values}
    stopped = Count("pk", filter=Q(state=_S.FAILED, failure=Rendering.Failure.CANCELLED))
    before = Count("pk", filter=~Q(order=order))
    listed = Rendering.objects.filter(edition__ordered__order=order)
    counts = listed.aggregate(**states, stopped=stopped, pages=Sum("edition__pages"), found=before)
    printed, cancelled = counts[_S.DONE], counts["stopped"]
    failed = counts[_S.FAILED] - cancelled + order.failed + order.waiting
    to_do = order.papers - printed - failed - cancelled
    if order.state == PaperOrder.State.CANCELLED:
        to_do, cancelled = counts[_S.RUNNING], cancelled + to_do - counts[_S.RUNNING]
    return Progress(
        papers=order.papers,
        waiting=to_do - counts[_S.RUNNING],
        running=counts[_S.RUNNING],
        printed=printed,
        found=counts["found"],
        failed=failed,
        cancelled=cancelled,
        pages=counts["pages"] or 0,
        left=_left(order, to_do),
    )


def _left(order: PaperOrder, to_do: int) -> timedelta | None:
    """By the pace of the last papers, whose last sign of life was their end."""
    ends: list[datetime] = list(
        order.renderings.filter(state=_S.DONE)
        .order_by("-heartbeat")
        .values_list("heartbeat", flat=True)[:MEASURED]
    )
    if len(ends) < 3 or to_do <= 0:
        return None
    return (ends[0] - ends[-1]) / (len(ends) - 1) * to_do


def failed_of(order: PaperOrder) -> list[Edition]:
    """The editions of an order whose printing failed, with the reason on their rendering."""
    failed = Edition.objects.without_payload().filter(rendering__order=order, rendering__state=_S.FAILED)
    return list(
        failed.select_related("school_class", "course__subject", "teacher", "student", "rendering").order_by(
            "pk"
        )
    )
