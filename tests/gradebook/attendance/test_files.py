"""The month out to Excel and back in, and the lists of contact applications."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import AuditEvent
from gradebook.models import Absence
from gradebook.spreadsheets.attendance_list import read_absences
from gradebook.spreadsheets.problems import Code, UnreadableTable
from gradebook.spreadsheets.writing import write_table
from tests.cast import signed_in
from tests.gradebook.attendance.rolls import MONDAY, TUESDAY, edit, letters, rule, save

LIST = ["STT", "Họ và tên", "Lớp", "Ngày nghỉ", "Buổi", "Loại nghỉ", "Lý do"]


def absence_list(*lines):
    return write_table(LIST, lines, ["DANH SÁCH HỌC SINH NGHỈ HỌC"], "DS nghỉ")


def upload(client, cast, data, by="mai", month="2026-11"):
    file = SimpleUploadedFile("nghi-hoc.xlsx", data)
    url = f"/classes/{cast.classes['6A'].pk}/attendance/import/upload/"
    return signed_in(client, cast.people[by]).post(url, {"file": file, "month": month})


def proposed(response):
    return {place: each.letter for place, each in (response.context["proposed"] or {}).items()}


@pytest.mark.duty("S4-23")
def test_a_list_of_absences_fills_the_sheet_and_is_saved_by_its_button(cast, client):
    pupil = cast.pupils["6A"][0]
    name = pupil.student.full_name

    page = upload(client, cast, absence_list(["1", name, "6A", "23/11/2026", "Sáng", "Có phép", "Ốm"]))

    assert proposed(page) == {(pupil.pk, MONDAY, "morning"): "P"}
    assert not Absence.objects.exists()
    cell, note = f"a-{pupil.pk}-20261123-m-0", f"b-{pupil.pk}-20261123-m"
    assert f'name="{note}" value="Ốm"' in page.text
    fields = {"month": "2026-11", "from_file": "1", cell: "P", note: "Ốm"}
    client.post(f"/classes/{cast.classes['6A'].pk}/attendance/save/", fields)
    saved = Absence.history.get()
    assert (saved.kind, saved.note, saved.history_origin) == ("excused", "Ốm", "month-file")


def test_the_month_goes_out_and_comes_back_the_same(cast, client):
    first, second, *_rest = cast.pupils["6A"]
    save(cast, edit(first, "P"), edit(second, "M", TUESDAY))
    url = f"/classes/{cast.classes['6A'].pk}/attendance/export/?month=2026-11"

    out = signed_in(client, cast.mai).get(url)
    page = upload(client, cast, out.content)

    assert proposed(page) == {}
    assert page.context["unchanged"] == 2
    assert not page.context["refused_rows"]
    assert AuditEvent.objects.get(verb="gradebook.attendance.exported").actor_name == str(cast.mai)


def test_only_who_reads_the_whole_book_takes_it_out(cast, client):
    url = f"/classes/{cast.classes['6A'].pk}/attendance/export/"

    assert signed_in(client, cast.toan).get(url).status_code == 403
    assert not AuditEvent.objects.filter(verb="gradebook.attendance.exported").exists()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (["1", "Trần Bảo An", "6B", "23/11/2026", "", "P", ""], "6B"),
        (["1", "Ai Đó Lạ", "6A", "23/11/2026", "", "P", ""], "6A"),
        (["1", "Trần Bảo An", "6A", "12/10/2026", "", "P", ""], "12/10/2026"),
        (["1", "Trần Bảo An", "6A", "22/11/2026", "", "P", ""], "22/11"),
        (["1", "Trần Bảo An", "6A", "30/11/2026", "", "P", ""], "30/11"),
        (["1", "Trần Bảo An", "6A", "23/11/2026", "", "Bỏ tiết", ""], "Bỏ tiết"),
        (["1", "Trần Bảo An", "6A", "23/11/2026", "tối", "P", ""], "tối"),
    ],
)
def test_what_does_not_fit_is_refused_line_by_line(cast, client, line, reason):
    good = ["2", "Lê Thị Ánh", "6A", "23/11/2026", "", "K", ""]

    page = upload(client, cast, absence_list(line, good))

    assert proposed(page) == {(cast.pupils["6A"][1].pk, MONDAY, "morning"): "K"}
    [refused] = page.context["refused_rows"]
    assert reason in refused.text
    assert refused.who == line[1]


def test_two_lines_of_one_half_day_that_disagree(cast, client):
    lines = [["1", "Trần Bảo An", "6A", "23/11/2026", "", kind, ""] for kind in ("P", "K")]

    page = upload(client, cast, absence_list(*lines))

    assert list(proposed(page).values()) == ["P"]
    assert len(page.context["refused_rows"]) == 1


def test_a_day_without_a_session_is_both_half_days(cast, client):
    rule(cast, half_days=2)
    pupil = cast.pupils["6A"][0]
    whole = ["1", "Trần Bảo An", "6A", "23/11/2026", "", "P", ""]
    afternoon = ["2", "Trần Bảo An", "6A", "24/11/2026", "Chiều", "K", ""]

    page = upload(client, cast, absence_list(whole, afternoon))

    assert proposed(page) == {
        (pupil.pk, MONDAY, "morning"): "P",
        (pupil.pk, MONDAY, "afternoon"): "P",
        (pupil.pk, TUESDAY, "afternoon"): "K",
    }


def test_a_file_never_takes_a_letter_away(cast, client):
    pupil = cast.pupils["6A"][0]
    save(cast, edit(pupil, "P"))

    page = upload(client, cast, absence_list(["1", "Lê Thị Ánh", "6A", "23/11/2026", "", "K", ""]))

    assert f'name="a-{pupil.pk}-20261123-m-1" value="P"' in page.text
    assert letters(pupil) == {(MONDAY, "morning"): "excused"}


def test_only_the_homeroom_teacher_hands_a_file_in(cast, client):
    data = absence_list(["1", "Trần Bảo An", "6A", "23/11/2026", "", "P", ""])

    assert upload(client, cast, data, by="toan").status_code == 403
    assert upload(client, cast, data, by="lan").status_code == 404


@pytest.mark.parametrize("data", [b"", b"no workbook"])
def test_another_file_is_refused_beside_the_field(cast, client, data):
    response = upload(client, cast, data)

    assert response.status_code == 422
    assert response.context["form"].errors["file"]


def test_a_month_sheet_is_read_by_its_days_and_its_totals_are_left_out():
    headings = ["STT", "Họ và tên", "1", "02", "Ngày 3", "4 sáng", "4 chiều", "Có phép", "Tổng số"]
    line = ["1", "Trần Bảo An", "P", "k", "m", "", "CP", "2", "3"]

    rows = read_absences(write_table(headings, [line], [], "T11")).rows

    assert [(row.day_number, row.half_day, row.letter) for row in rows] == [
        (1, None, "P"),
        (2, None, "K"),
        (3, None, "M"),
        (4, "afternoon", "P"),
    ]


def test_a_list_is_read_with_real_dates_and_words():
    rows = read_absences(
        absence_list(["1", "Trần Bảo An", "6A", "23/11/2026", "cả ngày", "không phép", "Không rõ"])
    ).rows

    assert [(row.day, row.half_day, row.letter, row.note) for row in rows] == [
        (date(2026, 11, 23), "", "K", "Không rõ")
    ]


def test_a_table_without_days_is_no_attendance():
    with pytest.raises(UnreadableTable) as refused:
        read_absences(write_table(["STT", "Họ và tên", "Ngày sinh"], [["1", "Trần Bảo An", ""]], [], "DS"))

    assert refused.value.code == Code.NO_HEADER
