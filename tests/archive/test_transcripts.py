"""The transcript as a booklet: a pupil's issued years in the forms of their circulars, of that pupil alone.

4A is primary (TT 27), 6A lower secondary (TT 22); 8C stands under TT 58, and Ánh of 6A is in it too.
"""

import hashlib
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from accounts.models import AuditEvent
from archive import orders, rendering
from archive.actions import request_paper
from archive.booklets import NothingIssued
from archive.handing_over import hand_over
from archive.models import Edition, PaperOrder
from archive.store import editions
from archive.wanted import Wanted
from gradebook.actions.teaching import appoint_homeroom_teacher, open_class
from gradebook.models import Column, Enrolment
from tests.cast import FIRST_DAY, Cast, build, signed_in
from tests.gradebook.results.school_year import (
    decide_all,
    live,
    primary_class,
    propose_all,
    teach_everything,
)
from tests.scene import picture
from transcripts.actions import issue_class, issue_transcript, withdraw_transcript
from transcripts.models import Certificate, ReceivedTranscript, Transcript


@pytest.fixture(scope="module")
def issued_year(django_db_setup, django_db_blocker) -> Iterator[Cast]:
    with django_db_blocker.unblock(), transaction.atomic():
        cast = build()
        teach_everything(cast, cast.classes["6A"], cast.toan)
        primary_class(cast)
        _former_class(cast)
        for name, number in (("6A", "46/QĐ"), ("4A", "44/QĐ"), ("8C", "48/QĐ")):
            live(cast, name)
            propose_all(cast, name)
            decide_all(cast, name, number=number)
            issue_class(school_class=cast.classes[name], by=cast.hanh)
        yield cast
        transaction.set_rollback(True)


def _former_class(cast: Cast) -> None:
    former = open_class(year=cast.year, name="8C", grade=8, by=cast.hanh, scheme="TT58-2020")
    appoint_homeroom_teacher(school_class=former, teacher=cast.dung, since=FIRST_DAY, by=cast.hanh)
    teach_everything(cast, former, cast.toan)
    place = Enrolment(student=cast.pupils["6A"][1].student, school_class=former, number=1, since=FIRST_DAY)
    place.save_by(cast.hanh)
    cast.classes["8C"], cast.pupils["8C"] = former, [place]


@pytest.fixture
def issued(issued_year: Cast, db: None) -> Cast:
    return issued_year


def booklet(pupil: Enrolment, by) -> Edition:
    edition = request_paper(wanted=Wanted("transcript", pupil.school_class, student=pupil.student), by=by)
    rendering.render(edition.pk)
    return Edition.objects.get(pk=edition.pk)


def run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def pages_of(edition: Edition) -> list[str]:
    text = run("pdftotext", "-layout", str(editions.locate(edition.path)), "-")
    return [" ".join(page.split()) for page in text.rstrip("\f").split("\f")]


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
    boxes = run("pdftotext", "-bbox", str(editions.locate(edition.path)), "-")
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


def test_who_has_no_issued_year_has_nothing_to_print(issued, client):
    client.cookies["portal_language"] = "en"
    pupil = issued.pupils["6B"][0]

    with pytest.raises(NothingIssued):
        request_paper(wanted=Wanted("transcript", pupil.school_class, student=pupil.student), by=issued.cuc)
    page = signed_in(client, issued.cuc).post(f"/archive/pupils/{pupil.pk}/transcripts/request/", follow=True)

    assert "there is nothing to print" in page.text


