"""Classes x periods, and of one class courses x periods: which books are open, what comes next, who ordered it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q

from gradebook.models import Course, LockOrder, MarkKind, Period, SchoolClass, SchoolYear, Window, still_open
from gradebook.openings import lock_state


@dataclass(frozen=True, slots=True)
class Change:
    """What happens next, at what hour and by which order."""

    at: datetime
    opens: bool
    order: LockOrder | None


@dataclass(frozen=True, slots=True)
class Cell:
    """`kinds` say the state of each kind of mark, where they differ."""

    period: Period
    state: str
    kinds: tuple[tuple[str, str], ...] = ()
    next: Change | None = None
    order: LockOrder | None = None
    """The last that was carried out on one of these books."""


@dataclass(frozen=True, slots=True)
class Board:
    periods: list[Period]
    rows: list[tuple[Any, list[Cell]]]
    """Each class, or each course of a class, with one cell a period."""


def read_board(year: SchoolYear | None) -> Board:
    """The same number of queries for any school."""
    facts = _Facts.of(year, Window.objects.filter(period__semester__year=year), "course__school_class")
    classes = list(SchoolClass.objects.filter(year=year))
    return Board(facts.periods, [(each, list(facts.cells(each.pk, each))) for each in classes])


def read_class_board(school_class: SchoolClass) -> Board:
    """The same for one class, course by course."""
    facts = _Facts.of(school_class.year, Window.objects.filter(course__school_class=school_class), "course")
    courses = Course.objects.filter(school_class=school_class).select_related("subject")
    rows = [(each, list(facts.cells(each.pk, school_class, each))) for each in courses]
    return Board(facts.periods, rows)


@dataclass(frozen=True, slots=True)
class _Facts:
    periods: list[Period]
    counts: dict[tuple[int, int], list[dict[str, Any]]]
    """What is open, by row and period: one entry for each kind of mark."""
    orders: dict[int, LockOrder]
    """Those that wait, and those that were last carried out, by number."""

    @classmethod
    def of(cls, year: SchoolYear | None, windows: Any, row: str) -> "_Facts":
        found = (
            windows.order_by("period", "kind")
            .values(row, "period", "kind")
            .annotate(
                all=Count("pk"),
                open=Count("pk", filter=still_open()),
                closes_at=Min("closes_at", filter=still_open()),
                last=Max("order__number"),
            )
        )
        counts: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
        for each in found:
            counts[each[row], each["period"]].append(each)
        numbers = {each["last"] for each in found if each["last"]}
        orders = LockOrder.objects.filter(period__semester__year=year).with_words()
        waiting = Q(executed_at=None, withdrawn_at=None, ordered_at__isnull=False)
        known = {order.number: order for order in orders.filter(Q(number__in=numbers) | waiting)}
        periods = list(Period.objects.filter(semester__year=year).order_by("order"))
        return cls(periods, counts, known)

    def cells(self, row: int, school_class: SchoolClass, course: Course | None = None) -> Iterator[Cell]:
        waiting = [order for order in self.orders.values() if _concerns(order, school_class, course)]
        for period in self.periods:
            yield self._cell(period, self.counts.get((row, period.pk), []), waiting)

    def _cell(self, period: Period, counts: Sequence[dict[str, Any]], waiting: Iterable[LockOrder]) -> Cell:
        opened, total = sum(each["open"] for each in counts), sum(each["all"] for each in counts)
        kinds = tuple(
            (str(MarkKind(each["kind"]).label), lock_state(each["open"], each["all"])) for each in counts
        )
        last = max((each["last"] for each in counts if each["last"]), default=0)
        return Cell(
            period,
            lock_state(opened, total),
            kinds if len({state for _label, state in kinds}) > 1 else (),
            self._next(counts, [order for order in waiting if order.period_id == period.pk]),
            self.orders.get(last),
        )

    def _next(self, counts: Sequence[dict[str, Any]], waiting: Sequence[LockOrder]) -> Change | None:
        changes = [
            Change(order.effective_at, opens=True, order=order)
            for order in waiting
            if order.opens and order.effective_at
        ]
        for each in counts:
            if hour := each["closes_at"]:
                locks = (order for order in waiting if not order.opens and order.effective_at == hour)
                by = next(locks, None) or self.orders.get(each["last"])
                changes.append(Change(hour, opens=False, order=by))
        return min(changes, key=lambda change: change.at, default=None)


def _concerns(order: LockOrder, school_class: SchoolClass, course: Course | None) -> bool:
    """Of an order that waits: whether it may change a book of this row."""
    if order.executed_at or not order.touches(school_class):
        return False
    if course is None:
        return True
    return order.subject_id in (None, course.subject_id) and order.course_id in (None, course.pk)


def planned(year: SchoolYear | None) -> list[LockOrder]:
    """Every proposal and order of the year that was not declined or taken back, by the hour it is for."""
    orders = LockOrder.objects.filter(period__semester__year=year, declined_at=None, withdrawn_at=None)
    return sorted(orders.with_words(), key=_by_hour)


def _by_hour(order: LockOrder) -> tuple[bool, datetime, int]:
    """Without an hour last."""
    return order.planned_at is None, order.planned_at or order.created_at, order.number
