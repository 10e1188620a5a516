"""What was corrected after the lock stands in the printed book: its own page, and a mark beside the value."""

import json
import re

import pytest

from archive import pdf, rendering
from archive.change_layout import column_name
from archive.models import Edition
from corrections import actions
from gradebook.models import Column
from tests.archive.test_book import whole
from tests.archive.test_editions import PAYLOAD_QUERIES
from tests.corrections.scene import Scene
from tests.poppler import text_of


@pytest.fixture
def scene(cast, settings):
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    return Scene.locked(cast)


def carry_out(scene: Scene, *edits) -> None:
    actions.execute(correction=scene.approved(*edits), by=scene.cast.khoa)


def corrections_of(edition: Edition) -> list[dict[str, object]]:
    return json.loads(edition.payload)["book"]["corrections"]


def book_as_text(edition: Edition) -> str:
    return text_of(whole(rendering.book_of(edition)).content, "-layout")


@pytest.mark.duty("S1-87")
def test_a_correction_is_frozen_with_who_what_and_why(scene, ask):
    carry_out(scene)
    edition = ask()

    [change] = corrections_of(edition)
    assert (change["request"], change["subject"]) == ("1/2026-2027", "Toán")
    assert (change["number"], change["name"]) == (1, "Trần Bảo An")
    assert (change["old"], change["new"]) == ("8", "9")
    assert change["reason"] == "Cộng nhầm điểm bài kiểm tra"
    assert (change["requested_by"], change["decided_by"]) == ("Đỗ Minh Toàn", "Nguyễn Thị Hạnh")
    assert change["column"] in json.loads(edition.payload)["book"]["courses"][0]["columns"]


def test_the_book_shows_the_old_and_the_new_value_and_marks_the_cell(scene, ask):
    carry_out(scene)
    edition = ask()
    text = book_as_text(edition)

    assert "TRANG GHI NHẬN SỬA CHỮA" in text
    assert "Trong sổ này có sửa chữa ở 1 chỗ." in text
    assert re.search(r"ĐĐGtx 1, học kỳ I +8 ?→ ?9", text)
    assert re.search(r"Trần Bảo An +9\*", text)
    assert text.count("* Đã sửa chữa, xem trang ghi nhận") == 1
    titles = [section.title for section in pdf.sections(rendering.book_of(edition))]
    assert titles[-3:] == ["Ghi nhận sửa chữa", "Xác nhận", "Nhận xét của Hiệu trưởng"]


def test_a_cell_corrected_twice_is_one_place(scene, ask):
    carry_out(scene)
    carry_out(scene, scene.edit("7", version=2))
    edition = ask()

    assert [(c["old"], c["new"]) for c in corrections_of(edition)] == [("8", "9"), ("9", "7")]
    assert "có sửa chữa ở 1 chỗ (2 lần sửa)." in book_as_text(edition)


def test_without_corrections_the_book_says_so(scene, ask):
    actions.refuse(correction=scene.submit(), by=scene.cast.hanh, note="Không đủ căn cứ")
    scene.approved()  # not carried out
    edition = ask()

    assert corrections_of(edition) == []
    text = book_as_text(edition)
    assert "Trong sổ này không có sửa chữa." in text
    assert "Đã sửa chữa" not in text


def test_many_corrections_take_no_more_queries(scene, django_assert_num_queries):
    from archive import payload

    free = Column.objects.get(course=scene.course, period__code="GK1", kind="midterm")
    edits = [scene.edit("7", 0, pupil, free) for pupil in range(5)]
    carry_out(scene, scene.edit(), *edits)
    school_class = type(scene.cast.classes["6A"]).objects.get(pk=scene.cast.classes["6A"].pk)

    with django_assert_num_queries(PAYLOAD_QUERIES):
        book = payload.freeze_class_book(school_class)

    assert len(book["corrections"]) == 6


def test_a_book_frozen_before_corrections_were_recorded_claims_nothing(ask):
    edition = ask()
    facts = json.loads(edition.payload)
    del facts["book"]["corrections"], facts["book"]["interim"]
    old = pdf.Book(json.dumps(facts), edition.fingerprint, edition.code, "https://example.com")

    assert "Ghi nhận sửa chữa" not in [section.title for section in pdf.sections(old)]
    assert whole(old).pages


@pytest.mark.parametrize(
    ("kind", "column", "name"),
    [
        ("scored", ("regular", 2, 1, "CK1"), "ĐĐGtx 2, học kỳ I"),
        ("scored", ("midterm", 1, 2, "GK2"), "ĐĐGgk, học kỳ II"),
        ("comment", ("final", 1, 1, "CK1"), "Cuối kỳ, học kỳ I"),
        ("primary", ("level", 1, 2, "CN"), "Mức, cuối năm học"),
    ],
)
def test_columns_are_named_as_in_the_book(kind, column, name):
    facts = dict(zip(("kind", "ordinal", "semester", "period"), column, strict=True))

    assert column_name(kind, facts) == name
