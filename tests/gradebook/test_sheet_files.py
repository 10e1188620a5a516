"""A sheet goes out to Excel, is filled in there, and comes back: to the same sheet only, and nothing is lost."""

import io
import re
import zipfile
from datetime import date

import pytest

from accounts.models import AuditEvent
from gradebook.actions.marks import Edit, save_marks
from gradebook.models import Column, Import, Mark
from gradebook.spreadsheets.coded import CORNER, SEAL_SHEET
from tests.gradebook.sheet_file import File
from tests.gradebook.workbooks import english, page_of, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def toan(cast):
    return english(cast.toan)


def url(cast, end: str = "import/upload/", name: str = "6A", semester: int = 1) -> str:
    return f"/courses/{cast.maths[name].pk}/semester-{semester}/{end}"


def column(cast, kind: str, ordinal: int = 1, name: str = "6A") -> Column:
    found = Column.objects.filter(course=cast.maths[name], kind=kind, ordinal=ordinal)
    return found.filter(period__semester__number=1).get()


def enter(cast, pupil: int, typed: str, version: int = 0) -> None:
    edit = Edit(cast.pupils["6A"][pupil].pk, column(cast, "regular").pk, typed, version)
    assert save_marks(course=cast.maths["6A"], edits=[edit], by=cast.toan, origin="page").saved


def hand_in(client, cast, data: bytes) -> Import:
    response = upload(client, url(cast), data)
    assert response.status_code == 303, response.content.decode()
    return Import.objects.latest("pk")


def preview(client, handed_in: Import) -> str:
    return page_of(client, f"/imports/{handed_in.pk}/")


def confirm(client, handed_in: Import, **posted) -> dict[str, int]:
    assert client.post(f"/imports/{handed_in.pk}/confirm/", posted).status_code == 303
    handed_in.refresh_from_db()
    return handed_in.counts


def scores() -> list[str]:
    marks = Mark.objects.order_by("enrolment__number", "column__order").select_related("column")
    return [f"{mark.score}" if mark.score is not None else mark.state for mark in marks]


@pytest.mark.duty("S4-09")
def test_a_sheet_comes_filled_in_and_goes_back_unchanged(cast, toan):
    enter(cast, 0, "8,5")
    file = File(toan, url(cast, "excel/"))

    assert (file.cell(0, "ĐĐGtx 1").value, file.cell(0, "Họ và tên").value) == (
        8.5,
        cast.pupils["6A"][0].student.full_name,
    )
    handed_in = hand_in(toan, cast, file.data)
    assert "There is nothing to add" in preview(toan, handed_in)


def test_what_was_typed_in_excel_is_shown_first_and_then_saved_by_the_one_way_in(cast, toan):
    file = File(toan, url(cast, "excel/")).fill("ĐĐGtx 1", 8, "8,5", "9.5", "v").fill("ĐĐGgk", 7.5)
    handed_in = hand_in(toan, cast, file.data)

    page = preview(toan, handed_in)
    assert "<ins>8,5</ins>" in page
    assert not Mark.objects.exists()
    counts = confirm(toan, handed_in)

    assert scores() == ["8.0", "7.5", "8.5", "9.5", "awaiting"]
    assert counts["saved"] == counts["cells"] == 5
    assert {row.history_origin for row in Mark.history.all()} == {f"import {handed_in.pk}"}


def test_only_cells_that_this_teacher_may_fill_in_now_are_open(cast, toan):
    file = File(toan, url(cast, "excel/"))

    assert file.page.protection.sheet
    assert not file.cell(0, "ĐĐGtx 1").protection.locked
    for heading in ("STT", "Họ và tên", "Mã định danh Bộ GD&ĐT", "ĐĐGck", "ĐTBmhk"):
        assert file.cell(0, heading).protection.locked, heading
    assert all(cell.protection.locked for cell in File(english(cast.mai), url(cast, "excel/")).page[9])


