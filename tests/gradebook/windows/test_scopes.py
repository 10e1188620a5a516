"""What an order is about: a kind of mark, a grade, a class, a subject or one course."""

import pytest
from django.db import IntegrityError, transaction

from gradebook.actions.windows import NotOrdered, execute_lock_order
from gradebook.models import LockOrder
from tests.gradebook.windows.books import enter, is_open, ordered


@pytest.mark.duty("S0-19", "S3-50")
def test_the_term_tests_have_their_own_frame(cast):
    cast.execute("lock")
    order = ordered(cast, "open", kind="test")
    execute_lock_order(order=order, by=cast.khoa)

    assert enter(cast, kind="midterm") == []
    assert enter(cast, kind="regular") == ["locked"]
    assert not is_open(cast, kind="regular")


def test_locking_the_regular_marks_leaves_the_tests_open(cast):
    execute_lock_order(order=ordered(cast, kind="regular"), by=cast.khoa)

    assert enter(cast, kind="regular") == ["locked"]
    assert enter(cast, kind="midterm") == []


@pytest.mark.parametrize(
    ("scope", "locked"),
    [
        (lambda cast: {"grade": 6}, ["6A", "6B"]),
        (lambda cast: {"subject": cast.maths["6A"].subject}, ["6A", "6B"]),
        (lambda cast: {"school_class": cast.classes["6B"]}, ["6B"]),
        (lambda cast: {"course": cast.maths["6A"]}, ["6A"]),
        (lambda cast: {}, ["6A", "6B"]),
    ],
)
def test_an_order_locks_what_it_is_about(cast, scope, locked):
    execute_lock_order(order=ordered(cast, **scope(cast)), by=cast.khoa)

    assert [name for name in ("6A", "6B") if not is_open(cast, name)] == locked


def test_an_order_about_no_book_at_all_is_refused(cast):
    with pytest.raises(NotOrdered) as refused:
        ordered(cast, grade=12)

    assert refused.value.code == "no-books"


def test_an_order_has_one_scope(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        ordered(cast, school_class=cast.classes["6A"], subject=cast.maths["6A"].subject)


def test_orders_for_other_kinds_of_mark_do_not_wait_for_each_other(cast):
    ordered(cast, kind="regular")
    ordered(cast, kind="test")

    assert LockOrder.objects.waiting().count() == 2
