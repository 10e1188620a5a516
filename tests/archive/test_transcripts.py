"""The transcript as a booklet: a pupil's issued years in the forms of their circulars, of that pupil alone.

4A is primary (TT 27), 6A lower secondary (TT 22); 8C stands under TT 58, and Ánh of 6A is in it too.
"""

import json
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from archive import orders
from archive.actions import request_paper
from archive.booklets import NothingIssued
from archive.models import Edition, PaperOrder
from archive.snapshots.editions import between_transcripts
from archive.store import editions
from archive.wanted import Wanted
from gradebook.models import Column, Enrolment
from tests.archive.booklets import booklet, issued, issued_year, pages_of
from tests.cast import Cast, in_english, signed_in
from tests.poppler import drawing_of, text_of
from transcripts.actions import issue_transcript, withdraw_transcript
from transcripts.models import Transcript

pytestmark = pytest.mark.one_database

__all__ = ["issued", "issued_year"]


def test_the_national_title_is_bold_as_on_every_official_paper(issued):
    edition = booklet(issued.pupils["6A"][0], issued.cuc)

    drawn = drawing_of(editions.read(edition.path))

    assert "<b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b>" in drawn
    assert "<b>Độc lập - Tự do - Hạnh phúc</b>" in drawn


@pytest.mark.duty("S0-10", "S3-46")
def test_a_lower_secondary_year_has_every_part_of_its_form(issued):
    pages = pages_of(booklet(issued.pupils["6A"][0], issued.cuc))

    cover, who, way, subjects, results, back = pages
    assert "HỌC BẠ" in cover and "TRUNG HỌC CƠ SỞ" in cover and "TRẦN BẢO AN" in cover
    assert "Họ và tên cha" in who and "Nguyễn Thị Hạnh" in who
    assert "QUÁ TRÌNH HỌC TẬP" in way and "6A Trường THCS Sông Hồng, Hà Nội" in way
    assert re.search(r"Toán 8,0 8,0 8,0 Đỗ Minh Toàn", subjects)
    assert "Trong bảng này không có chỗ nào sửa chữa." in subjects
    assert "Học kỳ I Tốt Tốt" in results and "Tổng số buổi nghỉ học cả năm: 2" in results
    assert "Được lên lớp: Lớp 7" in results and "Khen thưởng: Học sinh Giỏi" in results
    assert "Quyết định số 46/QĐ ngày 31 tháng 5 năm 2027" in results and "Vũ Hồng Mai" in results
    assert "Chưa hoàn thành cấp học" in back


def test_a_primary_year_has_levels_scores_qualities_and_competences(issued):
    pages = pages_of(booklet(issued.pupils["4A"][0], issued.cuc))

    subjects, traits = pages[3], pages[4]
    assert "TIỂU HỌC" in pages[0]
    assert re.search("Tiếng Việt Hoàn thành tốt 9", subjects)
    assert "có phép 2, không phép 0" in subjects and "Chiều cao: ………" in subjects
    assert "Yêu nước Tốt" in traits and "Giải quyết vấn đề và sáng tạo Tốt" in traits
    assert "Hoàn thành xuất sắc" in traits and "Hoàn thành chương trình lớp học" in traits


def test_a_year_under_the_former_circular_keeps_its_own_words(issued):
    pages = pages_of(booklet(issued.pupils["8C"][0], issued.cuc))

    former = [page for page in pages if "8C" in page and "ĐTB các môn học" in page]
    results = [page for page in pages if "HẠNH KIỂM VÀ HỌC LỰC" in page]
    assert len(former) == 1 and "8,0 8,0 8,0" in former[0]
    assert len(results) == 1 and "Cả năm Tốt Giỏi" in results[0]
    assert "Kết quả rèn luyện" not in results[0]


def test_a_pupils_booklet_holds_all_years_of_the_level_under_their_own_circulars(issued):
    edition = booklet(issued.pupils["6A"][1], issued.cuc)

    years = json.loads(edition.payload)["book"]["years"]
    schemes = [json.loads(year["payload"])["scheme"] for year in years]
    assert {scheme[:4] for scheme in schemes} == {"TT22", "TT58"}
    assert [Transcript.objects.get(fingerprint=year["fingerprint"]).payload for year in years] == [
        year["payload"] for year in years
    ]
    assert edition.part == "thcs" and edition.pages == 8