def test_excel_refuses_a_date_for_a_mark_while_it_is_typed(cast, toan):
    page = File(toan, url(cast, "excel/")).page

    rules = [rule for rule in page.data_validations.dataValidation if rule.type == "custom"]
    assert all("<=10" in rule.formula1 and "8,5" in rule.error for rule in rules)
    assert len(rules) == 6


def test_the_file_of_6b_goes_not_into_6a(cast, toan):
    data = File(english(cast.lan), url(cast, "excel/", "6B")).fill("ĐĐGtx 1", 8).data

    response = upload(toan, url(cast), data)

    page = response.content.decode()
    assert response.status_code == 422
    assert "This file is the sheet Toán, class 6B, semester I," in page
    assert "Open the sheet to which this file belongs" not in page
    assert not Import.objects.exists()


def test_the_file_of_another_semester_leads_to_its_sheet(cast, toan):
    response = upload(toan, url(cast), File(toan, url(cast, "excel/", semester=2)).data)

    page = response.content.decode()
    assert response.status_code == 422
    assert "This file is the sheet Toán, class 6A, semester II," in page
    assert f'<a href="{url(cast, "", semester=2)}">Open the sheet' in page


def test_an_identity_that_somebody_changed_is_refused(cast, toan):
    file = File(toan, url(cast, "excel/"))
    cell = file.book[SEAL_SHEET]["A1"]
    cell.value = cell.value[:-1] + ("A" if cell.value[-1] != "A" else "B")

    response = upload(toan, url(cast), file.data)

    assert response.status_code == 422
    assert "its seal is not this portal" in response.content.decode()


def test_an_identity_signed_by_another_portal_is_refused(cast, toan, settings):
    data = File(toan, url(cast, "excel/")).data
    settings.SECRET_KEY = "another-portal"
    other = english(cast.toan)

    assert "its seal is not this portal" in upload(other, url(cast), data).content.decode()


def test_a_preview_whose_seal_is_no_longer_this_portal_s_says_so_and_writes_nothing(cast, toan, settings):
    data = File(toan, url(cast, "excel/")).fill("ĐĐGtx 1", 8).data
    handed_in = hand_in(toan, cast, data)
    settings.SECRET_KEY = "the-portal-s-next-key"
    toan = english(cast.toan)

    page = preview(toan, handed_in)
    assert "its seal is not this portal" in page
    assert "/confirm/" not in page and "/discard/" in page
    assert not confirm(toan, handed_in)
    assert handed_in.state == Import.State.PREVIEWED and not Mark.objects.exists()
    assert toan.post(f"/imports/{handed_in.pk}/discard/").status_code == 303


def test_an_old_file_does_not_overwrite_a_newer_mark(cast, toan):
    enter(cast, 0, "6")
    enter(cast, 1, "6")
    file = File(toan, url(cast, "excel/")).fill("ĐĐGtx 1", 9)
    enter(cast, 0, "7", version=1)
    enter(cast, 1, "5", version=1)

    handed_in = hand_in(toan, cast, file.data)
    page = preview(toan, handed_in)
    confirm(toan, handed_in)

    assert (
        f"The file says “9” instead of “6”, but meanwhile {cast.toan} has changed the cell: it is now “7”"
        in page
    )
    assert scores() == ["7.0", "5.0"]
    assert [row["code"] for row in handed_in.refused] == ["stale"]


def test_an_emptied_cell_is_erased_only_when_it_is_ticked(cast, toan):
    for pupil in (0, 1):
        enter(cast, pupil, "6")
    data = File(toan, url(cast, "excel/")).fill("ĐĐGtx 1", None, None).data

    page = preview(toan, handed_in := hand_in(toan, cast, data))
    cell = f"{cast.pupils['6A'][0].pk}-{column(cast, 'regular').pk}"
    assert f'value="{cell}"' in page
    assert "2 cells held a value at the download and are empty in the file." in page
    counts = confirm(toan, handed_in, erase=cell)
    assert (counts["emptied"], counts["erased"], counts["saved"]) == (2, 1, 0)
    assert scores() == ["empty", "6.0"]

    assert confirm(toan, hand_in(toan, cast, data))["erased"] == 0
    assert scores() == ["empty", "6.0"]


