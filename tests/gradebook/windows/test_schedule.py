"""Books open and lock by themselves at the ordered hour, and a save trusts no worker to have done it."""

import pytest

from accounts.models import AuditEvent, Seal
from gradebook.actions.lapses import close_lapsed
from gradebook.actions.schedule import carry_out_due
from gradebook.actions.windows import (
    AlreadyExecuted,
    NotDue,
    NotOrdered,
    execute_lock_order,
    withdraw_lock_order,
)
from gradebook.models import Window
from schoolrecords.celery import app
from tests.cast import signed_in
from tests.gradebook.windows.books import enter, is_open, ordered
from tests.gradebook.windows.clock import DAY, HOUR


@pytest.mark.duty("S0-19", "S3-51")
def test_a_scheduled_lock_counts_at_its_hour_although_no_worker_runs(cast, client, clock):
    ordered(cast, effective_at=clock.after(DAY))
    assert enter(cast, "7") == []

    clock.move(DAY)

    assert enter(cast, "9") == ["locked"]
    page = signed_in(client, cast.toan).get(f"/courses/{cast.maths['6A'].pk}/semester-1/").content.decode()
    assert "cell-input" not in page


def test_the_schedule_executes_in_nobody_s_name_and_says_so(cast, clock):
    order = ordered(cast, effective_at=clock.after(DAY))
    clock.move(DAY)

    carry_out_due(clock.moment)

    order.refresh_from_db()
    assert (order.executed_by, order.executed_automatically) == (None, True)
    event = AuditEvent.objects.get(verb="gradebook.lock.executed", target_id=order.pk)
    assert (event.actor_name, event.particulars["automatic"]) == ("", True)
    version = Window.history.filter(course=cast.maths["6A"], is_open=False).latest("history_id")
    assert version.history_origin == f"schedule {order.number}"


def test_what_the_schedule_did_is_not_done_again(cast, clock):
    order = ordered(cast, effective_at=clock.after(DAY))
    clock.move(DAY)
    assert carry_out_due(clock.moment) > 0

    assert carry_out_due(clock.moment) == 0
    with pytest.raises(AlreadyExecuted):
        execute_lock_order(order=order, by=cast.khoa)


def test_an_opening_whose_hour_has_come_stays_closed_until_it_is_carried_out(cast, clock):
    ordered(cast, "open", "CK1", effective_at=clock.after(DAY))
    clock.move(DAY + HOUR)
    assert not is_open(cast, period="CK1")

    carry_out_due(clock.moment)

    assert is_open(cast, period="CK1")


def test_nobody_carries_an_order_out_before_its_hour(cast, clock):
    order = ordered(cast, effective_at=clock.after(DAY))

    for person in (cast.khoa, None):
        with pytest.raises(NotDue):
            execute_lock_order(order=order, by=person)
    carry_out_due(clock.moment)
    assert is_open(cast)


def test_the_schedule_leaves_an_order_without_an_hour_to_the_administrator(cast):
    order = ordered(cast)

    with pytest.raises(NotDue):
        execute_lock_order(order=order, by=None)


@pytest.mark.parametrize("worker", ["runs", "sleeps"])
def test_a_clock_set_back_opens_nothing_that_was_locked(cast, clock, worker):
    ordered(cast, effective_at=clock.after(DAY))
    clock.move(DAY)
    if worker == "runs":
        carry_out_due(clock.moment)
    assert enter(cast) == ["locked"]

    clock.move(-3 * DAY)
    carry_out_due(clock.moment)

    assert enter(cast) == ["locked"]
    assert not is_open(cast)


def test_a_scheduled_lock_that_was_withdrawn_closes_nothing(cast, clock):
    order = ordered(cast, effective_at=clock.after(DAY))
    withdraw_lock_order(order=order, by=cast.hanh)
    clock.move(2 * DAY)
    carry_out_due(clock.moment)

    assert enter(cast) == []


def test_an_extension_for_one_course_outlasts_the_lock_of_the_school_and_ends_by_itself(cast, clock):
    ordered(cast, effective_at=clock.after(DAY))
    extension = ordered(cast, "open", course=cast.maths["6A"], until=clock.after(3 * DAY))
    execute_lock_order(order=extension, by=cast.khoa)

    clock.move(2 * DAY)
    carry_out_due(clock.moment)
    assert (is_open(cast, "6A"), is_open(cast, "6B")) == (True, False)
    assert enter(cast) == []

    clock.move(DAY)
    assert enter(cast, "9") == ["locked"]


def test_a_course_opened_again_is_locked_again_by_the_schedule(cast, clock):
    cast.execute("lock")
    again = ordered(cast, "open", course=cast.maths["6A"], until=clock.after(HOUR))
    execute_lock_order(order=again, by=cast.khoa)
    clock.move(HOUR)

    carry_out_due(clock.moment)

    assert not Window.objects.filter(is_open=True).exists()
    event = AuditEvent.objects.get(verb="gradebook.lock.lapsed")
    assert (event.target_id, event.actor_name) == (again.pk, "")


