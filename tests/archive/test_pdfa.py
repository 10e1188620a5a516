"""The joined book is PDF/A-3u as far as its structure shows, and stays so when it is opened and saved by others."""

from io import BytesIO

import pikepdf
import pytest

from archive import pdf
from gradebook import pdfa, printing
from tests.archive.golden import papers


@pytest.fixture(scope="module")
def book() -> bytes:
    made = papers.book("lower", 1)
    parts = [printing.Part(each.title, pdf.render_section(made, each)) for each in pdf.sections(made)]
    return pdf.join(made, parts).content


def changed(content: bytes, change) -> list[str]:
    """The faults after somebody changed the document."""
    output = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        change(document)
        document.save(output)
    return pdfa.faults(output.getvalue())


def test_a_joined_class_book_has_every_mark_of_pdf_a_3(book):
    assert pdfa.faults(book) == []


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ("/Metadata", "no-metadata"),
        ("/OutputIntents", "no-output-intent"),
        ("/Lang", "no-language"),
        ("/AF", "not-associated payload.json"),
    ],
)
def test_a_book_that_lost_a_mark_is_named(book, key, fault):
    assert changed(book, lambda document: document.Root.__delitem__(key)) == [fault]


def test_a_list_of_attachments_with_something_else_in_it_is_named(book):
    def spoil(document):
        document.Root.AF.append(None)

    assert changed(book, spoil) == ["broken attached"]


def test_a_font_that_is_no_longer_embedded_is_named(book):
    def strip(document):
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                for key in [key for key in item.keys() if key.startswith("/FontFile")]:  # noqa: SIM118
                    del item[key]

    assert any(fault.startswith("font-not-embedded") for fault in changed(book, strip))


def test_a_script_in_a_book_is_named(book):
    def add(document):
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        document.Root.OpenAction = document.make_indirect(script)

    assert changed(book, add) == ["active /JS"]