def test_sorted_rows_find_their_pupils(cast, toan):
    file = File(toan, url(cast, "excel/")).fill("ĐĐGtx 1", 1, 2, 3, 4, 5)
    rows = [[cell.value for cell in row] for row in file.page.iter_rows(file.top, file.top + 4)]
    for number, row in enumerate(reversed(rows), start=file.top):
        for place, value in enumerate(row, start=1):
            file.page.cell(number, place).value = value

    confirm(toan, hand_in(toan, cast, file.data))

    assert scores() == ["1.0", "2.0", "3.0", "4.0", "5.0"]


def test_names_sorted_without_their_marks_are_refused(cast, toan):
    file = File(toan, url(cast, "excel/")).fill("ĐĐGtx 1", 8, 9, 10)
    first, second = file.cell(0, "Họ và tên"), file.cell(1, "Họ và tên")
    first.value, second.value = second.value, first.value

    handed_in = hand_in(toan, cast, file.data)
    confirm(toan, handed_in)

    assert [row["code"] for row in handed_in.refused] == ["out_of_step", "out_of_step"]
    assert scores() == ["10.0"]


def test_added_and_copied_rows_are_refused_with_the_reason(cast, toan):
    file = File(toan, url(cast, "excel/")).fill("ĐĐGtx 1", 8, 9)
    below = file.top + 5
    for place in range(1, 8):
        file.page.cell(below, place).value = file.page.cell(file.top, place).value
    file.page.cell(below + 1, file.column("Họ và tên")).value = "Kẻ Lạ"

    handed_in = hand_in(toan, cast, file.data)
    page = preview(toan, handed_in)
    confirm(toan, handed_in)

    assert [row["code"] for row in handed_in.refused] == ["copied_row", "copied_row", "row_added"]
    assert "This row was added to the file." in page
    assert scores() == ["9.0"]


def test_columns_that_moved_or_were_added_do_no_harm(cast, toan):
    file = File(toan, url(cast, "excel/"))
    file.fill("ĐĐGtx 1", 8).fill("ĐĐGtx 2", 6)
    place = file.column("ĐĐGtx 1")
    for row in range(file.top - 2, file.top + 5):  # the hidden codes with them
        left, right = file.page.cell(row, place), file.page.cell(row, place + 1)
        left.value, right.value = right.value, left.value
    file.page.cell(file.top - 1, 20).value = "Của tôi"
    file.page.cell(file.top, 20).value = "riêng"

    page = preview(toan, handed_in := hand_in(toan, cast, file.data))
    confirm(toan, handed_in)

    assert scores() == ["8.0", "6.0"]
    assert "“Của tôi”: the heading is not known." in page


@pytest.mark.parametrize("became", [date(2026, 5, 8), 46150])
def test_a_mark_that_excel_took_for_a_date_is_explained(cast, toan, became):
    file = File(toan, url(cast, "excel/")).fill("ĐĐGtx 1", became, 9)

    page = preview(toan, handed_in := hand_in(toan, cast, file.data))
    counts = confirm(toan, handed_in)

    assert "Excel took what was typed for the date 08/05/2026" in page
    assert "If 8,5 is meant, type it with a comma." in page
    assert (counts["saved"], counts["refused_cells"], counts["refused"]) == (1, 1, 0)


def test_bad_locked_and_good_cells_of_one_row_each_have_their_fate(cast, toan):
    file = File(toan, url(cast, "excel/")).fill("ĐĐGtx 1", 85).fill("ĐĐGtx 2", 7).fill("ĐĐGck", 9)

    page = preview(toan, handed_in := hand_in(toan, cast, file.data))
    counts = confirm(toan, handed_in)

    assert "“85” – A mark is between 0 and 10." in page
    assert "“9” – The book is locked. Request a correction." in page
    assert (counts["cells"], counts["saved"], counts["refused_cells"], counts["unchanged"]) == (3, 1, 2, 0)
    assert scores() == ["7.0"]