def test_a_whole_class_is_printed_pupil_by_pupil_and_nobody_else(issued, client):
    client.cookies["portal_language"] = "en"
    school_class = issued.classes["6A"]
    withdraw_transcript(
        transcript=Transcript.objects.get(enrolment=issued.pupils["6A"][4]), reason="Nhầm", by=issued.hanh
    )

    page = signed_in(client, issued.mai).post(
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


def test_the_file_is_named_by_the_ministrys_number_and_not_by_the_pupil(issued):
    edition = booklet(issued.pupils["6A"][0], issued.cuc)

    assert edition.file_name == "hoc-ba-0000000000-thcs-ban-1.pdf"


def test_the_public_page_says_that_it_counts_and_nothing_of_the_pupil(issued, client):
    edition = booklet(issued.pupils["6A"][0], issued.cuc)
    client.cookies["portal_language"] = "en"

    page = client.get(f"/verify/{edition.code}/").text

    assert "the current edition" in page and "Trần Bảo An" not in page and "0000000000" not in page


@pytest.mark.duty("S0-28")
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


@pytest.mark.duty("S0-28")
def test_the_file_for_the_next_school_holds_the_booklet_its_data_and_the_hashes_of_both(
    issued, client, tmp_path
):
    pupil = issued.pupils["6A"][0]
    edition = booklet(pupil, issued.cuc)

    answer = signed_in(client, issued.cuc).post(f"/archive/pupils/{pupil.pk}/transcripts/hand-over/")

    (tmp_path / "hb.zip").write_bytes(answer.content)
    zipfile.ZipFile(tmp_path / "hb.zip").extractall(tmp_path)
    folder = tmp_path / "hoc-ba-0000000000-thcs-ban-1"
    checked = subprocess.run(
        ["sha256sum", "-c", "manifest-sha256.txt"], cwd=folder, capture_output=True, text=True
    )
    assert checked.returncode == 0 and checked.stdout.count("OK") == 3
    assert (folder / "hoc-ba.json").read_text() == edition.payload
    assert hashlib.sha256((folder / "hoc-ba.json").read_bytes()).hexdigest() == edition.fingerprint
    assert edition.fingerprint in (folder / "DOC-TRUOC.txt").read_text()
    event = AuditEvent.objects.get(verb="archive.transcript.handed_over")
    assert event.particulars["sha256"] == hashlib.sha256(answer.content).hexdigest()


def test_an_edition_that_says_less_than_the_records_is_not_handed_over(issued, client):
    pupil = issued.pupils["6A"][1]
    booklet(pupil, issued.cuc)
    withdraw_transcript(transcript=Transcript.objects.get(enrolment=pupil), reason="Nhầm", by=issued.hanh)
    client.cookies["portal_language"] = "en"

    page = signed_in(client, issued.cuc).post(
        f"/archive/pupils/{pupil.pk}/transcripts/hand-over/", follow=True
    )

    assert "Print the transcript again" in page.text


def packed(cast: Cast, pupil: Enrolment, change=None) -> SimpleUploadedFile:
    """The file of a pupil as the other school would send it, perhaps with its data changed and listed anew."""
    booklet(pupil, cast.cuc)
    content = hand_over(pupil=pupil, by=cast.cuc).content
    if change is None:
        return SimpleUploadedFile("hoc-ba.zip", content)
    source, target = zipfile.ZipFile(BytesIO(content)), BytesIO()
    members = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(target, "w") as written:
        for name, data in change(members).items():
            written.writestr(name, data)
    return SimpleUploadedFile("hoc-ba.zip", target.getvalue())


def receive(client, cast: Cast, pupil: Enrolment, file: SimpleUploadedFile, **texts: str):
    client.cookies["portal_language"] = "en"
    path = f"/transcripts/{pupil.pk}/receive/"
    return signed_in(client, cast.cuc).post(path, {"file": file, **texts}, follow=True)


def test_a_transcript_of_another_school_is_verified_and_its_years_printed_with_ours(issued, client):
    pupil = issued.pupils["6A"][0]
    brought = packed(issued, pupil)
    own = Transcript.objects.get(enrolment=pupil)
    withdraw_transcript(transcript=own, reason="Nay là năm của trường khác", by=issued.hanh)

    page = receive(client, issued, pupil, brought).text
    edition = booklet(pupil, issued.cuc)

    assert "data verified" in page and "2026-2027" in page and "8,0" in page
    [year] = json.loads(edition.payload)["book"]["years"]
    assert (year["payload"], year["fingerprint"]) == (own.payload, own.fingerprint)
    assert "Kết quả nhận từ Trường THCS Sông Hồng" in pages_of(edition)[3]


def test_the_pdf_of_another_school_brings_its_data_with_it(issued, client):
    pupil = issued.pupils["6A"][0]
    content = editions.locate(booklet(pupil, issued.cuc).path).read_bytes()

    page = receive(
        client,
        issued,
        pupil,
        SimpleUploadedFile("hb.pdf", content),
        from_school="Trường khác",
        years="2026-2027",
    )

    assert "data verified" in page.text
    assert ReceivedTranscript.objects.get().from_school == "Trường THCS Sông Hồng"


def test_a_year_that_comes_back_is_printed_once(issued, client):
    pupil = issued.pupils["6A"][0]
    receive(client, issued, pupil, packed(issued, pupil))

    assert len(json.loads(booklet(pupil, issued.cuc).payload)["book"]["years"]) == 1


def _other_mark(members):
    """Somebody improves a mark and writes the list of hashes anew."""
    name = next(name for name in members if name.endswith("hoc-ba.json"))
    listing = next(name for name in members if name.endswith("manifest-sha256.txt"))
    before = hashlib.sha256(members[name]).hexdigest()
    changed = members[name].replace(b'\\"8,0\\"', b'\\"9,9\\"')
    assert changed != members[name]
    after = hashlib.sha256(changed).hexdigest()
    return {**members, name: changed, listing: members[listing].replace(before.encode(), after.encode())}


def _other_byte(members):
    name = next(name for name in members if name.endswith(".txt") and "DOC" in name)
    return {**members, name: members[name] + b" "}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_other_mark, "its hash differs"),
        (_other_byte, "not the one of its list of hashes"),
        (lambda members: {"a.txt": b"x"}, "not a transcript file of this kind"),
    ],
)
def test_a_file_that_was_changed_is_refused_and_nothing_is_kept(issued, client, change, why):
    pupil = issued.pupils["6A"][0]

    page = receive(client, issued, pupil, packed(issued, pupil, change))

    assert page.status_code == 422 and why in page.text
    assert not ReceivedTranscript.objects.exists()


