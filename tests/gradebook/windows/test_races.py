"""Locking, saving, executing and closing at the same moment, on real connections."""

import threading

import pytest
from django.db import connections, transaction
from django.utils import timezone

from gradebook.actions.lapses import close_lapsed
from gradebook.actions.windows import AlreadyExecuted, execute_lock_order
from gradebook.models import LockOrder, Mark, SchoolYear, Window
from gradebook.years import YearClosed, hold, hold_windows
from tests.cast import Cast, build
from tests.gradebook.windows.books import enter, ordered
from tests.gradebook.windows.clock import HOUR
from tests.races import at_once, errors

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def unlocked(monkeypatch):
    """Without the row locks, to show that the races are real ones."""
    for model in (Window, LockOrder):
        rows = model.objects.all
        monkeypatch.setattr(model.objects, "select_for_update", lambda *, rows=rows, **_: rows())


def during(first, second):
    """What the second gives while the first is done but not yet committed."""
    done, over = threading.Event(), threading.Event()

    def run() -> None:
        with transaction.atomic():
            first()
            done.set()
            over.wait(timeout=1)
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    done.wait(timeout=5)
    try:
        return second()
    finally:
        over.set()
        thread.join()


def lock_and_save(cast: Cast) -> list[str]:
    order = ordered(cast)
    return during(lambda: execute_lock_order(order=order, by=cast.khoa), lambda: enter(cast))


def test_a_save_that_races_a_lock_loses():
    assert lock_and_save(build()) == ["locked"]
    assert not Mark.objects.exists()


def test_without_the_row_lock_the_same_race_is_won_by_the_save(unlocked):
    assert lock_and_save(build()) == []


def relock_and_save(cast: Cast) -> list[str]:
    """The schedule's clock is at the hour, that of the teacher's process a little before it."""
    hour = timezone.now() + HOUR
    execute_lock_order(order=ordered(cast, "open", until=hour), by=cast.khoa)
    return during(lambda: close_lapsed(hour), lambda: enter(cast))


def test_a_save_that_races_the_automatic_lock_loses():
    assert relock_and_save(build()) == ["locked"]


def test_without_the_row_lock_the_automatic_lock_is_overtaken(unlocked):
    assert relock_and_save(build()) == []


def execute_twice(cast: Cast):
    order = ordered(cast)

    def act():
        return execute_lock_order(order=order, by=cast.khoa)

    return during(act, act)


def test_of_two_executions_one_counts_and_the_other_is_told():
    with pytest.raises(AlreadyExecuted):
        execute_twice(build())


def test_without_the_order_s_lock_it_is_executed_twice(unlocked):
    assert execute_twice(build()) > 0


def close_and_execute(cast: Cast) -> int:
    order = ordered(cast)

    def close() -> None:
        hold_windows(course__school_class__year=cast.year)
        year = hold(cast.year.pk)
        year.status, year.closed_by, year.closed_at = SchoolYear.Status.CLOSED, cast.hanh, timezone.now()
        year.save_by(cast.hanh)

    return during(close, lambda: execute_lock_order(order=order, by=cast.khoa))


def test_no_order_is_executed_in_a_year_that_closes_meanwhile():
    with pytest.raises(YearClosed):
        close_and_execute(build())


def test_without_the_row_lock_it_is_executed_in_the_closed_year(unlocked):
    assert close_and_execute(build()) > 0


def test_orders_at_once_take_different_numbers():
    cast = build()

    results = at_once(lambda: ordered(cast, kind="regular"), lambda: ordered(cast, kind="test"))

    assert errors(results) == []
    assert len({order.number for order in results}) == 2
