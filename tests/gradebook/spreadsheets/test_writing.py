import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from gradebook.spreadsheets.pupil_list import read_pupil_list
from gradebook.spreadsheets.safety import check_upload
from gradebook.spreadsheets.score_columns import PRIMARY, SECONDARY
from gradebook.spreadsheets.score_sheet import read_score_sheet
from gradebook.spreadsheets.writing import write_pupil_list, write_score_sheet
from tests.gradebook.spreadsheets.pupils import DUC, HUONG, HUONG_MARKS, TITLES


def page_of(data):
    return load_workbook(io.BytesIO(data)).active


def headings_of(page, row=4):
    return [cell.value for cell in page[row]]


def test_titles_stand_above_the_header_as_in_the_ministrys_file():
    page = page_of(write_pupil_list([DUC], TITLES))
    assert [page["A1"].value, page["A2"].value, page["A3"].value] == [*TITLES, None]
    assert headings_of(page)[:4] == ["STT", "Mã định danh Bộ GD&ĐT", "Họ tên", "Ngày sinh"]
    assert headings_of(page)[24:26] == ["Số định danh cá nhân", "Mã học sinh"]


def test_without_titles_the_header_comes_first():
    assert headings_of(page_of(write_pupil_list([], [])), row=1)[0] == "STT"


def test_the_score_sheets_of_both_layouts():
    assert headings_of(page_of(write_score_sheet([], SECONDARY, TITLES, regular=3))) == [
        *["STT", "Lớp", "Mã định danh Bộ GD&ĐT", "Họ và tên", "Ngày sinh"],
        *["ĐĐGtx 1", "ĐĐGtx 2", "ĐĐGtx 3", "ĐĐGgk", "ĐĐGck", "Nhận xét"],
    ]
    assert headings_of(page_of(write_score_sheet([], PRIMARY, TITLES)))[5:] == [
        "Mức đạt được GK",
        "Nhận xét GK",
        "Mức đạt được CK",
        "Điểm KTĐK",
        "Nhận xét CK",
    ]


def test_identifiers_are_text_and_blank_cells_are_ready_for_text():
    page = page_of(write_pupil_list([DUC], TITLES))
    assert (page["B5"].value, page["B5"].number_format) == ("7912345679", "@")
    assert (page["H5"].value, page["H5"].number_format) == (None, "@")
    assert page["A5"].value == 1


@pytest.mark.parametrize(
    "text", ["=1+1", "+84", "-2", "@SUM(A1)", '=HYPERLINK("http://x","y")', "- Chăm học"]
)
def test_text_that_begins_like_a_formula_stays_text(text):
    data = write_pupil_list([replace(HUONG, address=text)], [text])
    check_upload("a.xlsx", data)
    cell = page_of(data)["M4"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert read_pupil_list(data).rows[0].address == text


def test_a_comment_that_begins_like_a_formula_comes_back_unchanged():
    marks = {**HUONG_MARKS.marks, ("comment",): '=cmd|"/c calc"!A1'}
    data = write_score_sheet([replace(HUONG_MARKS, marks=marks)], SECONDARY, TITLES)
    check_upload("a.xlsx", data)
    assert read_score_sheet(data, SECONDARY).rows[0].marks == marks


def test_characters_that_a_workbook_cannot_hold_are_left_out():
    [row] = read_pupil_list(write_pupil_list([replace(HUONG, address="12\x00 phố Huế")], [])).rows
    assert row.address == "12 phố Huế"