def test_another_pupils_file_and_the_same_file_twice_are_refused(issued, client):
    an, anh = issued.pupils["6A"][:2]
    brought = packed(issued, an)
    content = brought.read()

    other = receive(client, issued, anh, SimpleUploadedFile("hb.zip", content))
    receive(client, issued, an, SimpleUploadedFile("hb.zip", content))
    again = receive(client, issued, an, SimpleUploadedFile("hb.zip", content))

    assert "another pupil" in other.text and "received before" in again.text
    assert ReceivedTranscript.objects.count() == 1


def test_a_scan_says_its_school_and_years_and_the_booklet_lists_it_until_it_is_taken_out(issued, client):
    pupil = issued.pupils["6A"][0]
    silent = receive(client, issued, pupil, SimpleUploadedFile("hb.png", picture(), "image/png"))
    page = receive(
        client,
        issued,
        pupil,
        SimpleUploadedFile("hb.png", picture(), "image/png"),
        from_school="Trường THCS Suối Mơ",
        years="2025-2026",
    )
    received = ReceivedTranscript.objects.get()

    file = client.get(f"/transcripts/received/{received.pk}/file/")
    with_scan = pages_of(booklet(pupil, issued.cuc))
    client.post(f"/transcripts/received/{received.pk}/withdraw/", {"reason": "Của em khác"})
    without = pages_of(booklet(pupil, issued.cuc))

    assert silent.status_code == 422 and "a scan, not verified" in page.text
    assert file.content == picture()
    assert "Trường THCS Suối Mơ 2025-2026" in with_scan[-1] and "Suối Mơ" not in without[-1]


def test_the_certificate_of_a_completed_level_stands_on_the_last_page(issued, client):
    pupil = issued.pupils["6A"][0]
    path = f"/transcripts/{pupil.pk}/certificate/"
    said = {"number": "B 0012345", "register_entry": "17/2027", "dated": "2027-06-20"}

    empty = signed_in(client, issued.cuc).post(path, {**said, "number": ""})
    client.post(path, {**said, "number": "B 0012344"})
    client.post(path, said)

    assert empty.status_code == 422
    last = pages_of(booklet(pupil, issued.cuc))[-1]
    assert "Bằng tốt nghiệp trung học cơ sở: số hiệu B 0012345, số vào sổ gốc 17/2027" in last
    assert [row.number for row in Certificate.history.order_by("history_id")] == ["B 0012344", "B 0012345"]
