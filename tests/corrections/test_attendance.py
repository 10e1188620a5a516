"""Half-days of a closed month are corrected by a request, and the totals of the homeroom sheet with them."""

from datetime import date

import pytest

from archive.packs.concerned import corrections_of
from corrections import actions
from corrections.attendance_requests import submit_attendance
from corrections.dossiers import NotAccepted
from corrections.models import AttendanceLine, CorrectionRequest, Execution
from gradebook.actions.attendance import save_attendance
from gradebook.actions.attendance_months import close_month
from gradebook.actions.marks import Edit, save_marks
from gradebook.attendance_totals import compare
from gradebook.models import Absence, AttendanceMonth, Course, Mark
from tests.cast import client_of, in_english
from tests.gradebook.attendance.rolls import OCTOBER, again, edit, save

TODAY = date(2026, 11, 27)
DAY = date(2026, 10, 29)
NEXT = date(2026, 10, 30)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_, **__: TODAY)


@pytest.fixture
def closed(cast):
    """An was absent without leave on a day of October, closed since. The totals stand on the locked homeroom sheet."""
    save(cast, edit(cast.pupils["6A"][0], "K", DAY), calls=[(DAY, "morning")])
    cast.execute("open", "CK1")
    enter_totals(cast, 0, "0", "1")
    close_month(school_class=again(cast.classes["6A"]), first_day=OCTOBER, by=cast.mai, without_call=True)
    cast.execute("lock", "CK1")
    return cast


def homeroom(cast):
    return Course.objects.select_related("school_class__year").get(
        school_class=cast.classes["6A"], kind="homeroom"
    )


def enter_totals(cast, pupil, excused, unexcused, version=0):
    course = homeroom(cast)
    columns = {column.kind: column.pk for column in course.columns.filter(period__code="CK1")}
    enrolment = cast.pupils["6A"][pupil].pk
    edits = [
        Edit(enrolment, columns["excused"], excused, version),
        Edit(enrolment, columns["unexcused"], unexcused, version),
    ]
    outcome = save_marks(course=course, edits=edits, by=cast.mai, origin="page")
    assert not outcome.refused


def totals(cast, pupil=0):
    marks = Mark.objects.filter(enrolment=cast.pupils["6A"][pupil], column__period__code="CK1")
    return dict(marks.filter(count__isnull=False).values_list("column__kind", "count"))


def ask(cast, *edits, with_totals=True, by="mai", **more):
    return submit_attendance(
        school_class=again(cast.classes["6A"]),
        edits=edits or [edit(cast.pupils["6A"][0], "P", DAY, version=1)],
        with_totals=with_totals,
        kind=more.get("kind", "new_fact"),
        reason="Phụ huynh nộp đơn xin phép muộn",
        by=cast.people[by],
    )


def carry_out(cast, correction):
    actions.approve(correction=correction, by=cast.hanh)
    actions.execute(correction=correction, by=cast.khoa)


@pytest.mark.duty("S3-37")
def test_a_half_day_and_its_totals_change_together_and_the_month_stays_closed(closed):
    correction = ask(closed)
    assert set(correction.lines.values_list("column__kind", "old_text", "new_text")) == {
        ("excused", "0", "1"),
        ("unexcused", "1", "0"),
    }

    carry_out(closed, correction)

    assert Absence.objects.get().kind == "excused"
    assert totals(closed) == {"excused": 1, "unexcused": 0}
    assert not AttendanceMonth.objects.get(first_day=OCTOBER).is_open
    assert not compare(closed.classes["6A"], 1).contradictions
    assert Absence.history.latest().history_origin == f"correction {correction.reference}"
    assert not AttendanceLine.objects.filter(is_open=True).exists()


def test_a_request_about_the_roll_belongs_to_what_an_inspector_is_given_of_the_class(closed):
    asked = ask(closed)

    assert corrections_of(closed.classes["6A"]) == [asked]
    assert corrections_of(closed.classes["6B"]) == []


def test_totals_that_were_entered_by_hand_are_named_and_stay(closed):
    closed.execute("open", "CK1")
    enter_totals(closed, 0, "2", "1", version=1)
    closed.execute("lock", "CK1")

    page = post(in_english(closed.mai), closed, verb="effect/")
    correction = ask(closed)

    assert "the sheet says 2, the roll 0" in page.text
    assert list(correction.lines.values_list("column__kind", flat=True)) == ["unexcused"]


def test_who_does_not_want_the_totals_changed_unticks_that(closed):
    assert not ask(closed, with_totals=False).lines.exists()


def test_the_totals_of_an_open_sheet_are_left_to_its_button(closed):
    closed.execute("open", "CK1")

    page = post(in_english(closed.mai), closed, verb="effect/")

    assert "take the totals over there" in page.text
    assert not ask(closed).lines.exists()


