"""What attendance asks of whom on the home page, and the leaders' board."""

from datetime import date

import pytest

from gradebook.actions.attendance_months import close_month
from tests.cast import signed_in
from tests.gradebook.attendance.rolls import MONDAY, OCTOBER, again, rule, save

SEPTEMBER = date(2026, 9, 1)


def attendance_tasks(client, user):
    tasks = signed_in(client, user).get("/").context["tasks"]
    return [task for task in tasks if "/roll/" in task["url"] or "/attendance/" in task["url"]]


def close(cast, *months):
    for month in months:
        close_month(school_class=again(cast.classes["6A"]), first_day=month, by=cast.mai, without_call=True)


def test_today_s_roll_is_one_press_from_home_until_it_is_called(cast, client, today):
    close(cast, SEPTEMBER, OCTOBER)
    [task] = attendance_tasks(client, cast.mai)
    assert client.get(task["url"]).context["may_write"]

    save(cast, calls=[(today, "morning")])

    assert attendance_tasks(client, cast.mai) == []


def test_with_two_half_days_the_roll_waits_for_both(cast, client, today):
    rule(cast, half_days=2)
    close(cast, SEPTEMBER, OCTOBER)
    save(cast, calls=[(today, "morning")])

    assert len(attendance_tasks(client, cast.mai)) == 1


def test_where_absences_are_entered_every_week_the_week_waits_on_friday(cast, client, today):
    rule(cast, attendance_rhythm="weekly")
    close(cast, SEPTEMBER, OCTOBER)
    [task] = attendance_tasks(client, cast.mai)
    assert task["url"] == f"/classes/{cast.classes['6A'].pk}/attendance/"

    save(cast, calls=[(MONDAY.replace(day=day), "morning") for day in range(23, 28)])

    assert attendance_tasks(client, cast.mai) == []


@pytest.mark.duty("S3-41")
def test_a_month_waits_with_its_day_and_the_leaders_see_who_is_late(cast, client):
    rule(cast, attendance_closing_day=1, attendance_rhythm="monthly")
    close(cast, SEPTEMBER)

    [task] = attendance_tasks(client, cast.mai)
    assert (task["due"], task["url"][-7:]) == (date(2026, 11, 1), "2026-10")
    for leader in (cast.hanh, cast.vinh):
        [late] = attendance_tasks(client, leader)
        assert (late["url"], late["text"]) == ("/attendance/", "6A, 6B")
    assert attendance_tasks(client, cast.cuc) == []

    close(cast, OCTOBER)

    assert attendance_tasks(client, cast.mai) == []
    assert attendance_tasks(client, cast.hanh)[0]["text"] == "6B"


def test_without_a_day_in_the_rules_nobody_is_late(cast, client):
    rule(cast, attendance_closing_day=None, attendance_rhythm="monthly")

    assert [task["due"] for task in attendance_tasks(client, cast.mai)] == [None, None]
    assert attendance_tasks(client, cast.hanh) == []


def test_the_board_names_every_class_with_its_months(cast, client, today):
    rule(cast, attendance_closing_day=1)
    close(cast, SEPTEMBER)
    save(cast, calls=[(today, "morning")])

    page = signed_in(client, cast.hanh).get("/attendance/")

    first, second = page.context["rows"]
    assert [month.is_closed for month in first.months] == [True, False, False]
    assert ([month.is_overdue for month in second.months], second.called) == ([True, True, False], 0)
    assert first.called == 1
    assert signed_in(client, cast.mai).get("/attendance/").status_code == 403
