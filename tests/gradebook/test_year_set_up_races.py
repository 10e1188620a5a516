"""Two people who set up a year at the same moment, on real connections: one is told, nobody gets a broken page."""

from datetime import date
from threading import Event
from time import sleep

import pytest
from django.db import transaction

from accounts.models import User
from gradebook.actions.classes import add_classes, withdraw_class
from gradebook.actions.courses import Shape, shape_courses
from gradebook.actions.curriculum import Choice, choose_subjects
from gradebook.actions.school import open_year
from gradebook.models import SchoolYear, Subject
from gradebook.years import hold_open, hold_windows
from tests.cast import build
from tests.races import at_once, errors

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def open_next(by: User) -> SchoolYear:
    return open_year(
        name="2027-2028",
        starts_on=date(2027, 9, 6),
        second_semester_on=date(2028, 1, 17),
        ends_on=date(2028, 5, 31),
        by=by,
    )


@pytest.mark.parametrize("attempt", range(3))
def test_a_year_opened_twice_at_once_is_one_year(attempt):
    cast = build()

    results = at_once(lambda: open_next(cast.hanh), lambda: open_next(cast.khoa))

    assert errors(results) == ["BadDates({'starts_on': 'overlap'})"]
    assert SchoolYear.objects.filter(name="2027-2028").count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_classes_and_their_subjects_opened_twice_at_once_are_there_once(attempt):
    cast = build()
    choices = {cast.classes["6A"]: Choice(), cast.classes["6B"]: Choice()}

    added = at_once(*[lambda: add_classes(year=cast.year, names=["7A"], by=cast.khoa)] * 2)
    chosen = at_once(*[lambda: choose_subjects(choices=choices, by=cast.khoa)] * 2)

    assert errors(added) == ["NameTaken('7A')"]
    assert errors(chosen) == []
    assert cast.classes["6B"].courses.of_subjects().count() == 12
    assert Subject.objects.filter(code="ngu-van").count() == 1


@pytest.mark.parametrize(
    "set_up",
    [
        lambda cast: shape_courses(courses=[cast.maths["6A"]], shape=Shape(70), by=cast.khoa),
        lambda cast: choose_subjects(choices={cast.classes["6A"]: Choice()}, by=cast.khoa),
        lambda cast: withdraw_class(
            school_class=add_classes(year=cast.year, names=["8A"], by=cast.khoa)[0], by=cast.khoa
        ),
    ],
)
def test_setting_up_and_whoever_holds_the_books_wait_in_no_circle(set_up):
    """As a decision or a closing does: the books, and then the year."""
    cast, holds_books = build(), Event()

    @transaction.atomic
    def deciding():
        hold_windows(course__school_class__year=cast.year)
        holds_books.set()
        sleep(0.5)  # the other is waiting inside the database by then, where nothing can be asked
        hold_open(cast.year.pk)

    def setting_up():
        holds_books.wait(10)
        set_up(cast)

    assert errors(at_once(deciding, setting_up)) == []
