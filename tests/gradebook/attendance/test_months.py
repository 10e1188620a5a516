"""The month of a class: filled in as a sheet, closed once, reopened by order only."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEvent
from gradebook.actions.attendance_months import (
    AlreadyClosed,
    NoReason,
    NotCalled,
    NotOver,
    close_month,
    reopen_month,
)
from gradebook.models import Absence, AttendanceMonth, RollCall
from gradebook.years import YearClosed
from tests.cast import signed_in
from tests.gradebook.attendance.rolls import MONDAY, NOVEMBER, OCTOBER, again, edit, letters, rule, save

A_DAY = date(2026, 10, 14)


def close(cast, month=OCTOBER, **more):
    more = {"without_call": True, "by": cast.mai, **more}
    return close_month(school_class=again(cast.classes["6A"]), first_day=month, **more)


def reopen(cast, by="hanh", reason="Nhập thiếu một học sinh"):
    return reopen_month(
        school_class=again(cast.classes["6A"]), first_day=OCTOBER, reason=reason, by=cast.people[by]
    )


def post(client, cast, verb, by="mai", **fields):
    url = f"/classes/{cast.classes['6A'].pk}/attendance/{verb}/"
    return signed_in(client, cast.people[by]).post(url, fields)


@pytest.mark.duty("S0-42", "S2-34")
def test_the_homeroom_teacher_fills_in_the_month_as_a_sheet(cast, client):
    away, late, *_rest = cast.pupils["6A"]

    response = post(
        client,
        cast,
        "save",
        **{
            "month": "2026-11",
            f"a-{away.pk}-20261123-m-0": "p",
            f"a-{late.pk}-20261124-m-0": "M",
            "c-20261123-m": "on",
        },
    )
    page = client.get(response["Location"])

    assert letters(away) == {(MONDAY, "morning"): "excused"}
    assert Absence.objects.get(enrolment=late).kind == "late"
    assert [call.day for call in RollCall.objects.all()] == [MONDAY]
    row = page.context["sheet"].rows[0]
    assert (row.month.excused, row.semester.absent, row.year.absent) == (1, 1, 1)


def test_a_letter_that_is_none_stays_in_its_field_with_the_reason(cast, client):
    pupil = cast.pupils["6A"][0]

    response = post(client, cast, "save", **{"month": "2026-11", f"a-{pupil.pk}-20261123-m-0": "x"})

    assert response.status_code == 422
    assert 'value="x"' in response.text
    assert 'data-state="refused"' in response.text


def test_a_conflict_in_the_sheet_shows_both_and_the_next_save_decides(cast, client):
    pupil = cast.pupils["6A"][0]
    save(cast, edit(pupil, "K"))

    response = post(client, cast, "save", **{"month": "2026-11", f"a-{pupil.pk}-20261123-m-0": "P"})

    assert 'data-state="conflict"' in response.text
    assert str(cast.mai) in response.text
    name = f"a-{pupil.pk}-20261123-m-1"
    assert f'name="{name}"' in response.text
    post(client, cast, "save", **{"month": "2026-11", name: "P"})
    assert letters(pupil) == {(MONDAY, "morning"): "excused"}


def test_only_the_homeroom_teacher_fills_in_and_who_reads_the_class_reads(cast, client):
    page = signed_in(client, cast.toan).get(f"/classes/{cast.classes['6A'].pk}/attendance/")

    assert (page.status_code, 'class="cell-input"' in page.text) == (200, False)
    assert post(client, cast, "save", by="toan", month="2026-11").status_code == 403
    assert post(client, cast, "save", by="lan", month="2026-11").status_code == 404


@pytest.mark.duty("S1-51", "S3-41")
def test_a_closed_month_is_confirmed_by_name_and_takes_nothing_more(cast, client):
    pupil = cast.pupils["6A"][0]
    save(cast, edit(pupil, "P", A_DAY), edit(cast.pupils["6A"][1], "M", A_DAY))

    post(client, cast, "close", month="2026-10", without_call="1")

    month = AttendanceMonth.objects.get()
    assert (month.first_day, month.closed_by) == (OCTOBER, cast.mai)
    [refusal] = save(cast, edit(pupil, "K", A_DAY, version=1)).refused
    assert refusal.code == "month-closed"
    assert save(cast, calls=[(A_DAY, "morning")]).not_called == {(A_DAY, "morning"): "month-closed"}
    page = client.get(f"/classes/{cast.classes['6A'].pk}/attendance/?month=2026-10").text
    assert str(cast.mai) in page
    assert "cell-input" not in page
    assert not save(cast, edit(pupil, "P")).refused  # November is open


def test_days_without_a_roll_call_are_named_before_the_month_closes(cast, client):
    with pytest.raises(NotCalled) as refused:
        close(cast, without_call=False)
    assert len(refused.value.days) == 22  # Mondays to Fridays of October

    page = signed_in(client, cast.mai).get(f"/classes/{cast.classes['6A'].pk}/attendance/?month=2026-10")
    assert "14/10" in page.text
    post(client, cast, "close", month="2026-10")
    assert not AttendanceMonth.objects.exists()

    close(cast)
    event = AuditEvent.objects.get(verb="gradebook.attendance.closed")
    assert "2026-10-14" in event.particulars["without_call"]


def test_a_month_is_closed_when_it_is_over_and_once(cast):
    with pytest.raises(NotOver):
        close(cast, NOVEMBER)
    close(cast)
    with pytest.raises(AlreadyClosed):
        close(cast)


@pytest.mark.parametrize("person", ["hanh", "khoa", "toan", "cuc"])
def test_nobody_else_closes(cast, person):
    with pytest.raises(PermissionDenied):
        close(cast, by=cast.people[person])


@pytest.mark.parametrize("person", ["hanh", "khoa"])
def test_the_principal_or_the_administrator_reopens_with_a_reason(cast, client, person):
    close(cast)
    assert post(client, cast, "reopen", by=person, month="2026-10", reason=" ").status_code == 422

    post(client, cast, "reopen", by=person, month="2026-10", reason="Nhập thiếu một học sinh")

    assert save(cast, edit(cast.pupils["6A"][0], "P", A_DAY)).saved
    last = AttendanceMonth.history.latest()
    assert (last.history_user, last.history_change_reason) == (
        cast.people[person],
        "Nhập thiếu một học sinh",
    )


@pytest.mark.parametrize("person", ["mai", "vinh", "cuc"])
def test_nobody_else_reopens(cast, person):
    close(cast)

    with pytest.raises(PermissionDenied):
        reopen(cast, by=person)


def test_a_reason_of_blanks_reopens_nothing(cast):
    close(cast)

    with pytest.raises(NoReason):
        reopen(cast, reason="  ")


def test_a_semester_whose_book_was_locked_takes_no_absence_more(cast):
    pupil = cast.pupils["6A"][0]
    assert save(cast, edit(pupil, "P")).saved  # never opened, yet attendance begins with the year
    cast.execute("open", "CK1")
    assert save(cast, edit(pupil, "K", version=1)).saved

    cast.execute("lock", "CK1")

    assert [refusal.code for refusal in save(cast, edit(pupil, "P", version=2)).refused] == ["locked"]


def test_a_closed_year_takes_nothing(cast):
    close(cast)
    cast.year.status = "closed"
    cast.year.save_by(cast.hanh)

    assert [each.code for each in save(cast, edit(cast.pupils["6A"][0], "P")).refused] == ["year-closed"]
    with pytest.raises(YearClosed):
        reopen(cast)


def test_afternoons_entered_before_the_rule_changed_stay_in_sight(cast, client):
    rule(cast, half_days=2)
    save(cast, edit(cast.pupils["6A"][0], "P", half="afternoon"))
    rule(cast, half_days=1)

    page = signed_in(client, cast.mai).get(f"/classes/{cast.classes['6A'].pk}/attendance/")

    assert page.context["sheet"].halves == ("morning", "afternoon")
    assert page.context["sheet"].rows[0].month.excused == 1


def test_a_refused_letter_is_told_in_full_above_the_sheet(cast, client):
    pupil = cast.pupils["6A"][0]

    page = post(client, cast, "save", month="2026-11", **{f"a-{pupil.pk}-20261123-m-0": "X"})

    assert page.status_code == 422
    [(name, day, problem)] = page.context["reasons"]
    assert (name, day, problem.typed) == (pupil.student.full_name, MONDAY, "X")
    above = page.text.split('role="alert"')[1].split("<form")[0]
    assert f"{name}, 23/11" in above
    assert problem.text in above


@pytest.mark.parametrize(("by", "is_said"), [("mai", True), ("hanh", False)])
def test_who_closes_the_month_reads_by_when(cast, client, by, is_said):
    rule(cast, attendance_closing_day=5)

    page = signed_in(client, cast.people[by]).get(
        f"/classes/{cast.classes['6A'].pk}/attendance/?month=2026-11"
    )

    assert ("05/12/2026" in page.text) is is_said
    assert ("30/11/2026" in page.text) is is_said


def test_a_closed_month_has_no_last_day_any_more(cast, client):
    rule(cast, attendance_closing_day=5)
    close(cast)

    page = signed_in(client, cast.mai).get(f"/classes/{cast.classes['6A'].pk}/attendance/?month=2026-10")

    assert "05/11/2026" not in page.text