def test_nothing_is_applied_when_one_of_the_values_changed_meanwhile(closed):
    correction = ask(closed)
    closed.execute("open", "CK1")
    enter_totals(closed, 0, "5", "5", version=1)
    closed.execute("lock", "CK1")

    carry_out(closed, correction)

    assert Execution.objects.get().refusal == "conflict"
    assert Absence.objects.get().kind == "unexcused"
    assert totals(closed) == {"excused": 5, "unexcused": 5}


def test_a_half_day_that_changed_meanwhile_is_named(closed):
    correction = ask(closed, with_totals=False)
    second = ask_late(closed)

    carry_out(closed, correction)

    assert second
    execution = Execution.objects.get()
    assert execution.refusal == "conflict"
    assert execution.refused_field == f"{closed.pupils['6A'][0].pk}-2026-10-29-morning"
    page = in_english(closed.hanh).get(f"/corrections/{correction.pk}/")
    assert page.status_code == 200


def ask_late(cast):
    """Somebody reopened the month and changed the half-day to late."""
    month = AttendanceMonth.objects.get(first_day=OCTOBER)
    month.closed_by = month.closed_at = None
    month.save_by(cast.hanh)
    cast.execute("open", "CK1")
    outcome = save_attendance(
        school_class=again(cast.classes["6A"]),
        edits=[edit(cast.pupils["6A"][0], "M", DAY, version=1)],
        by=cast.mai,
        origin="month",
    )
    return outcome.saved


@pytest.mark.parametrize(
    ("letter", "day", "version", "code"),
    [
        ("X", DAY, 1, "not-a-letter"),
        ("P", date(2026, 11, 26), 0, "locked-or-open"),
        ("P", date(2026, 12, 1), 0, "future"),
        ("P", DAY, 4, "conflict"),
        ("K", DAY, 1, "nothing-asked"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_with_its_reason(closed, letter, day, version, code):
    closed.execute("open", "CK1")

    with pytest.raises(NotAccepted) as refused:
        ask(closed, edit(closed.pupils["6A"][0], letter, day, version=version))

    assert refused.value.code == code.replace("locked-or-open", "month-open")
    assert not CorrectionRequest.objects.exists()


def test_a_pupil_of_another_class_is_not_on_this_roll(closed):
    with pytest.raises(NotAccepted, match="not-in-class"):
        ask(closed, edit(closed.pupils["6B"][0], "K", DAY))


def test_a_half_day_has_one_open_request(closed):
    ask(closed)

    with pytest.raises(NotAccepted, match="pending"):
        ask(closed)


def name(cast, pupil=0, day="20261029", version=1):
    return f"a-{cast.pupils['6A'][pupil].pk}-{day}-m-{version}"


def post(client, cast, verb="", **more):
    fields = more.pop("fields", None) or {name(cast): "P"}
    data = {
        "month": "2026-10",
        "kind": "new_fact",
        "reason": "Nộp đơn muộn",
        "with_totals": "on",
        **fields,
        **more,
    }
    return client.post(f"/corrections/new/classes/{cast.classes['6A'].pk}/{verb}", data)


def test_the_month_is_the_form_and_the_sheet_leads_to_it(closed):
    mai = in_english(closed.mai)
    sheet = mai.get(f"/classes/{closed.classes['6A'].pk}/attendance/?month=2026-10").text
    address = f"/corrections/new/classes/{closed.classes['6A'].pk}/?month=2026-10"
    assert address in sheet
    assert f'name="{name(closed)}"' in mai.get(address).text

    response = post(mai, closed)

    correction = CorrectionRequest.objects.get()
    assert response["Location"] == f"/corrections/{correction.pk}/"
    page = mai.get(response["Location"]).text
    for said in ("absent without leave", "absent with leave", "29/10/2026", "Attendance, class 6A"):
        assert said in page
    assert correction.reference in mai.get("/corrections/").text


def test_letters_stay_when_something_else_is_missing(closed):
    response = post(
        in_english(closed.mai),
        closed,
        fields={name(closed): "X", name(closed, 1, "20261030", 0): "K"},
        reason="",
    )

    assert response.status_code == 422
    assert 'value="X"' in response.text
    assert 'value="K"' in response.text


def test_a_bad_letter_says_why_in_its_cell(closed):
    response = post(in_english(closed.mai), closed, fields={name(closed): "X"})

    assert response.status_code == 422
    assert "Type P" in response.text
    assert 'value="X"' in response.text


def test_a_look_shows_totals_and_results_and_writes_nothing(closed):
    page = post(in_english(closed.mai), closed, verb="effect/", reason="")

    assert page.status_code == 200
    assert "Totals on the homeroom sheet" in page.text
    assert 'value="P"' in page.text
    assert not CorrectionRequest.objects.exists()


@pytest.mark.parametrize("person", ["hanh", "vinh", "khoa", "cuc", "toan"])
def test_only_the_homeroom_teacher_asks_for_the_roll(closed, person):
    assert post(client_of(closed.people[person]), closed).status_code == 403
    assert post(client_of(closed.people[person]), closed, verb="effect/").status_code == 403


def test_for_a_teacher_of_another_class_there_is_no_such_page(closed):
    assert post(client_of(closed.lan), closed).status_code == 404