def test_a_book_opened_after_a_lock_was_scheduled_closes_with_the_others(cast, clock):
    cast.execute("lock", school_class=cast.classes["6A"])
    ordered(cast, effective_at=clock.after(DAY))
    cast.execute("open", school_class=cast.classes["6A"])
    assert is_open(cast)

    clock.move(DAY)

    assert enter(cast) == ["locked"]


def test_two_orders_for_the_same_books_at_the_same_hour_are_refused(cast, clock):
    ordered(cast, effective_at=clock.after(DAY))
    ordered(cast, effective_at=clock.after(2 * DAY))

    with pytest.raises(NotOrdered) as refused:
        ordered(cast, "open", effective_at=clock.after(DAY), school_class=cast.classes["6A"])

    assert refused.value.code == "waiting"


@pytest.mark.parametrize("moment", ["effective_at", "until"])
def test_an_hour_that_is_over_cannot_be_ordered(cast, clock, moment):
    with pytest.raises(NotOrdered) as refused:
        ordered(cast, "open", "CK1", **{moment: clock.after(-HOUR)})

    assert refused.value.code == "past"


def test_the_scheduler_knows_the_tasks_that_it_is_to_start(settings):
    app.loader.import_default_modules()

    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_who_withdraws_a_lock_after_its_hour_does_not_open_the_books_again(cast, clock):
    """It takes an order to open them, and somebody else to execute it; that no worker ran is nobody's order."""
    order = ordered(cast, effective_at=clock.after(DAY))
    clock.move(DAY + HOUR)
    assert not is_open(cast)

    withdraw_lock_order(order=order, by=cast.hanh)

    assert not is_open(cast)
    assert enter(cast) == ["locked"]


def test_a_clock_set_back_does_not_make_a_later_lock_the_earlier_word(cast, clock):
    extension = ordered(cast, "open", until=clock.after(3 * DAY))
    execute_lock_order(order=extension, by=cast.khoa)
    clock.move(-HOUR)

    execute_lock_order(order=ordered(cast), by=cast.khoa)

    assert not is_open(cast)


@pytest.mark.parametrize("finder", ["save", "schedule", "withdrawal"])
def test_a_book_that_closed_by_itself_is_sealed_by_whoever_finds_it(
    cast, clock, finder, django_capture_on_commit_callbacks
):
    lock = ordered(cast, effective_at=clock.after(DAY))
    clock.move(DAY)
    before = Seal.objects.count()
    find = {
        "save": lambda: enter(cast),
        "schedule": lambda: close_lapsed(clock.moment),
        "withdrawal": lambda: withdraw_lock_order(order=lock, by=cast.hanh),
    }

    with django_capture_on_commit_callbacks(execute=True):
        find[finder]()

    made = Seal.objects.get(number=before + 1)
    opening = Window.objects.filter(course=cast.maths["6A"], period=cast.periods["GK1"]).first().order
    assert (made.reason, made.said["reference"]) == (Seal.Reason.LOCK_ORDER, str(opening.number))
    closed = Window.history.filter(is_open=False).latest("history_id")
    assert made.said["tables"]["gradebook_historicalwindow"]["spans"][-1][1] >= closed.history_id


@pytest.mark.parametrize(("lifts_end", "open_until"), [(False, DAY), (True, None)])
def test_an_opening_without_an_end_says_what_becomes_of_the_former_end(cast, clock, lifts_end, open_until):
    """For a book that is open until an hour and one that is locked, by one order."""
    first = ordered(cast, "open", until=clock.after(DAY), school_class=cast.classes["6A"])
    execute_lock_order(order=first, by=cast.khoa)
    cast.execute("lock", school_class=cast.classes["6B"])

    execute_lock_order(order=ordered(cast, "open", lifts_end=lifts_end), by=cast.khoa)

    clock.move(DAY)
    carry_out_due(clock.moment)
    assert is_open(cast, "6A") is (open_until is None)
    assert is_open(cast, "6B")


def test_an_end_that_was_taken_away_is_gone_for_the_locks_planned_before_and_not_for_later_ones(cast, clock):
    ordered(cast, effective_at=clock.after(DAY))
    execute_lock_order(order=ordered(cast, "open", lifts_end=True), by=cast.khoa)
    ordered(cast, effective_at=clock.after(2 * DAY))

    clock.move(DAY + HOUR)
    carry_out_due(clock.moment)
    assert is_open(cast) and enter(cast) == []

    clock.move(DAY)
    assert enter(cast, "9") == ["locked"]


def test_taking_away_an_end_where_there_is_none_changes_nothing_and_is_refused(cast):
    with pytest.raises(NotOrdered) as refused:
        ordered(cast, "open", lifts_end=True)

    assert refused.value.code == "no-change"
