"""Signatures and stamps on paper are facts too: recorded line by line, numbered, withdrawn with a reason, exported."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from PIL import Image

from archive import store
from archive.models import PaperFact
from archive.paper.forms import LinesForm
from archive.paper.sheet import Kind, Line
from archive.verification import verify
from tests.cast import Cast, in_english
from tests.poppler import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return in_english()


@pytest.fixture
def cast(shared_book) -> Cast:
    return shared_book.cast


@pytest.fixture
def sheet(final_book) -> str:
    return f"/archive/editions/{final_book.pk}/paper/"


@pytest.fixture
def record(client, cast, sheet):
    def recorded(*lines, by=None, **more):
        client.force_login(by or cast.cuc)
        return client.post(f"{sheet}record/", {"lines": lines, "on": today(), **more})

    return recorded


def today() -> str:
    return f"{timezone.localdate():%d/%m/%Y}"


def picture() -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (8, 8), "white").save(content, "PNG")
    return SimpleUploadedFile("phieu-ky.png", content.getvalue())


@pytest.mark.duty("S1-83", "S1-84", "S3-28", "S3-65")
def test_the_sheet_names_who_has_to_sign_and_what_is_still_empty(client, cast, sheet):
    client.force_login(cast.cuc)
    page = client.get(sheet).content.decode()

    for line in ("Signed by the subject teacher: Toán", "Đỗ Minh Toàn", "Vũ Hồng Mai", "Nguyễn Thị Hạnh"):
        assert line in page
    assert "Stamped across the page edges" in page
    assert "9 lines are still empty." in page


def test_many_lines_are_recorded_at_once_with_who_did_it(cast, record, client, sheet):
    assert record("teacher:Toán", "homeroom:", "principal:").status_code == 303

    facts = PaperFact.objects.order_by("pk")
    assert [(fact.kind, fact.who, fact.recorded_by) for fact in facts] == [
        ("teacher", "Đỗ Minh Toàn", cast.cuc),
        ("homeroom", "Vũ Hồng Mai", cast.cuc),
        ("principal", "Nguyễn Thị Hạnh", cast.cuc),
    ]
    shown = client.get(sheet).content.decode()
    assert "6 lines are still empty." in shown and "3 lines recorded." in shown


def test_one_tick_stands_for_all_subject_teachers_who_have_not_signed(record):
    assert record("teacher:", "homeroom:").status_code == 303
    assert set(PaperFact.objects.values_list("kind", "subject")) == {("teacher", "Toán"), ("homeroom", "")}
    assert record("teacher:").status_code == 422

    signed = PaperFact.objects.get(subject="Toán")
    lines = [
        Line(Kind.TEACHER, "", name, fact) for name, fact in (("Toán", signed), ("Tin", None), ("Hóa", None))
    ]
    form = LinesForm({"lines": ["teacher:", "teacher:Tin"], "on": today()}, sheet=lines)
    assert form.is_valid()
    assert form.cleaned_data["lines"] == ["teacher:Tin", "teacher:Hóa"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("printed:", "Say how many copies were printed."),
        ("stored:", "Say which box and shelf it is in."),
        ("scan:", "Choose the scan of the signed sheet."),
    ],
)
def test_what_a_line_cannot_do_without_is_asked_for_and_the_ticks_stay(record, line, said):
    response = record(line, "stamp:")

    assert response.status_code == 422
    page = response.content.decode()
    assert said in page and re.search(r'value="stamp:"\s+checked', page)
    assert not PaperFact.objects.exists()


def test_tomorrow_nothing_was_signed(record, cast, client, sheet):
    client.force_login(cast.cuc)
    day = timezone.localdate() + timedelta(days=1)
    response = client.post(f"{sheet}record/", {"lines": ["stamp:"], "on": f"{day:%d/%m/%Y}"})

    assert response.status_code == 422
    assert "This day has not come yet." in response.content.decode()


@pytest.mark.duty("S0-30", "S1-33", "S3-58")
def test_the_register_numbers_printing_and_sealing_and_keeps_withdrawn_numbers(client, cast, record, sheet):
    record("printed:", copies=2)
    record("stamp:", "edge_stamp:")
    stamp = PaperFact.objects.get(kind="stamp")
    assert client.post(f"{sheet}{stamp.pk}/withdraw/", {"why": "Đóng nhầm sổ"}).status_code == 303
    record("stamp:")

    numbers = PaperFact.objects.order_by("number").values_list("number", "kind", "withdrawn_why")
    assert list(numbers) == [
        (1, "printed", ""),
        (2, "stamp", "Đóng nhầm sổ"),
        (3, "edge_stamp", ""),
        (4, "stamp", ""),
    ]
    page = client.get("/archive/register/").content.decode()
    assert "Withdrawn: Đóng nhầm sổ" in page
    workbook = load_workbook(BytesIO(client.post("/archive/register/export/").content))
    cells = [[str(cell.value or "") for cell in row] for row in workbook.active.iter_rows()]
    lines = [row for row in cells if row[0].isdigit()]
    assert [row[0] for row in lines] == ["1", "2", "3", "4"]
    assert lines[1][-1] == "Đóng nhầm sổ" and lines[0][8] == "2"


def test_a_line_is_recorded_once(record):
    record("stamp:")

    assert record("stamp:").status_code == 422
    assert PaperFact.objects.count() == 1


def test_a_scan_is_kept_and_its_alteration_found(client, cast, record, final_book, sheet):
    assert record("scan:", scan=picture()).status_code == 303
    fact = PaperFact.objects.get()
    address = f"{sheet}{fact.pk}/scan/"
    assert client.get(address)["Content-Type"] == "image/png"

    path = store.sheets.locate(fact.scan_path)
    path.chmod(0o600)
    path.write_bytes(b"other")
    assert client.get(address).status_code == 409
    assert {finding.code for finding in verify(final_book)} == {"scan-altered"}


def test_what_is_no_picture_and_no_pdf_is_refused(record):
    response = record("scan:", scan=SimpleUploadedFile("a.exe", b"MZ"))

    assert response.status_code == 422
    assert "Only pictures (PNG, JPEG) and PDF documents are accepted" in response.content.decode()


def test_the_homeroom_teacher_reads_the_sheet_and_only_the_clerk_writes_it(client, cast, record, sheet):
    reads = {"hanh": 200, "vinh": 200, "khoa": 200, "cuc": 200, "mai": 200, "toan": 404, "dung": 404}
    for name, status in reads.items():
        client.force_login(cast.people[name])
        assert client.get(sheet).status_code == status, name
        if name != "cuc":
            assert record("stamp:", by=cast.people[name]).status_code == 403, name


def test_the_overview_counts_what_each_class_lacks(client, cast, record):
    record("printed:", "teacher:Toán", "homeroom:", copies=1)
    page = client.get("/archive/paper/").content.decode()

    assert "No final book is printed yet" in page
    assert page.count(today()) == 3


@pytest.mark.duty("S2-05")
def test_the_book_of_a_class_is_complete_only_when_it_is_printed_and_all_who_have_to_have_signed_it(
    client, cast, record, sheet, final_book
):
    client.force_login(cast.cuc)
    book = client.get(f"/archive/editions/{final_book.pk}/download/").getvalue()
    assert "HIỆU TRƯỞNG" in words_of(book)
    assert still_empty(client, "6A") == "9"
    record("printed:", "teacher:Toán", "homeroom:", "office:", copies=1)
    record("stamp:", "edge_stamp:", "scan:", "stored:", scan=picture(), place="Tủ số 2")
    assert still_empty(client, "6A") == "1"

    record("principal:")
    assert still_empty(client, "6A") == "complete"
    client.post(f"{sheet}{PaperFact.objects.latest('pk').pk}/withdraw/", {"why": "Ký nhầm chỗ"})
    assert still_empty(client, "6A") == "1"


def still_empty(client, name: str) -> str:
    """What the overview says of a class."""
    page = client.get("/archive/paper/").text
    [row] = [row for row in page.split("<tr>") if f">{name}</a></th>" in row]
    [cell] = re.findall(r'data-label="Still empty">(.*?)</td>', row, re.DOTALL)
    return re.sub(r"<[^>]*>", "", cell).strip()