def computed(data: bytes, value: str) -> bytes:
    """The same workbook with the value that a spreadsheet program computed for its only formula."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text, times = re.subn(rb"</f><v ?/?>(</v>)?", b"</f><v>" + value.encode() + b"</v>", text)
                assert times == 1
            new.writestr(name, text)
    return target.getvalue()


def test_the_value_that_excel_computed_is_taken_and_shown(cast, toan):
    file = File(toan, url(cast, "excel/")).fill("ĐĐGtx 1", "=(8+9)/2")

    confirm(toan, hand_in(toan, cast, computed(file.data, "8.5")))

    assert scores() == ["8.5"]


def test_a_formula_that_nobody_computed_is_refused_with_its_cell(cast, toan):
    file = File(toan, url(cast, "excel/")).fill("ĐĐGtx 1", "=(8+9)/2")

    response = upload(toan, url(cast), file.data)

    assert response.status_code == 422
    assert f"has a formula in cell {file.cell(0, 'ĐĐGtx 1').coordinate}" in response.content.decode()


def test_a_file_without_its_hidden_codes_says_what_to_do(cast, toan):
    file = File(toan, url(cast, "excel/"))
    corner = next(cell for row in file.page.iter_rows(1, 10) for cell in row if cell.value == CORNER)
    corner.value = None

    assert "The hidden row and column" in upload(toan, url(cast), file.data).content.decode()


def test_without_the_seal_it_is_read_by_its_headings(cast, toan):
    file = File(toan, url(cast, "excel/")).fill("ĐĐGtx 1", 8)
    del file.book[SEAL_SHEET]
    file.page.data_validations.dataValidation.clear()

    confirm(toan, hand_in(toan, cast, file.data))

    assert scores() == ["8.0"]


def test_ten_thousand_rows_of_nonsense_are_added_up(cast, toan):
    file = File(toan, url(cast, "excel/")).fill("ĐĐGtx 1", 8)
    for row in range(file.top + 10, file.top + 10_010):
        file.page.cell(row, 5).value = "vô nghĩa"

    page = preview(toan, handed_in := hand_in(toan, cast, file.data))

    assert page.count("This row was added to the file.") <= 101
    assert "10000 times" in page
    assert confirm(toan, handed_in)["saved"] == 1


def test_a_text_that_looks_like_a_formula_stays_a_text(cast, toan):
    cast.execute("open", "CK1")
    text = '=HYPERLINK("http://x")'
    edit = Edit(cast.pupils["6A"][0].pk, column(cast, "comment").pk, text, 0)
    save_marks(course=cast.maths["6A"], edits=[edit], by=cast.toan, origin="page")

    file = File(toan, url(cast, "excel/"))

    cell = file.cell(0, "Nhận xét")
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_whoever_reads_the_sheet_takes_it_and_that_is_recorded(cast):
    for person in ("hanh", "mai"):
        assert english(cast.people[person]).get(url(cast, "excel/")).status_code == 200

    events = AuditEvent.objects.filter(verb="gradebook.export.made").order_by("pk")
    assert [(event.actor_id, event.particulars) for event in events] == [
        (cast.people[person].pk, {"kind": "sheet", "part": "Toán 6A HK1", "rows": 5})
        for person in ("hanh", "mai")
    ]


@pytest.mark.parametrize(("person", "status"), [("lan", 404), ("mai", 403), ("hanh", 403)])
def test_who_does_not_enter_marks_hands_no_file_in(cast, toan, person, status):
    data = File(toan, url(cast, "excel/")).fill("ĐĐGtx 1", 8).data

    assert upload(english(cast.people[person]), url(cast), data).status_code == status
    assert not Import.objects.exists()
