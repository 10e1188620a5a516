"""A remark and the lock of its book at the same moment, on real connections."""

from datetime import date
from threading import Event
from time import sleep

import pytest
from django.db import transaction

from gradebook.actions.remarks import Words, change_remark, write_remarks
from gradebook.actions.windows import execute_lock_order, order_lock
from gradebook.models import Remark
from tests.cast import build
from tests.races import at_once, errors

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
WEEK = date(2026, 11, 23)


def say(cast, text: str = "Nói chuyện riêng"):
    return write_remarks(
        course=cast.maths["6A"],
        week=WEEK,
        words=Words("remark", text),
        pupils=set(),
        whole_class=True,
        by=cast.toan,
        today=WEEK,
    )


def test_no_remark_slips_past_a_lock_that_is_confirmed():
    """The lock is executed but not committed when the remark comes: it waits, and is refused."""
    cast, locked = build(), Event()
    cast.execute("open", "CK1")
    order = order_lock(period=cast.periods["CK1"], act="lock", reason="hết hạn", by=cast.hanh)

    @transaction.atomic
    def lock():
        execute_lock_order(order=order, by=cast.khoa)
        locked.set()
        sleep(0.5)  # the remark is waiting inside the database by then, where nothing can be asked

    def write():
        locked.wait(10)
        return say(cast)

    assert errors(at_once(lock, write)) == ["NotWritten('locked')"]
    assert not Remark.objects.exists()


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_changes_at_once_one_wins_and_the_other_is_told(attempt):
    cast = build()
    [written] = say(cast)

    def change(text):
        return change_remark(remark=written, words=Words("praise", text), seen=1, by=cast.toan)

    results = at_once(lambda: change("Một"), lambda: change("Hai"))

    assert errors(results) == ["ChangedMeanwhile(2)"]
    assert Remark.objects.get().version == 2


@pytest.mark.parametrize("attempt", range(3))
def test_the_same_remark_sent_twice_at_once_is_written_once(attempt):
    cast = build()

    assert errors(at_once(lambda: say(cast), lambda: say(cast))) == []
    assert Remark.objects.count() == 1