def test_the_subjects_of_a_year_and_the_hands_stay_on_one_page_and_names_are_whole(issued):
    student = issued.pupils["6A"][2].student
    student.rename("Công Tằng Tôn Nữ Nguyễn Hoàng Phương Thảo Quỳnh Anh")
    student.save_by(issued.hanh)
    _long_comments(issued, issued.pupils["6A"][2])
    issue_transcript(enrolment=issued.pupils["6A"][2], by=issued.hanh)

    edition = booklet(issued.pupils["6A"][2], issued.cuc)

    pages = pages_of(edition)
    assert len(pages) == 6
    assert all("Học sinh Công Tằng Tôn Nữ Nguyễn Hoàng Phương Thảo Quỳnh Anh" in page for page in pages)
    name = ["CÔNG", "TẰNG", "TÔN", "NỮ", "NGUYỄN", "HOÀNG", "PHƯƠNG", "THẢO", "QUỲNH", "ANH"]
    assert all(set(name) <= set(pages[place].split()) for place in (0, 1, 3, 4))
    assert "địa phương" in pages[3] and "HIỆU TRƯỞNG" in pages[3]
    assert not words_outside(edition)


def _long_comments(cast: Cast, pupil: Enrolment) -> None:
    from gradebook.actions.marks import Edit, save_marks

    text = (
        "Nắm vững kiến thức, trình bày rõ ràng, cần mạnh dạn phát biểu xây dựng bài và giúp đỡ bạn nhiều hơn."
    )
    cast.execute("open", "CN", cast.classes["6A"])
    for column in Column.objects.filter(
        course__school_class=cast.classes["6A"], kind="comment", period__code="CN"
    ).select_related("course__school_class__year", "course__subject"):
        by = cast.mai if column.course.kind == "homeroom" else cast.toan
        outcome = save_marks(
            course=column.course, edits=[Edit(pupil.pk, column.pk, text, 0)], by=by, origin="page"
        )
        assert outcome.saved


def words_outside(edition: Edition) -> list[str]:
    """Words that stand nearer than 5 mm to an edge of the paper: 210 × 297 mm are 595 × 842 points."""
    boxes = text_of(editions.read(edition.path), "-bbox")
    found = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<', boxes)
    near = 5 / 25.4 * 72
    return [
        word
        for left, top, right, bottom, word in found
        if float(left) < near or float(top) < near or float(right) > 595 - near or float(bottom) > 842 - near
    ]


def test_a_withdrawn_year_is_printed_no_more_and_what_was_printed_stays(issued):
    pupil = issued.pupils["6A"][1]
    first = booklet(pupil, issued.cuc)
    withdrawn = Transcript.objects.get(enrolment=pupil)
    withdraw_transcript(transcript=withdrawn, reason="Cấp nhầm", by=issued.hanh)

    second = booklet(pupil, issued.cuc)

    assert (second.number, second.previous_id, first.newer) == (2, first.pk, second)
    assert (first.pages, second.pages) == (8, 6)
    assert withdrawn.fingerprint in Edition.objects.get(pk=first.pk).payload
    assert withdrawn.fingerprint not in second.payload


def test_the_page_of_a_transcript_says_what_differs_from_the_edition_before(issued):
    pupil = issued.pupils["6A"][1]
    first = booklet(pupil, issued.cuc)
    withdraw_transcript(transcript=Transcript.objects.get(enrolment=pupil), reason="Cấp nhầm", by=issued.hanh)
    second = booklet(pupil, issued.cuc)

    said = in_english(issued.cuc).get(f"/archive/editions/{second.pk}/").text

    assert f"{pupil.student.full_name}, Học bạ, năm học 2026-2027: đã cấp → (trống)" in said
    assert "Other than in" not in in_english(issued.cuc).get(f"/archive/editions/{first.pk}/").text


def test_a_mark_that_differs_in_a_transcript_is_told_in_the_words_of_the_class_book(issued):
    text = booklet(issued.pupils["6A"][0], issued.cuc).payload
    old = json.loads(text)["book"]
    year = json.loads(old["years"][0]["payload"])
    course = next(each for each in year["book"]["courses"] if each["subject"] == "Toán")
    course["rows"][0]["cells"][0] = "6,5"
    new = {**old, "years": [{**old["years"][0], "payload": json.dumps(year)}]}

    [difference] = between_transcripts(old, new)

    assert difference.sentence == "Trần Bảo An, Toán, ĐĐGtx 1, học kỳ I: 8 → 6,5"


