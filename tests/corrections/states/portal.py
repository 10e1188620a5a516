"""The portal as the machine finds it: who is there, which cells are played with, and what its tables say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.models import HeldRole, User
from accounts.roles import Role
from corrections.actions import (
    AlreadyDecided,
    NotAllPresent,
    NotAwaited,
    NotWaiting,
    PresenceRefused,
    TooLate,
)
from corrections.dossiers import NotAccepted
from corrections.models import CorrectionLine, CorrectionRequest, Paper
from gradebook.actions.teaching import assign_teacher
from gradebook.actions.windows import AlreadyExecuted, NotDue, NotOrdered, OwnOrder
from gradebook.actions.year_closing import NotClosed, NotReady
from gradebook.entries import entry_of
from gradebook.models import Column, Decision, LockOrder, Mark, MarkKind, SchoolYear, Window
from gradebook.years import YearClosed
from tests.cast import FIRST_DAY, Cast
from tests.corrections.chain import delegate, put_in_charge, rule
from tests.corrections.scene import Scene
from tests.corrections.states.model import Book, Cell, Order, School, Version

REFUSALS = (
    *(PermissionDenied, YearClosed, AlreadyExecuted, NotDue, NotOrdered, OwnOrder, NotReady, NotClosed),
    *(AlreadyDecided, NotAllPresent, NotAwaited, NotWaiting, PresenceRefused, TooLate, NotAccepted),
)
EVERYBODY = ("hanh", "khoa", "vinh", "dung", "toan", "lan", "cuc")
"""Hạnh and Khoa each hold every office and teach; Dũng heads Toàn's department; Toàn has a delegation of Hạnh's."""
TEACHERS = {"6A": {"hanh", "khoa", "toan", "dung"}, "6B": {"lan"}}
ORDERERS = EXECUTORS = {"hanh", "khoa"}
DECIDERS = {"hanh", "khoa", "vinh", "toan"}
ENDORSERS = {"dung", "vinh"}
MATHS = "toan"
LEADERS = {"hanh", "khoa", "vinh"}


def crowd(cast: Cast) -> Cast:
    """Offices are heaped on people: only the person is left to keep the parts apart."""
    for name, other, roles in (
        ("hanh", cast.khoa, (Role.ADMINISTRATOR, Role.SUBJECT_TEACHER)),
        ("khoa", cast.hanh, (Role.PRINCIPAL, Role.SUBJECT_TEACHER)),
    ):
        person = cast.people[name]
        for role in roles:
            HeldRole(user=person, role=role, since=date(2026, 8, 1)).save_by(other)
        assign_teacher(course=cast.maths["6A"], teacher=person, since=FIRST_DAY, by=other)
        del person.roles
    assign_teacher(course=cast.maths["6A"], teacher=cast.dung, since=FIRST_DAY, by=cast.hanh)
    scene = Scene(cast, cast.maths["6A"], cast.pupils["6A"][0], Column.objects.first())
    put_in_charge(scene, cast.dung, cast.toan, cast.khoa)
    delegate(scene, cast.toan)
    return cast


def chain(cast: Cast, **rules: object) -> None:
    rule(Scene(cast, cast.maths["6A"], cast.pupils["6A"][0], Column.objects.first()), **rules)


@dataclass
class Portal:
    cast: Cast

    def __post_init__(self) -> None:
        self.columns = {column.pk: column for column in self._columns()}
        of = {
            name: [pk for pk, each in self.columns.items() if self._class(each) == name] for name in TEACHERS
        }
        self.cells = [
            (self.cast.pupils[name][place].pk, column)
            for name, places in (("6A", (0, 1)), ("6B", (0,)))
            for column in of[name]
            for place in places
        ]

    def _columns(self) -> list[Column]:
        """A regular mark and both tests of the first semester in 6A, the midterm test in 6B."""
        wanted = [("6A", "regular"), ("6A", "midterm"), ("6A", "final"), ("6B", "midterm")]
        found = Column.objects.select_related("period", "course__school_class")
        return [found.filter(course=self.cast.maths[name], kind=kind).first() for name, kind in wanted]

    def _class(self, column: Column) -> str:
        return str(column.course.school_class.name)

    def person(self, name: str) -> User:
        """As each request reads them anew."""
        return User.objects.get(username=name)

    def book(self, cell: Cell) -> Book:
        column = self.columns[cell[1]]
        return self._class(column), column.period.code, MarkKind.of(column.kind), MATHS

    def class_of(self, cell: Cell) -> str:
        return self._class(self.columns[cell[1]])

    def teacher(self, cell: Cell) -> str:
        return {"6A": "toan", "6B": "lan"}[self.class_of(cell)]

    # What stands in the tables

    def windows(self) -> dict[Book, Window]:
        of = ("course__school_class__name", "period__code", "kind", "course__subject__code")
        rows = Window.objects.select_related("order__ordered_by", "order__executed_by").order_by("pk")
        return dict(zip(rows.values_list(*of), rows, strict=True))

    def closed_twice(self) -> list[int]:
        """Windows of which two versions beside each other are closed: what is closed is not closed again."""
        rows = list(Window.history.order_by("id", "history_id").values_list("id", "is_open"))
        return [pk for (pk, was_open), (of, is_open) in pairwise(rows) if pk == of and not was_open | is_open]

    def marks(self) -> dict[Cell, list[Version]]:
        """Every version of every cell, and nothing else: each has its author, its origin and its number."""
        found: dict[Cell, list[Version]] = {}
        last = {}
        for row in Mark.history.select_related("history_user").order_by("history_id"):
            cell = row.enrolment_id, row.column_id
            versions = found.setdefault(cell, [])
            assert row.history_user is not None and row.history_origin, f"{cell}: nobody's version"
            assert row.version == len(versions) + 1, f"{cell}: version {row.version} after {len(versions)}"
            origin = row.history_origin.partition("/")[0]
            versions.append(Version(entry_of(row).text, row.history_user.username, origin))
            last[cell] = row
        live = {(mark.enrolment_id, mark.column_id): mark for mark in Mark.objects.all()}
        assert live.keys() == last.keys()
        for cell, mark in live.items():
            assert (mark.version, entry_of(mark)) == (last[cell].version, entry_of(last[cell])), cell
        return found

    def open_lines(self) -> list[Cell]:
        return [line.cell for line in CorrectionLine.objects.filter(is_open=True)]

    def requests(self) -> dict[int, CorrectionRequest]:
        return {each.number: each for each in CorrectionRequest.objects.with_steps()}

    def orders(self) -> dict[int, LockOrder]:
        found = LockOrder.objects.select_related("proposed_by", "ordered_by", "executed_by")
        return {order.number: order for order in found}

    def papers(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for kind, number in Paper.objects.order_by("number").values_list("kind", "number"):
            found.setdefault(kind, []).append(number)
        return found

    def decisions(self) -> int:
        return Decision.objects.count()

    def year_is_open(self) -> bool:
        return bool(SchoolYear.objects.get(pk=self.cast.year.pk).is_open)


def attempt(action: Callable[..., Any], **about: Any) -> Any:
    """What it gave, True where that is nothing, and None when it was refused with a reason."""
    try:
        given = action(**about)
    except REFUSALS:
        return None
    return True if given is None else given


def believed(portal: Portal) -> School:
    """The school as it stands when the machine begins: the first midterm is open by an order, nothing else is."""
    books: dict[Book, Order | None] = dict.fromkeys(portal.windows())
    midterm = frozenset(book for book in books if book[1] == "GK1")
    first = Order(1, "open", midterm, ordered_by="hanh", executed_by="khoa", place=1, state="executed")
    return School(books | dict.fromkeys(midterm, first), [first])
