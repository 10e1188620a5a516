"""S1, an upper-secondary school of 2022.

Its corrections are confirmed by the head, decided by the vice-principal for teaching, and for an oral mark signed by
two pupils; the last day is a week before the term examination, or three days after the check print (Article 11).
"""

import json
import re
from datetime import date

import pytest

from accounts.models import Seal
from accounts.seals import checking
from archive.models import Edition
from archive.store import editions
from archive.wanted import Kind, Wanted
from corrections.models import CorrectionRequest, Presence
from tests.gradebook.windows.clock import Clock
from tests.poppler import drawing_of, words_of
from tests.regulations.school import TEST_PAPER, School, hour, picked, proves_itself, unpacked

EXAMS = date(2026, 12, 21), date(2026, 12, 26)

pytestmark = pytest.mark.one_database


def ruled(clock: Clock) -> School:
    """Dũng heads Toàn's department; the book is to open and to lock by the plan."""
    school = School.founded(clock, grade=10, code="S1")
    school.put_in_charge("dung")
    school.exams("CK1", *EXAMS)
    school.order("open", "GK1", effective_at=picked(hour(9, 14)))
    school.order("lock", "GK1", effective_at=picked(hour(11, 9, 17)))
    return school


def locked(school: School) -> None:
    """An has 8 for an answer, and the hour of the plan has come."""
    school.go(hour(10, 5))
    school.enter("8", "regular", "GK1")
    school.go(hour(11, 9, 17))


def corrected(school: School) -> None:
    """A book was issued before; on the last of November the mark became 9, as Article 11.2 says."""
    school.book()
    school.go(hour(11, 30))
    correction = school.ask("9", "regular", "GK1")
    school.do("dung", "endorse", correction, note="Đúng như bài kiểm tra")
    school.do("vinh", "approve", correction)
    school.do("khoa", "execute", correction)


def examined(school: School) -> None:
    """The term examination is over and its marks stand behind the lock."""
    school.go(hour(12, 28))
    school.opened("CK1")
    school.enter("7", "final", "CK1")
    school.locked("CK1")


CHAPTERS = (ruled, locked, corrected, examined)


@pytest.mark.duty("S1-68")
def test_only_the_teacher_enters_marks_and_only_from_the_first_to_the_last_hour_of_the_plan(after):
    school = after(ruled)
    assert school.enter("8", "regular", "GK1") == "locked"

    school.go(hour(9, 14))
    assert school.enter("8", "regular", "GK1") == "saved"
    assert {school.enter("9", "regular", "GK1", by=other) for other in ("lan", "khoa", "vinh")} <= {
        "403",
        "404",
    }

    school.go(hour(11, 9, 17))
    assert school.enter("9", "regular", "GK1") == "locked"
    assert school.mark("regular", "GK1").score == 8


@pytest.mark.duty("S1-69")
def test_before_the_examination_the_office_prints_the_columns_for_the_teacher_to_check(after):
    school = after(locked)

    sheet = school.issued(check_sheet(school, "GK1"))

    text = words_of(editions.read(sheet.path), "-layout")
    assert "PHIẾU ĐỐI CHIẾU ĐIỂM" in text
    assert re.search(r"Trần Bảo An +8", text)
    assert school.as_("toan").get(f"/archive/editions/{sheet.pk}/").status_code == 200


def check_sheet(school: School, period: str) -> Wanted:
    return Wanted(Kind.CHECK_SHEET, school.course.school_class, school.course, period=period)


@pytest.mark.duty("S1-70", "S1-74")
def test_the_head_confirms_the_vice_principal_signs_and_the_office_carries_it_out(after):
    school = after(locked)
    correction = school.ask("9", "regular", "GK1")

    assert {school.do(leader, "approve", correction) for leader in ("vinh", "hanh")} == {403}
    assert school.do("mai", "endorse", correction) in (403, 404)
    assert school.do("dung", "endorse", correction) == 303
    assert school.do("khoa", "execute", correction) == 409
    assert school.do("vinh", "approve", correction) == 303
    assert school.do("vinh", "execute", correction) == 403
    assert school.mark("regular", "GK1").score == 8
    assert school.do("khoa", "execute", correction) == 303

    assert school.mark("regular", "GK1").score == 9
    assert school.steps(correction) == [
        "Request: Đỗ Minh Toàn",
        "Confirmation: Hoàng Tiến Dũng",
        "Decision: Lê Quang Vinh",
        "Execution: Trần Đăng Khoa",
    ]
    assert school.enter("10", "regular", "GK1") == "locked"


@pytest.mark.duty("S1-70")
def test_what_the_head_does_not_confirm_goes_no_further(after):
    school = after(locked)
    correction = school.ask("9", "regular", "GK1")

    school.do("dung", "decline", correction, note="Bài kiểm tra ghi 8")

    assert school.do("vinh", "approve", correction) in (403, 409)
    assert school.do("khoa", "execute", correction) == 409
    assert school.mark("regular", "GK1").score == 8


@pytest.mark.duty("S1-71")
def test_the_sheet_of_the_dossier_has_the_new_mark_in_red_beside_the_old_and_the_teacher_s_name(after):
    school = after(corrected)

    drawn = drawing_of(school.paper(CorrectionRequest.objects.get(), "form"))

    colours = dict(re.findall(r'<fontspec id="(\d+)"[^>]*color="(#\w+)"', drawn))
    old, new = re.search(r'font="(\d+)">8</text>', drawn), re.search(r'font="(\d+)"><b>9</b>', drawn)
    assert old and new
    assert colours[new[1]] == "#b00000" != colours[old[1]]
    assert "Đỗ Minh Toàn" in drawn