def test_who_has_no_issued_year_has_nothing_to_print(issued):
    pupil = issued.pupils["6B"][0]

    with pytest.raises(NothingIssued):
        request_paper(wanted=Wanted("transcript", pupil.school_class, student=pupil.student), by=issued.cuc)
    page = in_english(issued.cuc).post(f"/archive/pupils/{pupil.pk}/transcripts/request/", follow=True)

    assert "there is nothing to print" in page.text


def test_a_whole_class_is_printed_pupil_by_pupil_and_nobody_else(issued):
    school_class = issued.classes["6A"]
    withdraw_transcript(
        transcript=Transcript.objects.get(enrolment=issued.pupils["6A"][4]), reason="Nhầm", by=issued.hanh
    )

    page = in_english(issued.mai).post(
        f"/archive/classes/{school_class.pk}/transcripts/request/", follow=True
    )
    made = list(orders.carry_out(PaperOrder.objects.get().pk))

    assert "4 transcripts ordered" in page.text and "Of 1 pupil no year is issued yet" in page.text
    asked = [pupil.student_id for pupil in issued.pupils["6A"][:4]]
    assert [Edition.objects.get(pk=pk).student_id for pk in made] == asked
    for pk in made:
        edition = Edition.objects.get(pk=pk)
        others = [p.student.full_name for p in issued.pupils["6A"] if p.student_id != edition.student_id]
        assert not [name for name in others if name in edition.payload]


def test_the_desk_lists_printed_transcripts_class_by_class_and_a_level_is_no_period(issued):
    edition, _other = (booklet(issued.pupils["6A"][place], issued.cuc) for place in (0, 1))

    desk = in_english(issued.cuc).get("/papers/").text

    assert f'href="/archive/classes/{issued.classes["6A"].pk}/transcripts/signatures/"' in desk
    assert "2 pupils" in desk and f"/archive/editions/{edition.pk}/" not in desk
    public = in_english().get(f"/verify/{edition.code}/").text
    assert "Level of school" in public and "Period" not in public


def test_the_file_is_named_by_the_ministrys_number_and_not_by_the_pupil(issued):
    edition = booklet(issued.pupils["6A"][0], issued.cuc)

    assert edition.file_name == "hoc-ba-0000000000-thcs-ban-1.pdf"


def test_the_public_page_says_that_it_counts_and_nothing_of_the_pupil(issued):
    edition = booklet(issued.pupils["6A"][0], issued.cuc)

    page = in_english().get(f"/verify/{edition.code}/").text

    assert "the current edition" in page and "Trần Bảo An" not in page and "0000000000" not in page


def test_who_checks_a_transcript_against_another_paper_reads_no_name_either(issued):
    edition = booklet(issued.pupils["6A"][0], issued.cuc)
    other = booklet(issued.pupils["6A"][1], issued.cuc)
    file = SimpleUploadedFile("hb.pdf", editions.read(edition.path))

    page = in_english().post(f"/verify/{other.code}/file/", {"file": file}).text

    assert f"/verify/{edition.code}/" in page and "Transcript 6A" in page and "Trần Bảo An" not in page


def test_of_a_pupil_who_left_the_clerk_still_prints_a_copy(issued, client):
    pupil = Enrolment.objects.get(pk=issued.pupils["6A"][0].pk)
    pupil.status, pupil.until = Enrolment.Status.LEFT, issued.year.ends_on
    pupil.save_by(issued.cuc)

    answer = signed_in(client, issued.cuc).post(f"/archive/pupils/{pupil.pk}/transcripts/request/")

    assert answer.status_code == 303
    assert Edition.objects.filter(student=pupil.student, kind="transcript").count() == 1


def test_a_teacher_of_one_subject_prints_no_transcript(issued, client):
    pupil = issued.pupils["6A"][0]

    with pytest.raises(PermissionDenied):
        request_paper(wanted=Wanted("transcript", pupil.school_class, student=pupil.student), by=issued.toan)
    answer = signed_in(client, issued.toan).post(f"/archive/pupils/{pupil.pk}/transcripts/request/")
    assert answer.status_code == 404
