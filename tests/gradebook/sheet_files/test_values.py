"""A sheet goes out to Excel, is filled in there and comes back: each cell has its fate, and nothing is lost."""

import io
import re
import zipfile
from datetime import date

import pytest

from gradebook.actions.marks import Edit, save_marks
from gradebook.models import Mark
from gradebook.sheet_headings import headings_of
from tests.cast import in_english
from tests.gradebook.sheet_file import File
from tests.gradebook.sheet_files.filing import column, confirm, enter, hand_in, preview, scores, url
from tests.gradebook.workbooks import upload

pytestmark = pytest.mark.django_db


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


def test_the_columns_stand_in_the_order_of_the_screen(cast, toan):
    screen = toan.get(url(cast, "")).context["sheet"].columns
    file = File(toan, url(cast, "excel/"))

    headings = [cell.value for cell in file.page[file.top - 1]]

    names = headings_of(cast.maths["6A"], 1)
    expected = [names[column.pk].text for column in screen]
    assert [text for text in headings if text in expected] == expected


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
    assert all(cell.protection.locked for cell in File(in_english(cast.mai), url(cast, "excel/")).page[9])


def test_excel_refuses_a_date_for_a_mark_while_it_is_typed(cast, toan):
    page = File(toan, url(cast, "excel/")).page

    rules = [rule for rule in page.data_validations.dataValidation if rule.type == "custom"]
    assert all("<=10" in rule.formula1 and "8,5" in rule.error for rule in rules)
    assert len(rules) == 6


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


def test_without_a_tick_nothing_is_erased_and_the_import_still_waits(cast, toan):
    enter(cast, 0, "6")
    handed_in = hand_in(toan, cast, File(toan, url(cast, "excel/")).fill("ĐĐGtx 1", None).data)

    answer = toan.post(f"/imports/{handed_in.pk}/confirm/", follow=True)

    assert "Tick the cells to erase" in answer.text
    assert "Erase the ticked cells" in answer.text
    handed_in.refresh_from_db()
    assert not handed_in.is_settled
    assert scores() == ["6.0"]


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


def test_a_text_that_looks_like_a_formula_stays_a_text(cast, toan):
    cast.execute("open", "CK1")
    text = '=HYPERLINK("http://x")'
    edit = Edit(cast.pupils["6A"][0].pk, column(cast, "comment").pk, text, 0)
    save_marks(course=cast.maths["6A"], edits=[edit], by=cast.toan, origin="page")

    file = File(toan, url(cast, "excel/"))

    cell = file.cell(0, "Nhận xét")
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
