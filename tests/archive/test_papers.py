"""The papers beside the class book: what stands on them, and that none ever changes."""

import json
import re
from io import BytesIO

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from archive import changes, paper_payloads, rendering
from archive.actions import request_paper
from archive.roll_layout import MONTHS
from archive.store import editions
from archive.wanted import Kind, Wanted
from gradebook import printing
from gradebook.models import CheckPrint
from tests import poppler
from tests.archive.conftest import enter_mark
from tests.archive.papers import check_sheet, make, sizes_of, text_of
from tests.cast import enrol, signed_in

pytestmark = pytest.mark.one_database


@pytest.mark.duty("S1-69")
def test_a_check_sheet_holds_the_columns_of_the_period_and_room_for_the_hands(cast):
    enter_mark(cast, "8,5")

    edition = make(check_sheet(cast, signatures=True), cast.toan)

    text = text_of(edition)
    assert "PHIẾU ĐỐI CHIẾU ĐIỂM – TOÁN – GIỮA HỌC KỲ I" in text.upper()
    assert re.search(r"1 +Trần Bảo An +8,5", text)
    assert "ĐĐGtx" in text and "ĐĐGgk" in text and "ĐĐGck" not in text
    assert "Trong bảng này có sửa chữa ở ………… chỗ." in text
    assert "Học sinh ký" in text and "Trang 1/1" in text and f"Bản in số 1 · {edition.code}" in text


def test_without_pupils_signatures_there_is_no_column_for_them(cast):
    assert "Học sinh ký" not in text_of(make(check_sheet(cast), cast.toan))


@pytest.mark.duty("S1-71")
def test_what_was_corrected_stands_struck_beside_the_new_value(cast, monkeypatch):
    enter_mark(cast, "8,5")
    change = {
        "subject": "Toán",
        "number": 1,
        "column": {
            "period": "GK1",
            "kind": "regular",
            "ordinal": 1,
            "semester": 1,
            "strand": "",
            "trait": "",
        },
        "old": "3",
        "new": "8,5",
    }
    monkeypatch.setattr(changes, "executed", lambda school_class: [change])

    edition = make(check_sheet(cast), cast.toan)

    assert re.search(r"1 +Trần Bảo An +3 8,5", text_of(edition))
    assert "Đã sửa trong sổ điện tử sau khi khóa: 1 chỗ" in " ".join(text_of(edition, "-raw").split())


@pytest.mark.duty("S0-54", "S3-31", "S3-67")
def test_a_teachers_own_book_holds_every_course_of_the_semester_and_no_other(cast):
    enter_mark(cast, "8,5")

    edition = make(Wanted(Kind.TEACHER_BOOK, teacher=cast.toan, year=cast.year, period="1"), cast.toan)

    text = text_of(edition)
    assert "Đỗ Minh Toàn" in text and "6A" in text and "6B" not in text
    assert re.search(r"1 +Trần Bảo An +8,5", text)
    assert "HỌC KỲ I" in text.upper() and "HỌC KỲ II" not in text.upper()
    assert edition.file_name == "so-giao-vien-toan-hk1-2026-2027-ban-1.pdf"


@pytest.mark.duty("S3-22")
def test_a_blank_book_has_the_names_and_no_mark(cast):
    enter_mark(cast, "8,5")

    text = text_of(make(Wanted(Kind.BLANK_BOOK, cast.classes["6A"]), cast.mai))

    assert "SỔ TRẮNG" in text and "Trần Bảo An" in text
    assert "8,5" not in text
    assert "Được lên lớp: ……" in text
    assert "THEO DÕI NGHỈ HỌC – THÁNG 9" in text.upper()


def test_every_page_of_a_blank_book_for_45_pupils_says_what_it_is(cast):
    enrol(cast, "6A", 40)

    pages = text_of(make(Wanted(Kind.BLANK_BOOK, cast.classes["6A"]), cast.mai)).upper().split("\f")

    lists = [page for page in pages if "NƠI SINH" in page]
    assert len(lists) > 1 and all("SƠ YẾU LÝ LỊCH HỌC SINH" in page for page in lists)
    assert ["(TIẾP THEO)" in page for page in lists] == [False, *[True] * (len(lists) - 1)]
    months = [page for page in pages if "KHÔNG PHÉP" in page]
    assert [re.findall(r"NGHỈ HỌC – THÁNG (\d+)", page) for page in months] == [[str(m)] for m in MONTHS]


def test_every_sheet_of_a_years_summary_names_the_school(cast):
    summary = Wanted(Kind.CLASS_SUMMARY, cast.classes["6A"], period="CN")

    pages = text_of(make(summary, cast.mai)).upper().rstrip("\f").split("\f")

    assert "XẾP LOẠI CẢ NĂM" in pages[-1]
    assert ["TRƯỜNG THCS SÔNG HỒNG" in page for page in pages] == [True] * len(pages)


