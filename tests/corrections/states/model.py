"""What the school believes, in plain Python: no database, no clock of its own, no word of the portal's code.

Books (one kind of mark of one course in one period) are opened and locked by orders; the cells in them change by saves
while they are open, and by executed requests always.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

Book = tuple[str, str, str, str]
"""(class, period, kind of mark, subject)"""
Cell = tuple[int, int]
"""(pupil, column)"""
PRESENCE = timedelta(hours=2)


@dataclass(eq=False)
class Order:
    number: int
    act: str
    books: frozenset[Book]
    effective_at: datetime | None = None
    until: datetime | None = None
    proposed_by: str = ""
    ordered_by: str = ""
    executed_by: str = ""
    lifts_end: bool = False
    place: int = 0
    """Among the words of whoever orders; none as long as it is a proposal."""
    state: str = "proposed"

    def outlasts(self, lock: "Order") -> bool:
        """An opening with a word about its end counts against the locks that were ordered before it."""
        return (self.until is not None or self.lifts_end) and self.place > lock.place


@dataclass
class Version:
    text: str
    author: str
    origin: str


@dataclass(eq=False)
class Request:
    number: int
    cells: dict[Cell, tuple[str, int]]
    """The text that is asked for, and the version that the requester saw."""
    requester: str
    asks_endorsement: bool
    witnesses: str
    endorser: str = ""
    confirmed: bool = False
    asked: bool = False
    decider: str = ""
    approved: bool = False
    withdrawn: bool = False
    executor: str = ""
    applied: bool = False
    was_tried: bool = False
    present: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    @property
    def status(self) -> str:
        if self.executor:
            return "executed" if self.applied else "not_applied"
        if self.withdrawn:
            return "withdrawn"
        if self.decider:
            return "waiting_for_execution" if self.approved else "refused"
        if self.endorser and not self.confirmed:
            return "not_endorsed"
        if self.asked:
            return "waiting_for_answer"
        waits = self.asks_endorsement and not self.endorser
        return "waiting_for_endorsement" if waits else "waiting_for_decision"

    @property
    def is_under_way(self) -> bool:
        return self.status.startswith("waiting")

    @property
    def parts(self) -> list[str]:
        """Who has played which part, the same person once for each."""
        leader = self.present.get("leader")
        played = [self.requester, self.endorser, self.decider, self.executor]
        watched = [leader[0]] if leader and leader[0] != self.decider else []
        return [person for person in (*played, *watched) if person]

    def stands(self, part: str, now: datetime) -> bool:
        if part not in self.present:
            return False
        _person, at = self.present[part]
        return now - PRESENCE <= at <= now


@dataclass
class School:
    books: dict[Book, Order | None] = field(default_factory=dict)
    """The order under which each is open; none: locked."""
    orders: list[Order] = field(default_factory=list)
    cells: dict[Cell, list[Version]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    year_open: bool = True

    # Books

    def hours(self, book: Book) -> Iterator[datetime]:
        opening = self.books[book]
        if opening is None:
            return
        if opening.until is not None:
            yield opening.until
        for order in self.orders:
            is_to_come = order.state == "ordered" and order.act == "lock"
            if order.effective_at and is_to_come and book in order.books and not opening.outlasts(order):
                yield order.effective_at

    def is_open(self, book: Book, now: datetime) -> bool:
        return self.books[book] is not None and all(now < hour for hour in self.hours(book))

    def notice(self, books: Iterable[Book], now: datetime) -> None:
        """Somebody came to these books: those whose hour is over are closed for good."""
        for book in books:
            if not self.is_open(book, now):
                self.books[book] = None

    def say(self, order: Order, by: str) -> None:
        last = max((each.place for each in self.orders), default=0)
        order.ordered_by, order.place, order.state = by, last + 1, "ordered"

    def carry_out(self, order: Order, by: str, now: datetime) -> None:
        for book in order.books:
            opening = self.books[book]
            if order.act == "lock":
                kept = opening is not None and opening.outlasts(order)
                self.books[book] = opening if kept else None
            elif self._is_wanted(order, book, now):
                self.books[book] = order
        order.state, order.executed_by = "executed", by

    def _is_wanted(self, order: Order, book: Book, now: datetime) -> bool:
        if order.until is not None and order.until <= now:
            return False
        if not self.is_open(book, now):
            return True
        if order.lifts_end:
            return any(self.hours(book))
        return order.until is not None and order.until != min(self.hours(book), default=None)

    def due(self, now: datetime) -> list[Order]:
        hours = [
            (order.effective_at, order.place, order) for order in self.waiting_orders() if order.effective_at
        ]
        return [order for hour, _place, order in sorted(hours) if hour <= now]

    # Cells

    def text(self, cell: Cell) -> str:
        versions = self.cells.get(cell, [])
        return versions[-1].text if versions else ""

    def version(self, cell: Cell) -> int:
        return len(self.cells.get(cell, []))

    def write(self, cell: Cell, text: str, author: str, origin: str) -> None:
        self.cells.setdefault(cell, []).append(Version(text, author, origin))

    def seen(self, cell: Cell, version: int) -> str:
        versions = self.cells.get(cell, [])
        return versions[version - 1].text if 0 < version <= len(versions) else ""

    def changes(self, cell: Cell, text: str, version: int) -> bool:
        """Whether a save in an open book changes the cell; an old page that changes nothing is no wish."""
        return text != self.text(cell) and version == self.version(cell)

    # Requests

    def pending(self, cell: Cell) -> bool:
        return any(cell in each.cells and each.is_under_way for each in self.requests)

    def amend(self, request: Request, by: str) -> None:
        """As a whole, or not at all when a cell is no longer what the requester saw."""
        request.executor = by
        request.applied = all(self.version(cell) == seen for cell, (_, seen) in request.cells.items())
        if request.applied:
            for cell, (text, _seen) in request.cells.items():
                self.write(cell, text, by, f"correction {request.number}")

    def waiting_orders(self) -> Collection[Order]:
        return [order for order in self.orders if order.state == "ordered"]
