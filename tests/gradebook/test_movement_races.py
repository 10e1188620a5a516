"""Movements at the same moment as others' work, on real connections."""

from threading import Event
from time import sleep

import pytest
from django.db import transaction
from django.utils import timezone

from gradebook.actions.classes import add_classes, withdraw_class
from gradebook.actions.marks import Edit, Outcome, save_marks
from gradebook.models import Enrolment, Mark, Movement, Student, Window
from tests.cast import build
from tests.gradebook.moving import back, change, come, enter, go, marks, paper, regular
from tests.races import at_once, errors

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_movements_of_one_pupil_one_counts_and_the_other_is_told(attempt):
    cast = build()
    pupil = cast.pupils["6A"][0]

    results = at_once(lambda: go(cast, pupil), lambda: change(cast, pupil))

    assert errors(results) == ["NotMoved('not-on-roll')"]
    assert Movement.objects.count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_a_mark_goes_along_or_is_refused_never_left_behind(attempt):
    cast = build()
    pupil, column = cast.pupils["6A"][0], regular(cast, "6A", 1)
    edit = Edit(pupil.pk, column.pk, "8", 0)

    outcome, movement = at_once(
        lambda: save_marks(course=cast.maths["6A"], edits=[edit], by=cast.toan, origin="page"),
        lambda: change(cast, pupil),
    )

    assert isinstance(outcome, Outcome), outcome
    assert marks(movement.place) == ({1: "8"} if outcome.saved else {})
    assert Mark.objects.count() == 2 * len(outcome.saved)


def test_two_pupils_who_change_places_wait_in_no_circle():
    cast = build()
    enter(cast, cast.pupils["6A"][0], 1, "8")

    results = at_once(
        lambda: change(cast, cast.pupils["6A"][0], "6B"), lambda: change(cast, cast.pupils["6B"][0], "6A")
    )

    assert errors(results) == []
    assert sorted(Enrolment.objects.filter(number=6).values_list("school_class__name", flat=True)) == [
        "6A",
        "6B",
    ]


def test_ordering_a_lock_meanwhile_waits_in_no_circle():
    cast = build()

    results = at_once(
        lambda: change(cast, cast.pupils["6A"][0]),
        lambda: cast.execute("lock", school_class=cast.classes["6A"]),
        lambda: go(cast, cast.pupils["6B"][1], paper=paper(number="55/QĐ-THCS")),
    )

    assert errors(results) == []


def test_nobody_drops_out_of_a_year_that_is_being_closed():
    """The closing holds the books and commits while the dropout waits for them."""
    cast, holds_books = build(), Event()
    year = cast.year

    @transaction.atomic
    def closing():
        list(Window.objects.select_for_update())
        holds_books.set()
        sleep(0.5)  # the dropout is waiting inside the database by then, where nothing can be asked
        year.status, year.closed_by, year.closed_at = "closed", cast.hanh, timezone.now()
        year.save_by(cast.hanh)

    def leaving():
        holds_books.wait(10)
        return go(cast, cast.pupils["6A"][0], "dropped_out", paper=paper(number=""))

    assert errors(at_once(closing, leaving)) == ["YearClosed()"]


@pytest.mark.parametrize("attempt", range(3))
def test_one_child_received_twice_at_once_is_one_child(attempt):
    cast = build()
    before = Student.objects.count()

    results = at_once(lambda: come(cast), lambda: come(cast, to="6B"))

    assert errors(results) == ["KnownAlready(1)"]
    assert Student.objects.count() == before + 1


@pytest.mark.parametrize("attempt", range(3))
def test_a_class_withdrawn_while_a_pupil_comes_back_to_it_keeps_the_pupil_or_refuses_them(attempt):
    cast = build()
    pupil = cast.pupils["6A"][0]
    cast.classes["6C"] = add_classes(year=cast.year, names=["6C"], by=cast.khoa)[0]
    go(cast, pupil)

    results = at_once(
        lambda: withdraw_class(school_class=cast.classes["6C"], by=cast.khoa), lambda: back(cast, pupil, "6C")
    )

    assert errors(results) in (["ClassInUse()"], ["NotMoved('class-withdrawn')"])
