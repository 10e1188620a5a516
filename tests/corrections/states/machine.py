"""What people may call, in any order, at any hour: after each call the portal says what the model says."""

from datetime import datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from gradebook.actions import schedule, windows, year_closing
from gradebook.actions.marks import Edit, save_marks
from gradebook.models import LockOrder
from gradebook.year_closing import undecided_pupils
from tests.cast import Cast
from tests.corrections.states.model import Book, Cell, Order
from tests.corrections.states.portal import (
    EVERYBODY,
    EXECUTORS,
    MATHS,
    ORDERERS,
    TEACHERS,
    Portal,
    attempt,
    believed,
)
from tests.gradebook.windows.clock import Clock

MORNING = datetime(2026, 12, 7, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
HOURS = st.sampled_from([None, None, 1, 5])
TEXTS = st.sampled_from(["7", "8", "9", "", "11"])
BAD_VALUE = "11"
"""No mark: the scale ends at 10."""
ANYBODY = st.sampled_from([*[""] * 20, *EVERYBODY])
"""Mostly whose turn it is, else whoever."""
ANY = st.sampled_from([True, True, True, True, False])
"""Mostly the last one that waits for this, else the last of all, which is refused."""
ORDER_STEPS = ("order", "decline", "withdraw", "execute")
SPANS = st.sampled_from([1, 1, 3, 30, -1, -30])
STALE = st.sampled_from([0, 0, 0, 0, 1, -1])
SCOPES = st.sampled_from(["school", "course 6A", "grade", "class 6A", "class 6B", "subject"])


def other_than(person: str) -> str:
    return "khoa" if person == "hanh" else "hanh"


class Books(RuleBasedStateMachine):
    """Orders, the hours they name, and saves."""

    cast: ClassVar[Cast]
    clock: ClassVar[Clock]

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.clock.moment = MORNING
        self.portal = Portal(self.cast)
        self.school = believed(self.portal)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @property
    def now(self) -> datetime:
        return self.clock.moment

    @rule(what=st.sampled_from([*["clock"] * 3, "schedule", "schedule", "year"]), hours=SPANS, by=ANYBODY)
    def time_goes_on(self, what: str, hours: int, by: str) -> None:
        if what == "schedule":
            self._the_schedule_runs()
        elif what == "year":
            (self._close if self.school.year_open else self._reopen)(by or "hanh")
        else:
            self.clock.moment += timedelta(hours=hours)

    # Orders

    @rule(
        by=ANYBODY,
        is_proposal=st.sampled_from([False, False, True]),
        act=st.sampled_from(["turn", "turn", "lock", "open"]),
        period=st.sampled_from(["GK1", "GK1", "CK1"]),
        scope=SCOPES,
        kind=st.sampled_from(["", "", "regular", "test"]),
        effective=HOURS,
        until=HOURS,
        lifts=st.sampled_from([False, False, True]),
    )
    def somebody_draws_up_an_order(
        self,
        by: str,
        is_proposal: bool,
        act: str,
        effective: int | None,
        until: int | None,
        lifts: bool,
        **about: str,
    ) -> None:
        books = self._books(**about)
        if act == "turn":
            act = "lock" if any(self.school.is_open(book, self.now) for book in books) else "open"
        effective_at = self._after(effective)
        until_at = self._after(until, effective_at) if act == "open" else None
        lifts_end = lifts and act == "open" and until_at is None
        number = len(self.school.orders) + 1
        order = Order(number, act, books, effective_at, until_at, lifts_end=lifts_end)
        by = by or ("khoa" if is_proposal else "hanh")
        drawn_up: LockOrder | None = attempt(
            windows.propose_lock if is_proposal else windows.order_lock,
            period=self.cast.periods[about["period"]],
            act=act,
            reason="kế hoạch",
            by=self.portal.person(by),
            kind=about["kind"],
            effective_at=effective_at,
            until=until_at,
            lifts_end=lifts_end,
            **self._scope(about["scope"]),
        )
        if drawn_up is None:
            return
        assert by in ORDERERS and self.school.year_open and drawn_up.number == order.number
        self.school.orders.append(order)
        if is_proposal:
            order.proposed_by = by
        else:
            self.school.say(order, by)

    @precondition(lambda self: self.school.orders[1:])
    @rule(step=st.sampled_from(["next", "next", "next", *ORDER_STEPS]), waits=ANY, by=ANYBODY)
    def somebody_goes_on_with_an_order(self, step: str, waits: bool, by: str) -> None:
        waiting = [order for order in self.school.orders if order.state in ("proposed", "ordered")]
        order = (waiting if waiting and waits else self.school.orders)[-1]
        if step == "next":
            step = "order" if order.state == "proposed" else "execute"
            if order.state == "ordered" and order.effective_at and order.effective_at > self.now:
                self.clock.moment = order.effective_at
                return
        getattr(self, f"_{step}")(order, by)

    def _order(self, order: Order, by: str) -> None:
        by = by or other_than(order.proposed_by)
        if self._done(windows.order_proposal, order, by):
            assert by in ORDERERS - {order.proposed_by} and order.state == "proposed"
            self.school.say(order, by)

    def _decline(self, order: Order, by: str) -> None:
        if self._done(windows.decline_proposal, order, by or "hanh", reason="chưa cần"):
            assert (by or "hanh") in ORDERERS and order.state == "proposed"
            order.state = "declined"

    def _withdraw(self, order: Order, by: str) -> None:
        if self._done(windows.withdraw_lock_order, order, by or "hanh"):
            assert (by or "hanh") in ORDERERS and order.state in ("ordered", "proposed")
            self.school.notice(order.books, self.now)
            order.state = "withdrawn"

    def _execute(self, order: Order, by: str) -> None:
        by = by or other_than(order.ordered_by)
        if self._done(windows.execute_lock_order, order, by):
            assert by in EXECUTORS - {order.ordered_by} and order.state == "ordered" and self.school.year_open
            assert order.effective_at is None or order.effective_at <= self.now
            self.school.carry_out(order, by, self.now)

    def _the_schedule_runs(self) -> None:
        schedule.carry_out_due(self.now)
        for order in self.school.due(self.now) if self.school.year_open else ():
            self.school.carry_out(order, "schedule", self.now)
        self.school.notice(self.school.books, self.now)

    # Saves

    @rule(data=st.data(), text=TEXTS, stale=STALE, by=ANYBODY)
    def somebody_saves_a_mark(self, data: st.DataObject, text: str, stale: int, by: str) -> None:
        cell = data.draw(st.sampled_from(self.portal.cells), label="cell")
        by = by or self.portal.teacher(cell)
        version = max(0, self.school.version(cell) - stale)
        saved = self._save(cell, text, version, by)
        name = self.portal.class_of(cell)
        self._saved_in(name)
        allowed = (
            by in TEACHERS[name]
            and self.school.year_open
            and self.school.is_open(self.portal.book(cell), self.now)
            and self.school.changes(cell, text, version)
            and text != BAD_VALUE
        )
        assert saved == allowed
        if saved:
            self.school.write(cell, text, by, "page")

    def _save(self, cell: Cell, text: str, version: int, by: str) -> bool:
        outcome = save_marks(
            course=self.cast.maths[self.portal.class_of(cell)],
            edits=[Edit(*cell, text, version)],
            by=self.portal.person(by),
            origin="page",
        )
        return bool(outcome.saved)

    # The year

    def _close(self, by: str) -> None:
        waived = {pupil.pk: "chưa xét" for pupil in undecided_pupils(self.cast.year)}
        number = f"{self.portal.decisions() + 1}/QĐ"
        closed = attempt(
            year_closing.close_year,
            year=self.cast.year,
            number=number,
            dated=MORNING.date(),
            waived=waived,
            by=self.portal.person(by),
        )
        if closed:
            assert by in ORDERERS and self.school.year_open
            assert not self.school.waiting_orders()
            assert not any(self.school.is_open(book, self.now) for book in self.school.books)
            self.school.year_open = False

    def _reopen(self, by: str) -> None:
        about = {"year": self.cast.year, "reason": "còn sửa", "by": self.portal.person(by)}
        if attempt(year_closing.reopen_year, **about):
            assert by in ORDERERS
            self.school.year_open = True

    # What holds always

    @invariant()
    def books_are_open_as_ordered_and_no_others(self) -> None:
        for book, window in self.portal.windows().items():
            believed_open = self.school.is_open(book, self.now)
            hours = window.closes_at, sorted(self.school.hours(book))
            assert window.is_open_at(self.now) == believed_open, (book, self.now, hours)
            if window.is_open:
                order = window.order
                assert order and order.opens and order.giver.username in ORDERERS
                assert order.executed_automatically or order.executed_by not in (None, order.ordered_by)

    @invariant()
    def what_is_closed_is_not_closed_again(self) -> None:
        assert not self.portal.closed_twice()

    @invariant()
    def orders_stand_as_they_were_given_and_none_is_missing(self) -> None:
        found = self.portal.orders()
        assert sorted(found) == [order.number for order in self.school.orders]
        for order in self.school.orders:
            row = found[order.number]
            people = [person.username if person else "" for person in (row.proposed_by, row.ordered_by)]
            assert people == [order.proposed_by, order.ordered_by]
            by = row.executed_by.username if row.executed_by else ""
            assert ("schedule" if row.executed_automatically else by) == order.executed_by
            assert (row.withdrawn_at is not None) == (order.state == "withdrawn")
            assert (row.declined_at is not None) == (order.state == "declined")

    @invariant()
    def every_value_has_its_whole_history(self) -> None:
        assert self.portal.marks() == self.school.cells

    @invariant()
    def the_year_is_open_or_closed_by_decision(self) -> None:
        assert self.portal.year_is_open() == self.school.year_open

    # Words of the rules

    def _done(self, act: Any, order: Order, by: str, **about: str) -> bool:
        row = LockOrder.objects.get(number=order.number)
        return attempt(act, order=row, by=self.portal.person(by), **about) is not None

    def _saved_in(self, name: str) -> None:
        """A save looks at every book of its course."""
        self.school.notice(
            [book for book in self.school.books if (book[0], book[3]) == (name, MATHS)], self.now
        )

    def _after(self, hours: int | None, start: datetime | None = None) -> datetime | None:
        return None if hours is None else (start or self.now) + timedelta(hours=hours)

    def _scope(self, scope: str) -> dict[str, Any]:
        kind, _, name = scope.partition(" ")
        terms: dict[str, dict[str, Any]] = {
            "school": {},
            "grade": {"grade": 6},
            "class": {"school_class": self.cast.classes.get(name)},
            "subject": {"subject": self.cast.maths["6A"].subject},
            "course": {"course": self.cast.maths.get(name)},
        }
        return terms[kind]

    def _books(self, *, period: str, scope: str, kind: str) -> frozenset[Book]:
        of, _, name = scope.partition(" ")
        subjects = {MATHS} if of in ("subject", "course") else {book[3] for book in self.school.books}
        return frozenset(
            book
            for book in self.school.books
            if book[1] == period and kind in ("", book[2]) and name in ("", book[0]) and book[3] in subjects
        )