@pytest.mark.duty("S4-15")
def test_a_class_summary_is_one_semester_of_the_class(cast):
    text = text_of(make(Wanted(Kind.CLASS_SUMMARY, cast.classes["6A"], period="CK1"), cast.mai)).upper()

    assert "TỔNG HỢP KẾT QUẢ HỌC KỲ I" in text and "CẢ NĂM HỌC" not in text
    assert "TRƯỜNG THCS SÔNG HỒNG" in text and "HIỆU TRƯỞNG" in text


@pytest.mark.duty("S3-21")
def test_a_term_sheet_is_one_page_of_one_pupil_alone(cast):
    enter_mark(cast, "8,5")

    edition = make(Wanted(Kind.TERM_SHEETS, cast.classes["6A"], period="GK1"), cast.mai)

    pages = text_of(edition).rstrip("\f").split("\f")
    names = [enrolment.student.full_name for enrolment in cast.pupils["6A"]]
    assert [[name for name in names if name in page] for page in pages] == [[name] for name in names]
    assert "8,5" in pages[0] and not any("8,5" in page for page in pages[1:])
    assert not re.search(r"hạng|thứ \d|trung bình lớp", " ".join(pages), re.IGNORECASE)


def test_one_pupils_sheet_is_the_page_of_the_issued_edition_and_holds_nothing_of_others(cast, client):
    edition = make(Wanted(Kind.TERM_SHEETS, cast.classes["6A"], period="GK1"), cast.mai)
    names = [enrolment.student.full_name for enrolment in cast.pupils["6A"]]
    url = f"/archive/editions/{edition.pk}/pupils/{cast.pupils['6A'][1].number}/"
    assert url in signed_in(client, cast.mai).get(f"/archive/editions/{edition.pk}/").text

    response = client.get(url)

    text = poppler.text_of(response.content, "-layout")
    assert [name for name in names if name in text] == [names[1]]
    assert edition.code in text
    assert not printing.attachments(response.content)
    with (
        pikepdf.open(BytesIO(response.content)) as single,
        pikepdf.open(editions.locate(edition.path)) as whole,
    ):
        assert len(single.pages) == 1 and len(whole.pages) == len(names)
        assert len(single.pages[0].Resources.XObject) == 1
    event = AuditEvent.objects.filter(verb="archive.edition.downloaded").latest("at")
    assert (event.actor_id, event.particulars["pupil"]) == (cast.mai.pk, cast.pupils["6A"][1].number)


def test_a_large_class_with_wide_tables_is_printed_on_a3(cast):
    enrol(cast, "6A", 40)
    small = make(Wanted(Kind.CLASS_SUMMARY, cast.classes["6B"], period="CK1"), cast.cuc)
    large = make(Wanted(Kind.CLASS_SUMMARY, cast.classes["6A"], period="CK1"), cast.cuc)

    assert sizes_of(small) == {"841.89 x 595.276"}
    assert sizes_of(large) == {"1190.55 x 841.89"}
    assert "Nguyễn Hoàng 45" not in text_of(small)


def test_every_paper_has_numbers_of_its_own_and_a_change_makes_the_next_edition(cast):
    first = make(check_sheet(cast), cast.toan)
    book = make(Wanted(Kind.CLASS_BOOK, cast.classes["6A"]), cast.cuc)
    enter_mark(cast, "8,5")
    second = make(check_sheet(cast), cast.toan)

    assert (first.number, book.number, second.number) == (1, 1, 2)
    assert second.previous == first and first.newer == second
    assert json.loads(second.payload)["format"] == "check-sheet"
    assert second.content != first.content


def test_freezing_takes_the_same_queries_for_45_pupils(cast):

    own = Wanted(Kind.TEACHER_BOOK, teacher=cast.toan, year=cast.year, period="1")
    papers = [check_sheet(cast), own]

    def queries(wanted: Wanted) -> int:
        with CaptureQueriesContext(connection) as captured:
            paper_payloads.freeze(wanted)
        return len(captured)

    few = [queries(wanted) for wanted in papers]
    enrol(cast, "6A", 40)
    assert [queries(wanted) for wanted in papers] == few


@pytest.mark.duty("S1-77")
def test_the_book_knows_when_a_sheet_was_printed_for_checking(cast):
    course = cast.maths["6A"]

    waiting = request_paper(wanted=check_sheet(cast), by=cast.toan)
    assert not CheckPrint.objects.exists()
    rendering.render(waiting.pk)
    make(Wanted(Kind.CHECK_SHEET, cast.classes["6B"], period="CK1"), cast.cuc)

    found = [(row.course, row.period.code, row.printed_by) for row in CheckPrint.objects.all()]
    assert found == [(course, "GK1", cast.toan), (cast.maths["6B"], "CK1", cast.cuc)]
