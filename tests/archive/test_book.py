"""The file itself, read with poppler: pupils, pages, fonts, letters, attachment, the same bytes each time."""

import json
import re

import pikepdf
import pytest
import segno
from django.utils import translation

from archive import pdf, rendering
from archive.store import editions
from gradebook import printing
from gradebook.actions.teaching import assign_teacher
from tests.archive.conftest import enter_mark
from tests.poppler import pages_of, poppler, text_of

pytestmark = pytest.mark.one_database

PANGRAM = ["Đỗ Ằm Ẩn Ẫu Ậy Ễnh", "Ệch Ốc Ỗi Ộp Ờn", "Ỡm Ựu Ỳnh Ỷ Ỹ Ỵ", "Ăn Ưởng Ểnh Ẵng"]


@pytest.fixture
def file(cast, issue) -> bytes:
    enter_mark(cast, "8,5")
    for name, enrolment in zip(PANGRAM, cast.pupils["6A"][1:], strict=True):
        enrolment.student.rename(name)
        enrolment.student.save_by(cast.hanh)
    return editions.read(issue().path)


def test_the_book_of_a_class_holds_its_pupils_and_their_marks(cast, file):
    text = text_of(file, "-layout")

    for name in ["Trần Bảo An", *PANGRAM]:
        assert text.count(name) == 17  # list, family, nine months, two semesters, three summaries, year
    assert re.search(r"1 +Trần Bảo An +8,5", text)
    assert "SỔ THEO DÕI" in text and "Vũ Hồng Mai" in text and "Đỗ Minh Toàn" in text
    assert text.count("HIỆU TRƯỞNG") == 2  # the signature, and the head of the page of inspections


def test_every_page_carries_its_number_over_the_whole_book_and_the_edition(file):
    pages = pages_of(file)

    for number, page in enumerate(pages, start=1):
        assert f"Trang {number}/{len(pages)}" in page
        assert page.count("Trang ") == page.count("Bản in số 1 ·") == 1


def test_only_our_fonts_are_embedded(file):
    lines = poppler(file, "pdffonts", "-").splitlines()[2:]

    assert lines
    for line in lines:
        assert re.match(r"[A-Z]{6}\+Portal-Serif", line)
        assert re.search(r"yes yes yes +\d+ +\d+$", line)


def test_the_file_says_it_is_pdf_a_and_carries_the_payload(cast, issue):
    edition = issue()
    content = editions.locate(edition.path).read_bytes()

    assert printing.attachments(content) == {"payload.json": edition.payload.encode()}
    assert json.loads(edition.payload)["format"] == "class-book"
    with pikepdf.open(editions.locate(edition.path)) as book:
        with book.open_metadata() as about:
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "U")
        assert "/OutputIntents" in book.Root and book.Root.Lang == "vi"
        assert len(book.Root.AF) == 1


def test_the_same_payload_gives_the_same_bytes(ask, forget_rendered):
    book = rendering.book_of(ask())
    found = []
    for language in ("vi", "en"):
        forget_rendered()
        with translation.override(language):
            found.append(whole(book).content)

    assert found[0] == found[1]


def whole(book: pdf.Book) -> printing.Joined:
    sections = pdf.sections(book)
    return pdf.join(book, [printing.Part(s.title, pdf.render_section(book, s)) for s in sections])


def test_rendering_asks_the_database_nothing(ask, django_assert_num_queries):
    book = rendering.book_of(ask())

    with django_assert_num_queries(0):
        whole(book)


def test_a_document_reaches_nothing_but_its_fonts():
    from weasyprint.urls import FatalURLFetchingError

    for address in ("https://example.com/x.png", "file:///etc/passwd"):
        with pytest.raises(FatalURLFetchingError):
            printing.render(f"<img src='{address}'>")


def test_the_code_leads_to_the_verification_page(ask, monkeypatch):
    led: list[str] = []
    make = segno.make

    def follow(content, **options):
        led.append(content)
        return make(content, **options)

    monkeypatch.setattr(segno, "make", follow)
    edition = ask()
    whole(rendering.book_of(edition))

    assert led == [f"http://localhost:8000/verify/{edition.code}/"]


def test_who_teaches_a_part_of_a_subject_is_named_with_it(cast, ask):
    day = cast.year.starts_on
    assign_teacher(course=cast.maths["6A"], teacher=cast.lan, since=day, strand="Hình học", by=cast.hanh)

    [course] = json.loads(ask().payload)["book"]["courses"]
    assert course["teachers"] == ["Đỗ Minh Toàn", "Bùi Ngọc Lan (Hình học)"]
