"""Requests beside the orders and the saves: each step by whoever comes, in any order, while books open and lock."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from corrections import actions
from corrections.models import CorrectionRequest, Presence
from gradebook.actions.marks import Edit
from tests.corrections.states.machine import ANY, ANYBODY, BAD_VALUE, STALE, TEXTS, Books, other_than
from tests.corrections.states.model import Cell, Order, Request
from tests.corrections.states.portal import (
    DECIDERS,
    ENDORSERS,
    EVERYBODY,
    EXECUTORS,
    LEADERS,
    TEACHERS,
    attempt,
    chain,
)

NEXT = {
    "waiting_for_endorsement": "endorse",
    "waiting_for_answer": "answer",
    "waiting_for_decision": "approve",
}
STEPS = (
    *("endorse", "not_endorse", "ask_back", "answer", "take_back"),
    *("approve", "refuse", "be_present", "carry_out"),
)
STEP = st.sampled_from([*["next"] * 12, *STEPS])
FOR_IT = st.sampled_from([*[""] * 16, *["requester"] * 4, *EVERYBODY])
"""Mostly whose turn it is; else who asked, who would gain most, or whoever."""


class Dossiers(Books):
    """All of it."""

    @initialize(
        asks_endorsement=st.booleans(),
        decider=st.sampled_from(["principal", "leader"]),
        witnesses=st.sampled_from(["none", "none", "three", "supervised"]),
    )
    def the_school_has_its_policy(self, asks_endorsement: bool, decider: str, witnesses: str) -> None:
        self.asks_endorsement, self.witnesses = asks_endorsement, witnesses
        chain(
            self.cast,
            correction_endorsement=asks_endorsement,
            correction_decider=decider,
            correction_witnesses=witnesses,
        )
        for cell in self.portal.cells:
            if self.school.is_open(self.portal.book(cell), self.now):
                self._save(cell, "8", 0, self.portal.teacher(cell))
                self.school.write(cell, "8", self.portal.teacher(cell), "page")
        self.cast.execute("lock")
        order = Order(2, "lock", self.school.orders[0].books)
        self.school.orders.append(order)
        self.school.say(order, "hanh")
        self.school.carry_out(order, "khoa", self.now)
        self._submit({self.portal.cells[0]: ("9", 1)}, "toan")

    @rule(data=st.data(), text=TEXTS, stale=STALE, both=st.booleans(), by=ANYBODY)
    def somebody_submits_a_request(
        self, data: st.DataObject, text: str, stale: int, both: bool, by: str
    ) -> None:
        cell = data.draw(st.sampled_from(self.portal.cells), label="cell")
        by = by or self.portal.teacher(cell)
        beside = [other for other in self.portal.cells if other[1] == cell[1]]
        self._submit({each: (text, self._seen(each, stale)) for each in (beside if both else [cell])}, by)

    def _submit(self, wanted: dict[Cell, tuple[str, int]], by: str) -> None:
        cell = next(iter(wanted))
        submitted = attempt(
            actions.submit,
            course=self.cast.maths[self.portal.class_of(cell)],
            edits=[Edit(*each, *asked) for each, asked in wanted.items()],
            kind="entry_error",
            reason="nhập nhầm",
            by=self.portal.person(by),
        )
        accepted = by in TEACHERS[self.portal.class_of(cell)] and self._can_be_asked(wanted)
        assert (submitted is not None) == accepted
        if submitted:
            number = len(self.school.requests) + 1
            assert submitted.number == number
            self.school.requests.append(Request(number, wanted, by, self.asks_endorsement, self.witnesses))

    def _seen(self, cell: Cell, stale: int) -> int:
        return max(0, self.school.version(cell) - stale)

    def _can_be_asked(self, wanted: dict[Cell, tuple[str, int]]) -> bool:
        school = self.school
        return school.year_open and not any(
            text == BAD_VALUE
            or not school.changes(cell, text, version)
            or school.pending(cell)
            or school.is_open(self.portal.book(cell), self.now)
            for cell, (text, version) in wanted.items()
        )

    @precondition(lambda self: self.school.requests)
    @rule(steps=st.lists(st.tuples(STEP, FOR_IT), min_size=1, max_size=5), waits=ANY, which=st.integers(0, 2))
    def people_go_on_with_a_request(self, steps: list[tuple[str, str]], waits: bool, which: int) -> None:
        waiting = [request for request in self.school.requests if request.is_under_way]
        among = waiting if waiting and waits else self.school.requests
        request = among[which % len(among)]
        for name, who in steps:
            by = request.requester if who == "requester" else who
            step, about = self._next(request) if name == "next" else (name, {})
            getattr(self, f"_{step}")(request, by, **about)
            self.requests_stand_as_they_went_and_none_is_missing()
            self.every_value_has_its_whole_history()
        if not request.is_under_way and not request.was_tried:
            self._nothing_more_is_done(request)

    def _nothing_more_is_done(self, request: Request) -> None:
        """What is over stays over, whoever's turn it would be: each step says by itself when it may be taken."""
        request.was_tried = True
        for step in (
            self._endorse,
            self._ask_back,
            self._take_back,
            self._approve,
            self._refuse,
            self._carry_out,
        ):
            step(request, "")

    def _next(self, request: Request) -> tuple[str, dict[str, str]]:
        missing = [part for part in self._witnesses(request) if not request.stands(part, self.now)]
        if request.status == "waiting_for_execution" and missing:
            self._carry_out(request, "")  # too early
            return "be_present", {"part": missing[0]}
        return NEXT.get(request.status, "carry_out"), {}

    def _endorse(self, request: Request, by: str, confirmed: bool = True) -> None:
        by = by or ("dung" if request.requester in ("toan", "khoa") else "vinh")
        verb = actions.endorse if confirmed else actions.decline
        if self._step(verb, request, by, note="đã xem"):
            assert by in ENDORSERS and request.status == "waiting_for_endorsement"
            request.endorser, request.confirmed = by, confirmed

    def _not_endorse(self, request: Request, by: str) -> None:
        self._endorse(request, by, confirmed=False)

    def _ask_back(self, request: Request, by: str) -> None:
        by = by or other_than(request.requester)
        if self._step(actions.ask_back, request, by, text="Bài đâu?"):
            assert by in DECIDERS | ENDORSERS
            assert request.status in ("waiting_for_decision", "waiting_for_endorsement")
            request.asked = True

    def _answer(self, request: Request, by: str) -> None:
        by = by or request.requester
        if self._step(actions.answer, request, by, text="Đây ạ"):
            assert by == request.requester and request.status == "waiting_for_answer"
            request.asked = False

    def _take_back(self, request: Request, by: str) -> None:
        by = by or request.requester
        if self._step(actions.withdraw, request, by):
            assert by == request.requester and request.is_under_way
            request.withdrawn = True

    def _approve(self, request: Request, by: str) -> None:
        by = by or other_than(request.requester)
        if self._step(actions.approve, request, by):
            assert by in DECIDERS and request.status == "waiting_for_decision" and self.school.year_open
            assert not (by == "toan" and request.requester == "hanh"), "her power judges her own request"
            request.decider, request.approved = by, True

    def _refuse(self, request: Request, by: str) -> None:
        by = by or other_than(request.requester)
        if self._step(actions.refuse, request, by, note="thiếu bài"):
            assert by in DECIDERS and request.is_under_way and not request.decider
            request.decider = by

    def _be_present(self, request: Request, by: str, part: str = "leader") -> None:
        by = by or (request.requester if part == "requester" else "vinh")
        if self._step(actions.confirm_presence, request, by, part=part, way=Presence.Way.SESSION):
            assert request.status == "waiting_for_execution"
            assert (by == request.requester) == (part == "requester")
            assert part == "requester" or by in LEADERS | {request.decider}
            if not request.stands(part, self.now):
                request.present[part] = by, self.now
            assert request.present[part][0] == by

    def _carry_out(self, request: Request, by: str) -> None:
        by = by or other_than(request.decider)
        if self._step(actions.execute, request, by):
            assert by in EXECUTORS and request.status == "waiting_for_execution" and self.school.year_open
            assert all(request.stands(part, self.now) for part in self._witnesses(request))
            self.school.amend(request, by)
            if request.applied:
                self._saved_in(self.portal.class_of(next(iter(request.cells))))

    def _witnesses(self, request: Request) -> list[str]:
        return {"three": ["leader", "requester"], "supervised": ["leader"]}.get(request.witnesses, [])

    # What holds always

    @invariant()
    def requests_stand_as_they_went_and_none_is_missing(self) -> None:
        found = self.portal.requests()
        assert sorted(found) == [request.number for request in self.school.requests]
        for request in self.school.requests:
            assert found[request.number].status == request.status, request.number

    @invariant()
    def a_cell_has_one_open_request_at_most(self) -> None:
        under_way = [cell for each in self.school.requests if each.is_under_way for cell in each.cells]
        assert len(set(under_way)) == len(under_way)
        assert sorted(self.portal.open_lines()) == sorted(under_way)

    @invariant()
    def nobody_plays_two_parts(self) -> None:
        for request in self.school.requests:
            assert len(set(request.parts)) == len(request.parts), request.number

    @invariant()
    def papers_are_numbered_without_gaps(self) -> None:
        for numbers in self.portal.papers().values():
            assert numbers == list(range(1, len(numbers) + 1))

    # Words of the rules

    def _step(self, verb: Any, request: Request, by: str, **about: Any) -> bool:
        row = CorrectionRequest.objects.get(number=request.number)
        return attempt(verb, correction=row, by=self.portal.person(by), **about) is not None
