"""Weekly remarks: who writes, who reads, until when, and what the home page still asks for."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.actions import units
from accounts.models import AuditEvent
from gradebook.actions.remarks import (
    ChangedMeanwhile,
    NotWritten,
    Words,
    change_remark,
    withdraw_remark,
    write_remarks,
)
from gradebook.models import Course, Policy, Remark
from gradebook.years import YearClosed
from tests.cast import FIRST_DAY, signed_in

WEEK = date(2026, 11, 23)
FRIDAY, THURSDAY = date(2026, 11, 27), date(2026, 11, 26)
TALKED = "Nói chuyện riêng trong giờ"


@pytest.fixture(autouse=True)
def friday(monkeypatch):
    stop_clock(monkeypatch, FRIDAY)


def stop_clock(monkeypatch, day):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: day)


def say(cast, *, by=None, course=None, pupils=(), kind="remark", text=TALKED, week=WEEK, today=FRIDAY):
    return write_remarks(
        course=course or cast.maths["6A"],
        week=week,
        words=Words(kind, text),
        pupils={cast.pupils["6A"][place].pk for place in pupils},
        whole_class=not pupils,
        by=by or cast.toan,
        today=today,
    )


def homeroom(cast, name="6A") -> Course:
    return cast.classes[name].courses.get(kind=Course.Kind.HOMEROOM)


def page(client, cast, who, week=WEEK, name="6A") -> str:
    url = f"/classes/{cast.classes[name].pk}/remarks/?week={week}"
    return signed_in(client, who).get(url).text


def refusal(call) -> str:
    with pytest.raises(NotWritten) as refused:
        call()
    return refused.value.code


@pytest.mark.duty("S3-26")
def test_a_subject_teacher_writes_the_same_of_several_pupils_at_once(cast, client):
    an, anh = cast.pupils["6A"][:2]
    data = {
        "week": WEEK,
        "course": cast.maths["6A"].pk,
        "kind": "breach",
        "text": TALKED,
        "about": [an.pk, anh.pk],
    }
    url = f"/classes/{cast.classes['6A'].pk}/remarks/"

    response = signed_in(client, cast.toan).post(f"{url}write/", data)

    assert (response.status_code, response["Location"]) == (303, f"{url}?week=2026-11-23")
    assert set(Remark.objects.values_list("enrolment", "kind", "written_by")) == {
        (an.pk, "breach", cast.toan.pk),
        (anh.pk, "breach", cast.toan.pk),
    }
    assert {row.history_user for row in Remark.history.all()} == {cast.toan}
    text = page(client, cast, cast.mai)
    assert text.count(TALKED) == 2
    assert "1. Trần Bảo An" in text
    assert "Đỗ Minh Toàn · Toán" in text


@pytest.mark.duty("S0-43", "S2-35")
def test_the_homeroom_teacher_follows_order_and_discipline_week_by_week(cast, client):
    say(cast, by=cast.mai, course=homeroom(cast), text="Xếp hàng nhanh, trực nhật tốt")
    say(
        cast, by=cast.mai, course=homeroom(cast), pupils=[2], kind="breach", text="Đi muộn", week=FIRST_MONDAY
    )

    now, first = page(client, cast, cast.mai), page(client, cast, cast.mai, week=FIRST_MONDAY)

    assert ("Xếp hàng nhanh, trực nhật tốt" in now, "Đi muộn" in now) == (True, False)
    assert ("Xếp hàng nhanh, trực nhật tốt" in first, "Đi muộn" in first) == (False, True)
    assert 'rel="prev"' in now
    assert 'rel="next"' not in now
    assert ('rel="prev"' in first, 'rel="next"' in first) == (False, True)


FIRST_MONDAY = date(2026, 8, 31)


def test_a_form_sent_twice_writes_once(cast):
    assert len(say(cast, pupils=[0, 1])) == 2
    assert len(say(cast, pupils=[0, 1, 2])) == 1
    assert Remark.objects.count() == 3


def test_statements_do_not_grow_with_the_pupils(cast, django_assert_num_queries):
    with CaptureQueriesContext(connection) as one:
        say(cast, pupils=[0])
    with django_assert_num_queries(len(one)):
        say(cast, pupils=[0, 1, 2, 3, 4], text="Hăng hái")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": "  \n "}, "empty"),
        ({"text": "a" * 501}, "too-long"),
        ({"week": WEEK + timedelta(days=7)}, "to-come"),
        ({"week": WEEK + timedelta(days=1)}, "outside"),
        ({"week": FIRST_MONDAY - timedelta(days=7)}, "outside"),
        ({"week": date(2027, 6, 7), "today": date(2027, 6, 9)}, "outside"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_reason(cast, changes, code):
    assert refusal(lambda: say(cast, **changes)) == code
    assert not Remark.objects.exists()


def test_only_pupils_on_the_roll_are_written_about(cast):
    gone = cast.pupils["6A"][0]
    gone.status, gone.until = "left", FIRST_DAY
    gone.save_by(cast.hanh)

    assert refusal(lambda: say(cast, pupils=[0])) == "not-on-roll"
    other = {cast.pupils["6B"][0].pk}
    assert (
        refusal(
            lambda: write_remarks(
                course=cast.maths["6A"],
                week=WEEK,
                words=Words("remark", "x"),
                pupils=other,
                whole_class=False,
                by=cast.toan,
                today=FRIDAY,
            )
        )
        == "not-on-roll"
    )


@pytest.mark.parametrize("who", ["lan", "mai", "hanh"])
def test_only_who_teaches_the_course_writes_in_it(cast, who):
    with pytest.raises(PermissionDenied):
        say(cast, by=cast.people[who])


def test_remarks_are_written_before_any_book_was_opened_and_until_it_is_locked_on_order(cast):
    say(cast)
    cast.execute("open", "CK1")
    say(cast, text="Vẫn ghi được")

    cast.execute("lock", "CK1")

    assert refusal(lambda: say(cast, text="Muộn rồi")) == "locked"
    mine = Remark.objects.get(text=TALKED)
    assert (
        refusal(lambda: change_remark(remark=mine, words=Words("praise", "x"), seen=1, by=cast.toan))
        == "locked"
    )
    assert refusal(lambda: withdraw_remark(remark=mine, seen=1, by=cast.toan)) == "locked"
    # The second semester has its own window.
    say(cast, week=date(2027, 1, 18), today=date(2027, 1, 20))


def test_a_closed_year_is_only_read(cast):
    cast.year.status, cast.year.closed_by, cast.year.closed_at = (
        "closed",
        cast.hanh,
        cast.year.history.get().history_date,
    )
    cast.year.save_by(cast.hanh)

    with pytest.raises(YearClosed):
        say(cast)


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(cast, client):
    data = {"week": WEEK, "course": cast.maths["6A"].pk, "kind": "praise", "text": "Chữ đẹp"}

    response = signed_in(client, cast.toan).post(f"/classes/{cast.classes['6A'].pk}/remarks/write/", data)

    assert response.status_code == 422
    assert "Chữ đẹp" in response.text
    assert not Remark.objects.exists()


def test_only_the_writer_changes_a_remark_and_its_first_text_stays_readable(cast, client):
    [written] = say(cast, pupils=[0])
    data = {"version": 1, "kind": "breach", "text": "Nói chuyện, đã nhắc"}
    url = f"/remarks/{written.pk}/change/"

    assert signed_in(client, cast.mai).post(url, data).status_code == 403
    assert signed_in(client, cast.toan).post(url, data).status_code == 303

    written.refresh_from_db()
    assert (written.kind, written.text, written.version) == ("breach", "Nói chuyện, đã nhắc", 2)
    shown = signed_in(client, cast.mai).get(f"/remarks/{written.pk}/").text
    assert TALKED in shown
    assert "Nói chuyện, đã nhắc" in shown


def test_a_change_from_an_old_page_shows_both_texts_and_overwrites_nothing(cast, client):
    [written] = say(cast)
    change_remark(remark=written, words=Words("remark", "Từ máy khác"), seen=1, by=cast.toan)
    data = {"version": 1, "kind": "remark", "text": "Từ trang cũ"}

    response = signed_in(client, cast.toan).post(f"/remarks/{written.pk}/change/", data)

    assert response.status_code == 409
    assert "Từ máy khác" in response.text
    assert "Từ trang cũ" in response.text
    written.refresh_from_db()
    assert written.text == "Từ máy khác"
    # Having seen it, the writer may decide.
    again = {**data, "version": 2}
    assert signed_in(client, cast.toan).post(f"/remarks/{written.pk}/change/", again).status_code == 303


def test_a_withdrawn_remark_is_gone_for_colleagues_and_stays_in_the_history(cast, client):
    [written] = say(cast, pupils=[0])

    url = f"/remarks/{written.pk}/"
    assert signed_in(client, cast.toan).post(f"{url}withdraw/", {"version": 1}).status_code == 303

    assert TALKED not in page(client, cast, cast.mai)
    assert signed_in(client, cast.mai).get(url).status_code == 404
    assert TALKED in page(client, cast, cast.hanh)
    assert Remark.history.filter(is_withdrawn=True).count() == 1
    with pytest.raises(ChangedMeanwhile):
        withdraw_remark(remark=written, seen=1, by=cast.toan)


def test_a_remark_on_a_pupil_is_read_by_the_classs_teachers_and_the_schools_readers(cast, client):
    say(cast, pupils=[0], text="Riêng em An")
    say(cast, by=cast.mai, course=homeroom(cast), pupils=[0], text="Của chủ nhiệm")
    say(cast, by=cast.mai, course=homeroom(cast), text="Chung cả lớp")

    for who in (cast.toan, cast.mai, cast.vinh, cast.cuc):
        assert "Của chủ nhiệm" in page(client, cast, who)
    assert signed_in(client, cast.lan).get(f"/classes/{cast.classes['6A'].pk}/remarks/").status_code == 404


def test_a_head_reads_the_remarks_of_the_department_and_those_on_the_class(cast, client):
    department = units.found_department(name="Tổ Toán", by=cast.hanh)
    units.add_member(department=department, user=cast.toan, since=FIRST_DAY, by=cast.hanh)
    head = units.add_member(department=department, user=cast.dung, since=FIRST_DAY, by=cast.hanh)
    units.appoint_head(membership=head, since=FIRST_DAY, by=cast.hanh)
    say(cast, pupils=[0], text="Riêng môn Toán")
    say(cast, by=cast.mai, course=homeroom(cast), pupils=[0], text="Việc nhà của em")
    say(cast, by=cast.mai, course=homeroom(cast), text="Chung cả lớp")

    shown = page(client, cast, cast.dung)

    assert "Riêng môn Toán" in shown
    assert "Chung cả lớp" in shown
    assert "Việc nhà của em" not in shown


@pytest.fixture
def asked(cast):
    """The school asks for a remark every week."""
    policy = Policy.objects.get(year=cast.year, level="lower_secondary")
    policy.weekly_remarks = True
    policy.save_by(cast.hanh)


@pytest.mark.duty("S3-26")
def test_from_friday_the_home_page_asks_subject_teachers_for_the_week(cast, client, asked, monkeypatch):
    def waits(who) -> bool:
        return (
            f"/classes/{cast.classes['6A'].pk}/remarks/?week=2026-11-23"
            in signed_in(client, who).get("/").text
        )

    stop_clock(monkeypatch, THURSDAY)
    assert (waits(cast.toan), waits(cast.mai)) == (False, False)

    stop_clock(monkeypatch, FRIDAY)
    assert (waits(cast.toan), waits(cast.mai)) == (True, True)
    assert "Toán" in page(client, cast, cast.mai).split("message-warning")[1].split("</div>")[0]

    say(cast)
    assert (waits(cast.toan), waits(cast.mai)) == (False, False)


def test_nothing_is_asked_where_the_school_does_not_rule_it(cast, client):
    assert "remarks/?week" not in signed_in(client, cast.toan).get("/").text


def test_a_semester_goes_to_excel_and_the_journal_says_so(cast, client):
    say(cast, pupils=[1], kind="praise", text="=Giúp bạn")
    say(cast, week=date(2027, 1, 18), today=date(2027, 1, 20), text="Kỳ sau")

    response = signed_in(client, cast.mai).post(f"/classes/{cast.classes['6A'].pk}/remarks/export/1/")

    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    lines = [row for row in rows if "=Giúp bạn" in row]
    assert len(lines) == 1
    assert "Lê Thị Ánh" in lines[0]
    assert "Đỗ Minh Toàn" in lines[0]
    assert not [row for row in rows if "Kỳ sau" in row]
    assert AuditEvent.objects.get(verb="gradebook.remarks.exported").particulars == {"semester": 1, "rows": 1}