@pytest.mark.duty("S1-73")
def test_for_an_oral_mark_the_pupil_and_a_classmate_sign_instead_of_a_test_paper(after):
    school = after(locked)
    correction = school.ask("9", "regular", "GK1", is_oral="on")
    school.do("dung", "endorse", correction)
    school.do("vinh", "approve", correction)
    an, anh, _binh = school.pupils

    assert school.do("khoa", "execute", correction) == 422
    assert school.do("khoa", "execute", correction, **{f"classmate-{an.pk}": an.pk}, signed="on") == 422
    assert school.do("khoa", "execute", correction, **{f"classmate-{an.pk}": anh.pk}, signed="on") == 303

    signed = Presence.objects.filter(way="paper").values_list("part", "name")
    assert set(signed) == {("pupil", "Trần Bảo An"), ("classmate", "Lê Thị Ánh")}
    minutes = words_of(school.paper(correction, "minutes"))
    assert "Học sinh cùng lớp làm chứng cho Trần Bảo An: Lê Thị Ánh" in minutes


@pytest.mark.duty("S1-72", "S1-75")
def test_both_papers_can_be_compared_long_afterwards_and_are_the_ones_handed_in(after):
    school = after(corrected)
    correction = CorrectionRequest.objects.get()
    sheet = school.paper(correction, "form", reader="vinh")

    school.go(hour(5, 31))

    assert school.paper(correction, "form", reader="vinh") == sheet
    assert school.evidence(correction, reader="vinh") == TEST_PAPER


@pytest.mark.duty("S1-76")
@pytest.mark.parametrize(("day", "status"), [(14, 303), (15, 403)])
def test_a_week_before_the_examination_is_the_last_day(after, day, status):
    school = after(locked)
    school.go(hour(12, day, 16))
    correction = school.ask("9", "regular", "GK1")
    school.do("dung", "endorse", correction)

    assert correction.due_on == date(2026, 12, 14)
    assert school.do("vinh", "approve", correction) == status
    if status == 403:
        assert school.do("hanh", "approve", correction) == 422
        assert school.do("hanh", "approve", correction, late_reason="Phụ huynh vừa báo") == 303


@pytest.mark.duty("S1-77")
@pytest.mark.parametrize(("month", "day", "status"), [(1, 1, 303), (1, 2, 403)])
def test_a_re_marked_examination_is_agreed_with_the_head_within_three_days_of_the_print(
    after, month, day, status
):
    school = after(examined)
    school.go(hour(12, 29))
    school.issued(check_sheet(school, "CK1"))
    school.go(hour(month, day))

    correction = school.ask("8,5", "final", "CK1", kind="remarking", reason="Phúc khảo")

    assert school.do("vinh", "approve", correction) == 403
    assert school.do("dung", "endorse", correction) == 303
    assert school.do("vinh", "approve", correction) == status


@pytest.mark.duty("S1-85")
def test_the_tracking_book_tells_it_in_order_and_the_vice_principal_prints_it(after):
    school = after(corrected)

    told = "\n".join(school.journal(reader="vinh"))

    places = [
        told.index(words)
        for words in (
            "Nguyễn Thị Hạnh ordered books opened or locked: 2",
            "The schedule carried out order 2",
            "The schedule carried out order 3",
            "Đỗ Minh Toàn handed in correction request 1/2026-2027",
            "Hoàng Tiến Dũng confirmed correction request 1/2026-2027",
            "Lê Quang Vinh approved correction request 1/2026-2027",
            "Trần Đăng Khoa carried out correction request 1/2026-2027",
        )
    ]
    assert places == sorted(places)
    printed = words_of(school.as_("vinh").get("/operations.pdf").content)
    assert "1/2026-2027" in printed and "Hoàng Tiến Dũng" in printed
    assert school.as_("toan").get("/operations/").status_code == 403


@pytest.mark.duty("S1-86", "S1-87")
def test_the_book_from_before_and_the_book_from_after_both_stay(after):
    school = after(corrected)
    before = Edition.objects.get()
    kept = editions.locate(before.path).read_bytes()

    later = school.book()

    assert [(edition.number, first_mark(edition)) for edition in (before, later)] == [(1, "8"), (2, "9")]
    assert editions.locate(before.path).read_bytes() == kept
    assert before.path != later.path


def first_mark(edition) -> str:
    [maths] = json.loads(edition.payload)["book"]["courses"]
    return maths["rows"][0]["cells"][0]


@pytest.mark.duty("S1-87")
def test_the_old_mark_is_under_the_seal_of_the_correction_and_in_the_pack_of_its_evidence(after, tmp_path):
    school = after(corrected)

    seal = Seal.objects.get(reason=Seal.Reason.CORRECTION)
    assert seal.said["reference"] == "1/2026-2027"
    assert checking.check_history().faults == 0
    folder = unpacked(school.pack(reference="1/2026-2027"), tmp_path)
    assert proves_itself(folder)
    rows = [json.loads(line) for line in (folder / "history.jsonl").read_text().splitlines()]
    marks = [row["row"]["score"] for row in rows if row["table"] == "gradebook_historicalmark"]
    assert marks == ["8", "9"]
