"""Closing a month and saving in it at the same moment, on real connections."""

import threading
from datetime import date

import pytest
from django.db import connections, transaction

from gradebook.actions.attendance_months import close_month
from gradebook.models import Absence, AttendanceMonth, Window
from tests.cast import Cast, build
from tests.gradebook.attendance.rolls import OCTOBER, again, edit, save
from tests.races import at_once, errors

A_DAY = date(2026, 10, 14)
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def close(cast: Cast):
    return close_month(
        school_class=again(cast.classes["6A"]), first_day=OCTOBER, by=cast.mai, without_call=True
    )


def race(cast: Cast) -> list[str]:
    """Save while the closing is done but not yet committed. Returns why it was refused."""
    closed, saved = threading.Event(), threading.Event()

    def shut() -> None:
        with transaction.atomic():
            close(cast)
            closed.set()
            saved.wait(timeout=1)
        connections.close_all()

    thread = threading.Thread(target=shut)
    thread.start()
    closed.wait(timeout=5)
    outcome = save(cast, edit(cast.pupils["6A"][0], "P", A_DAY))
    saved.set()
    thread.join()
    return [refusal.code for refusal in outcome.refused]


def test_a_save_that_races_the_closing_loses():
    assert race(build()) == ["month-closed"]
    assert not Absence.objects.exists()


def test_without_the_locks_the_same_race_is_won_by_the_save(monkeypatch):
    """Shows that the race of the test above is a real one."""
    windows, months = Window.objects.all, AttendanceMonth.objects.all
    unlocked = {"gradebook.models.windows.Window": windows, "gradebook.models.AttendanceMonth": months}
    for name, rows in unlocked.items():
        monkeypatch.setattr(f"{name}.objects.select_for_update", lambda *, rows=rows, **_: rows())

    assert race(build()) == []


def test_a_save_under_way_is_in_the_month_that_closes_after_it():
    cast = build()
    saved, closing = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            save(cast, edit(cast.pupils["6A"][0], "P", A_DAY))
            saved.set()
            closing.wait(timeout=1)
        connections.close_all()

    thread = threading.Thread(target=write)
    thread.start()
    saved.wait(timeout=5)
    closing.set()
    month = close(cast).month
    thread.join()

    assert Absence.objects.count() == 1
    assert month.closed_at > Absence.history.get().history_date


def test_five_saves_and_the_closing_at_once_lose_and_double_nothing():
    cast = build()
    pupils = cast.pupils["6A"]
    acts = [
        lambda pupil=pupil: save(cast, edit(pupil, "P", A_DAY), calls=[(A_DAY, "morning")])
        for pupil in pupils
    ]

    results = at_once(*acts, lambda: close(cast))

    assert errors(results) == []
    refused = sum(len(outcome.refused) for outcome in results[:-1])
    assert Absence.objects.count() + refused == len(pupils)
    assert AttendanceMonth.objects.count() == 1


def test_two_browsers_mark_the_same_pupil_and_one_is_told():
    cast = build()
    pupil = cast.pupils["6A"][0]

    results = at_once(
        lambda: save(cast, edit(pupil, "P", A_DAY)), lambda: save(cast, edit(pupil, "K", A_DAY))
    )

    assert errors(results) == []
    assert sorted(each.code for outcome in results for each in outcome.refused) == ["conflict"]
    assert Absence.objects.count() == 1
