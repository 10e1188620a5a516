"""Rows and columns that were sorted, added, copied or moved in Excel: nothing lands at the wrong pupil."""

import pytest

from gradebook.spreadsheets.coded import CORNER, SEAL_SHEET
from tests.gradebook.sheet_file import File
from tests.gradebook.sheet_files.filing import confirm, hand_in, preview, scores, url
from tests.gradebook.workbooks import upload

pytestmark = pytest.mark.django_db


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
