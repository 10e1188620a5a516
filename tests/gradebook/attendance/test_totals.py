"""Totals by pupil, and how they reach the homeroom sheet."""

import re
from datetime import date, timedelta

import pytest

from gradebook.actions.attendance_months import close_month
from gradebook.actions.marks import Edit, save_marks
from gradebook.attendance_sheet import read_month
from gradebook.models import Column, Course, Mark
from tests.cast import signed_in
from tests.gradebook.attendance.rolls import MONDAY, NOVEMBER, OCTOBER, again, edit, save
from tests.gradebook.moving import change

JANUARY = date(2027, 1, 29)
LATE_OCTOBER = date(2026, 10, 30)


@pytest.fixture
def called(cast):
    """One pupil with two half-days with leave and one without, another late; the book of the semester is open."""
    first, second, *_rest = cast.pupils["6A"]
    save(cast, edit(first, "P"), edit(first, "P", LATE_OCTOBER), calls=[(MONDAY, "morning")])
    save(cast, edit(first, "K", date(2026, 10, 29)), edit(second, "M"))
    cast.execute("open", "CK1")
    return cast


def sheet(cast, pupil):
    marks = Mark.objects.filter(enrolment=pupil, column__kind__in=Column.COUNTED, count__isnull=False)
    return dict(marks.values_list("column__kind", "count"))


def fields(page):
    return {
        f"m-{each.enrolment.pk}-{each.column_id}-{each.version}": str(each.roll)
        for each in page.context["comparison"].differences
    }


def enter(cast, pupil, text, version=0):
    course = Course.objects.get(school_class=cast.classes["6A"], kind="homeroom")
    column = course.columns.get(kind="excused", period__code="CK1")
    return save_marks(
        course=course, edits=[Edit(pupil.pk, column.pk, text, version)], by=cast.mai, origin="page"
    )


def test_half_days_are_counted_by_month_semester_and_year_and_lateness_apart(called):
    first, second, *_rest = read_month(again(called.classes["6A"]), NOVEMBER).rows

    assert (first.month.excused, first.month.unexcused, first.month.late) == (1, 0, 0)
    assert (first.semester.absent, first.year.absent) == (3, 3)
    assert (second.month.late, second.year.absent) == (1, 0)


def test_a_pupil_who_changes_class_takes_the_absences_along(called):
    pupil = called.pupils["6A"][0]
    change(called, pupil)

    rows = read_month(again(called.classes["6B"]), NOVEMBER).rows

    assert [row.year.absent for row in rows if row.enrolment.student_id == pupil.student_id] == [3]


@pytest.mark.duty("S1-51")
def test_the_totals_are_taken_over_after_a_look_at_what_changes(called, client):
    pupil = called.pupils["6A"][0]
    enter(called, pupil, "5")
    url = f"/classes/{called.classes['6A'].pk}/attendance/semester-1/"
    page = signed_in(client, called.mai).get(url)
    [shown] = [each for each in page.context["comparison"].differences if each.contradicts]
    assert (shown.sheet, shown.roll) == (5, 2)

    client.post(f"{url}take/", fields(page))

    assert sheet(called, pupil) == {"excused": 2, "unexcused": 1}
    assert sheet(called, called.pupils["6A"][1]) == {"excused": 0, "unexcused": 0}
    last = Mark.history.filter(enrolment=pupil, column__kind="excused").latest()
    assert (last.history_user, last.history_origin) == (called.mai, "attendance")
    assert not client.get(url).context["comparison"].differences


def test_what_somebody_typed_after_the_look_is_not_overwritten(called, client):
    pupil = called.pupils["6A"][0]
    url = f"/classes/{called.classes['6A'].pk}/attendance/semester-1/"
    seen = fields(signed_in(client, called.mai).get(url))
    enter(called, pupil, "7")

    client.post(f"{url}take/", seen)

    assert sheet(called, pupil) == {"excused": 7, "unexcused": 1}


def test_the_homeroom_sheet_says_where_it_differs_from_the_roll(called, client):
    course = Course.objects.get(school_class=called.classes["6A"], kind="homeroom")
    url = f"/courses/{course.pk}/semester-1/"
    assert not signed_in(client, called.mai).get(url).context["beside_roll"].contradictions

    enter(called, called.pupils["6A"][0], "5")

    page = client.get(url)
    assert len(page.context["beside_roll"].contradictions) == 1
    assert "/attendance/semester-1/" in page.text


def test_the_totals_of_the_roll_are_taken_on_the_homeroom_sheet_itself(called, client):
    course = Course.objects.get(school_class=called.classes["6A"], kind="homeroom")
    pupil = called.pupils["6A"][0]
    enter(called, pupil, "5")
    url = f"/courses/{course.pk}/semester-1/"
    page = signed_in(client, called.mai).get(url)
    box = page.text.split("/attendance/semester-1/take/")[1].split("</form>")[0]
    shown = dict(re.findall(r'name="([^"]+)"\s+value="([^"]*)"', box))

    response = client.post(f"/classes/{called.classes['6A'].pk}/attendance/semester-1/take/", shown)

    assert response["Location"] == url
    assert sheet(called, pupil) == {"excused": 2, "unexcused": 1}
    assert "/take/" not in client.get(url).text


def test_who_does_not_keep_the_homeroom_sheet_is_not_offered_to_take_totals(called, client):
    course = Course.objects.get(school_class=called.classes["6A"], kind="homeroom")

    assert "/take/" not in signed_in(client, called.dung).get(f"/courses/{course.pk}/semester-1/").text


def test_without_a_roll_call_the_sheet_is_not_doubted(cast, client):
    cast.execute("open", "CK1")
    enter(cast, cast.pupils["6A"][0], "5")
    url = f"/classes/{cast.classes['6A'].pk}/attendance/semester-1/"

    page = signed_in(client, cast.mai).get(url)

    assert page.context["comparison"].contradictions == 0
    assert "take/" not in page.text


def closed_january(cast, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_, **__: date(2027, 2, 1))
    return close_month(
        school_class=again(cast.classes["6A"]), first_day=date(2027, 1, 1), by=cast.mai, without_call=True
    )


def test_closing_the_last_month_of_a_semester_fills_the_open_sheet(called, monkeypatch):
    closed = closed_january(called, monkeypatch)

    assert sheet(called, called.pupils["6A"][0]) == {"excused": 2, "unexcused": 1}
    assert len(closed.taken[1].saved) == 10


def test_a_locked_sheet_keeps_what_it_says_when_the_month_closes(called, monkeypatch):
    called.execute("lock", "CK1")

    closed = closed_january(called, monkeypatch)

    assert not closed.month.is_open
    assert sheet(called, called.pupils["6A"][0]) == {}


def test_other_months_leave_the_sheet_alone(called):
    close_month(school_class=again(called.classes["6A"]), first_day=OCTOBER, by=called.mai, without_call=True)

    assert sheet(called, called.pupils["6A"][0]) == {}


@pytest.mark.parametrize(("days", "warned"), [(34, False), (35, True)])
def test_the_homeroom_teacher_is_warned_well_before_45(cast, client, days, warned):
    pupil, start = cast.pupils["6A"][0], date(2026, 10, 1)
    save(cast, *(edit(pupil, "P", start + timedelta(days=step)) for step in range(days)))

    tasks = signed_in(client, cast.mai).get("/").context["tasks"]
    page = client.get(f"/classes/{cast.classes['6A'].pk}/attendance/")

    assert any(f"({days})" in task["text"] for task in tasks) is warned
    assert bool(page.context["sheet"].near) is warned
