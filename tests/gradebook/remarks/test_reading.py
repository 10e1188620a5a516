"""Weekly remarks: who reads them, and what the home page still asks for."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from accounts.actions import units
from accounts.models import AuditEvent
from gradebook.actions.remarks import withdraw_remark
from gradebook.models import Policy
from tests.cast import FIRST_DAY, signed_in
from tests.gradebook.remarks.saying import (
    FIRST_MONDAY,
    FRIDAY,
    THURSDAY,
    homeroom,
    page,
    say,
    stop_clock,
)


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


def test_the_page_of_a_pupil_shows_what_was_said_of_that_pupil_to_who_reads_it_elsewhere(cast, client):
    say(cast, pupils=[0], text="Riêng em An")
    say(cast, pupils=[1], text="Riêng em Ánh")
    say(cast, text="Chung cả lớp")
    [taken] = say(cast, pupils=[0], text="Viết nhầm")
    withdraw_remark(remark=taken, seen=taken.version, by=cast.toan)
    say(cast, by=cast.mai, course=homeroom(cast), pupils=[0], text="Việc nhà của em")
    department = units.found_department(name="Tổ Toán", by=cast.hanh)
    units.add_member(department=department, user=cast.toan, since=FIRST_DAY, by=cast.hanh)
    head = units.add_member(department=department, user=cast.dung, since=FIRST_DAY, by=cast.hanh)
    units.appoint_head(membership=head, since=FIRST_DAY, by=cast.hanh)
    url = f"/pupils/{cast.pupils['6A'][0].pk}/"

    for who in (cast.toan, cast.mai, cast.cuc):
        shown = signed_in(client, who).get(url).text
        assert "Riêng em An" in shown and "Việc nhà của em" in shown
        assert not [text for text in ("Riêng em Ánh", "Chung cả lớp", "Viết nhầm") if text in shown]
    head_reads = signed_in(client, cast.dung).get(url).text
    assert "Riêng em An" in head_reads and "Việc nhà của em" not in head_reads


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
