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


def one_after_the_other(first, second):
    """The second comes when the first is done but not committed: it waits inside the database."""
    done = Event()

    @transaction.atomic
    def hold():
        first()
        done.set()
        sleep(0.5)  # nothing can be asked of somebody who waits in there

    def follow():
        done.wait(10)
        return second()

    return errors(at_once(hold, follow))


def test_no_remark_slips_past_a_lock_that_is_confirmed():
    cast = build()
    cast.execute("open", "CK1")
    order = order_lock(period=cast.periods["CK1"], act="lock", reason="hết hạn", by=cast.hanh)

    told = one_after_the_other(lambda: execute_lock_order(order=order, by=cast.khoa), lambda: say(cast))

    assert told == ["NotWritten('locked')"]
    assert not Remark.objects.exists()


def test_of_two_changes_at_once_one_wins_and_the_other_is_told():
    cast = build()
    [written] = say(cast)

    def change(text):
        return change_remark(remark=written, words=Words("praise", text), seen=1, by=cast.toan)

    told = one_after_the_other(lambda: change("Một"), lambda: change("Hai"))

    assert told == ["ChangedMeanwhile(2)"]
    assert Remark.objects.get().text == "Một"


def test_the_same_remark_sent_twice_at_once_is_written_once():
    cast = build()

    assert one_after_the_other(lambda: say(cast), lambda: say(cast)) == []
    assert Remark.objects.count() == 1
