"""The papers of a dossier: what stands on them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime
from django.utils.translation import override

from corrections import actions
from corrections.actions import Pupils
from corrections.papers.layout import laid_out
from corrections.papers.register import render_register
from gradebook import printing
from gradebook.actions.marks import Edit
from gradebook.entries import COMMENT_MAX
from gradebook.models import Column
from gradebook.printing import page_count
from tests.archive.golden import pages as golden
from tests.cast import enrol
from tests.corrections.chain import delegate, follow, is_there, put_in_charge, rule
from tests.corrections.papers import FORM, MINUTES, carried_out, pdf
from tests.corrections.scene import handed_in, png
from tests.corrections.test_profiles import approved
from tests.gradebook.profiles import profiles_close, write
from tests.poppler import drawing_of, pages_of, text_of, words_of


@pytest.mark.duty("S0-22")
def test_the_form_says_who_asks_for_what_and_why(scene):
    correction = scene.submit(uploads=(handed_in("bai-kiem-tra.png", png()),))

    text = words_of(pdf(correction))

    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "GIẤY ĐỀ NGHỊ THAY ĐỔI THÔNG TIN",
        "Số: 1/2026-2027/GĐN",
        "Kính gửi: Hiệu trưởng",
        "Tôi là: Đỗ Minh Toàn; chức vụ: giáo viên bộ môn",
        "Trần Bảo An",
        "Cộng nhầm điểm bài kiểm tra",
        f"bai-kiem-tra.png (SHA-256: {correction.evidence.get().sha256[:16]}",
        "sổ của kỳ “Giữa học kỳ I” đã khóa",
        "Tôi cam đoan",
        "NGƯỜI ĐỀ NGHỊ",
        "HIỆU TRƯỞNG",
    ):
        assert words.casefold() in text.casefold(), words


@pytest.mark.duty("S3-33", "S3-39")
def test_the_minutes_say_what_was_changed_by_whom_when_and_before_whom(scene):
    follow(scene, "S3")
    correction = scene.submit()
    actions.approve(correction=correction, by=scene.cast.hanh, note="Đồng ý cho sửa")
    is_there(correction, "leader", scene.cast.vinh)
    is_there(correction, "requester", scene.cast.toan)
    is_there(correction, "homeroom", scene.cast.mai)
    execution = actions.execute(correction=correction, by=scene.cast.khoa)

    text = words_of(pdf(correction, MINUTES))

    for words in (
        "BIÊN BẢN SỬA ĐIỂM",
        "Số: 1/2026-2027/BB",
        f"Hồi {localtime(execution.executed_at):%H giờ %M phút}",
        "Đại diện lãnh đạo nhà trường: Lê Quang Vinh",
        "Người đề nghị: Đỗ Minh Toàn",
        "xác nhận trong phiên đăng nhập của mình",
        "Người thực hiện (Ban quản trị): Trần Đăng Khoa",
        "Giấy đề nghị thay đổi thông tin số 1/2026-2027/GĐN",
        "Chấp thuận của Nguyễn Thị Hạnh",
        "Đồng ý cho sửa",
        "Nội dung sửa (1 chỗ)",
        "Không mở khóa sổ",
    ):
        assert words.casefold() in text.casefold(), words


@pytest.mark.duty("S3-67")
def test_the_minutes_have_room_for_the_homeroom_teacher_where_the_school_asks(scene):
    follow(scene, "S3")
    correction = scene.submit()
    actions.approve(correction=correction, by=scene.cast.hanh)
    for part, who in (
        ("leader", scene.cast.vinh),
        ("requester", scene.cast.toan),
        ("homeroom", scene.cast.mai),
    ):
        is_there(correction, part, who)
    actions.execute(correction=correction, by=scene.cast.khoa)

    asked = words_of(pdf(correction, MINUTES))
    assert "GIÁO VIÊN CHỦ NHIỆM" in asked
    assert asked.count("Vũ Hồng Mai") == 2

    rule(scene, correction_witnesses="none", homeroom_signs_minutes=False)
    unasked = words_of(pdf(carried_out(scene, scene.edit("7", version=0, pupil=1)), MINUTES))
    assert "GIÁO VIÊN CHỦ NHIỆM" not in unasked
    assert "Vũ Hồng Mai" not in unasked


@pytest.mark.duty("S1-73")
def test_an_oral_mark_has_room_for_the_pupil_and_a_classmate_and_names_the_delegation(scene):
    follow(scene, "S1")
    put_in_charge(scene, scene.cast.dung, scene.cast.toan)
    delegate(scene, scene.cast.cuc)
    correction = scene.submit(uploads=(handed_in("chu-ky.png", png()),), is_oral=True)
    actions.endorse(correction=correction, by=scene.cast.dung, note="Đúng như bài kiểm tra")
    actions.approve(correction=scene.again(correction), by=scene.cast.cuc)
    signed = [Pupils(scene.enrolment, scene.cast.pupils["6A"][1])]
    actions.execute(correction=correction, by=scene.cast.khoa, pupils=signed)

    form, minutes = words_of(pdf(correction)), words_of(pdf(correction, MINUTES))

    for words in ("HỌC SINH CÓ ĐIỂM ĐƯỢC SỬA", "HỌC SINH CÙNG LỚP LÀM CHỨNG CHO TRẦN BẢO AN"):
        assert words in form
        assert words in minutes
    assert "TỔ TRƯỞNG CHUYÊN MÔN" in form
    assert "Học sinh cùng lớp làm chứng cho Trần Bảo An: Lê Thị Ánh, ký trên giấy" in minutes
    assert "Xác nhận của Hoàng Tiến Dũng" in minutes
    assert "Đúng như bài kiểm tra" in minutes
    assert "theo quyết định ủy quyền số 12/QĐ-THCS" in minutes


def test_the_new_value_is_bold_and_red_beside_the_old_one(scene):
    """As the page is drawn; that the old one is struck through is seen in the picture alone."""
    drawn = drawing_of(pdf(scene.submit()))
    colours = dict(re.findall(r'<fontspec id="(\d+)"[^>]*color="(#\w+)"', drawn))

    new = re.search(r'font="(\d+)"><b>9</b>', drawn)
    old = re.search(r'font="(\d+)">8</text>', drawn)
    assert new
    assert old
    assert colours[new[1]] == "#b00000"
    assert colours[old[1]] != "#b00000"


def test_nobody_signs_a_page_that_holds_nothing_but_hands(scene):
    """However long the reason: where the hands go to a second page, what they attest goes with them."""
    payload = scene.submit().papers.get(kind=FORM).payload
    turned = 0
    for lines in range(6, 16):
        facts = laid_out({**payload, "reason": "Cộng nhầm điểm bài kiểm tra\n" * lines}, "0" * 64)
        page = pages_of(printing.render(printing.page("corrections/print/form.html", facts)))[-1]
        assert "Tôi cam đoan" in page, lines
        turned += "Kính gửi" not in page
    assert 0 < turned < 10


def keeps_its_place(data: bytes) -> None:
    """Nothing over anything else or outside the margins of NĐ 30/2020; old values are struck out."""
    for page in golden.pages(data):
        assert page.overlapping == []
        assert min(word.left for word in page.words) >= 29.5 * golden.MM
        assert max(word.right for word in page.words) <= page.width - 14.5 * golden.MM


def test_a_whole_class_and_long_comments_fill_pages_with_their_heads_and_nothing_is_cut(scene):
    class_of_45 = [*scene.cast.pupils["6A"], *enrol(scene.cast, "6A", 40)]
    comment = Column.objects.get(course=scene.course, kind="comment", period__code="CK1")
    scene.cast.execute("open", "CK1")
    scene.cast.execute("lock", "CK1")
    long = "Em có nhiều tiến bộ. " * 200
    long = f"{long[: COMMENT_MAX - 20]} Hết nhận xét."
    edits = [Edit(pupil.pk, scene.column.pk, "7", int(pupil == scene.enrolment)) for pupil in class_of_45]
    edits.append(Edit(scene.enrolment.pk, comment.pk, long, 0))
    correction = carried_out(scene, *edits)
    keeps_its_place(render_register(scene.course.school_class, scene.cast.year.ends_on))

    for kind in (FORM, MINUTES):
        data = pdf(correction, kind)
        text = text_of(data, "-layout")
        assert page_count(data) >= 4
        assert text.count("Giá trị cũ") >= 3
        keeps_its_place(data)
        words = words_of(data, "-raw")
        for pupil in class_of_45:
            assert pupil.student.full_name in words
        assert words.count("Em có nhiều tiến bộ.") == long.count("Em có nhiều tiến bộ.")
        assert "Hết nhận xét." in words


def test_the_papers_of_a_profile_show_the_field_in_words(cast):
    profiles_close(cast, in_days=1)
    pupil = cast.pupils["6A"][0]
    write(pupil, cast.mai, phone="0911111111")
    profiles_close(cast, in_days=-1)
    correction = approved(cast, pupil)
    actions.execute(correction=correction, by=cast.khoa)

    text = words_of(pdf(correction, MINUTES))
    for words in ("hồ sơ học sinh đã chốt", "0911111111", "0922222222", "Không làm thay đổi kết quả nào."):
        assert words in text


def test_freezing_takes_the_same_queries_for_45_pupils(scene):
    class_of_45 = [*scene.cast.pupils["6A"], *enrol(scene.cast, "6A", 40)]

    def queries(*edits) -> int:
        with override("vi"), CaptureQueriesContext(connection) as captured:
            scene.submit(*edits)
        return len(captured)

    one = queries(scene.edit("7", version=0, pupil=1))
    many = queries(*(Edit(pupil.pk, scene.column.pk, "6", 0) for pupil in class_of_45[2:]))
    assert many <= one
