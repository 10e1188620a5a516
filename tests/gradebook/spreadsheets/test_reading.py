import io
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from gradebook.spreadsheets.problems import Code, ColumnProblem, UnreadableTable
from gradebook.spreadsheets.pupil_columns import PUPIL_HEADINGS
from gradebook.spreadsheets.reading import read_sheet
from gradebook.spreadsheets.score_columns import PRIMARY, SECONDARY
from tests.gradebook.spreadsheets.workbooks import (
    PUPIL_HEADER,
    SHEET,
    excel_like,
    packed,
    replaced,
    workbook,
    workbook_of,
)

AN = [1, "Phạm Gia An", "05/09/2014", "Nam", "6A1"]


def refusal(data, headings=PUPIL_HEADINGS, sheet=None):
    with pytest.raises(UnreadableTable) as caught:
        read_sheet(data, headings, sheet)
    return caught.value


def headings_of(sheet):
    return [column.heading for column in sheet.columns]


def test_title_rows_above_the_header():
    titles = [["SỞ GIÁO DỤC VÀ ĐÀO TẠO"], ["DANH SÁCH HỌC SINH LỚP 6A1", "Ngày sinh"], []]
    sheet = read_sheet(workbook([*titles, PUPIL_HEADER, AN]), PUPIL_HEADINGS)
    assert sheet.header_row == 4
    assert [(row.number, row.values) for row in sheet.rows] == [(5, tuple(AN))]


def test_a_table_that_does_not_begin_in_column_a():
    sheet = read_sheet(workbook([[None, None, *PUPIL_HEADER], [None, None, *AN]]), PUPIL_HEADINGS)
    assert [column.letter for column in sheet.columns] == ["C", "D", "E", "F", "G"]


def test_shared_strings_and_serial_dates_as_excel_writes_them():
    cells = "".join(f'<c r="{letter}1" t="s"><v>{n}</v></c>' for n, letter in enumerate("ABCDE"))
    row = '<c r="B2" t="s"><v>5</v></c><c r="C2"><v>41887</v></c>'
    data = excel_like([*PUPIL_HEADER, "Phạm Gia An"], f'<row r="1">{cells}</row><row r="2">{row}</row>')
    assert read_sheet(data, PUPIL_HEADINGS).rows[0].values == (None, "Phạm Gia An", 41887.0, None, None)


def test_a_header_of_two_merged_rows():
    rows = [
        ["BẢNG ĐIỂM"],
        ["STT", "Họ và tên", "Ngày sinh", "ĐĐGtx", None, None, "ĐĐGgk"],
        [None, None, None, 1, 2, 3, None],
        [1, "Phạm Gia An", "05/09/2014", 8, "7,5", None, 9],
    ]
    merges = ["A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:G3"]
    sheet = read_sheet(workbook(rows, merges=merges), SECONDARY.headings)
    assert headings_of(sheet)[2:] == ["Ngày sinh", "ĐĐGtx 1", "ĐĐGtx 2", "ĐĐGtx 3", "ĐĐGgk"]
    assert sheet.rows[0].number == 4
    assert sheet.rows[0].values[3:] == (8.0, "7,5", None, 9.0)


def test_the_two_rows_of_the_primary_sheet():
    rows = [
        ["STT", "Họ và tên", "Giữa kì", None, "Cuối kỳ", None, None],
        [None, None, "Mức đạt được", "Nhận xét", "Mức đạt được", "Điểm KTĐK", "Nhận xét"],
        [1, "Phạm Gia An", "T", "Chăm học", "H", 8, "Tiến bộ"],
    ]
    data = workbook(rows, merges=["A1:A2", "B1:B2", "C1:D1", "E1:G1"])
    sheet = read_sheet(data, PRIMARY.headings)
    assert sheet.unknown == ()
    assert list(sheet.positions)[2:] == PRIMARY.marks


def test_dates_of_the_old_macintosh_calendar():
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(PUPIL_HEADER)
    book.active.append([1, "Phạm Gia An", date(2014, 9, 5), "Nam", "6A1"])
    target = io.BytesIO()
    book.save(target)
    assert read_sheet(target.getvalue(), PUPIL_HEADINGS).rows[0].values[2] == date(2014, 9, 5)


def test_only_the_group_is_merged():
    rows = [
        ["STT", "Họ và tên", "ĐĐGtx", None, "ĐĐGgk"],
        [None, None, 1, 2, None],
        [1, "Phạm Gia An", 8, 7, 9],
    ]
    sheet = read_sheet(workbook(rows, merges=["C1:D1"]), SECONDARY.headings)
    assert headings_of(sheet) == ["STT", "Họ và tên", "ĐĐGtx 1", "ĐĐGtx 2", "ĐĐGgk"]
    assert len(sheet.rows) == 1


@pytest.mark.parametrize("merges", [["B1:C1"], []])
def test_a_name_in_two_columns_under_one_heading(merges):
    rows = [
        ["STT", "Họ và tên", None, "Ngày sinh", "Giới tính", "Lớp"],
        [1, "Phạm Gia", "An", None, "Nam", "6A1"],
        [2, None, "H'Hen", None, "Nữ", "6A1"],
    ]
    sheet = read_sheet(workbook(rows, merges=merges), PUPIL_HEADINGS)
    assert [row.values[1] for row in sheet.rows] == ["Phạm Gia An", "H'Hen"]
    assert sheet.rows[0].values[2:] == (None, "Nam", "6A1")
    assert sheet.unknown == ()


def test_a_merged_area_as_large_as_the_sheet():
    data = replaced(workbook([PUPIL_HEADER, AN], merges=["A9:B9"]), SHEET, b"A9:B9", b"A1:XFD1048576")
    assert refusal(data).code == Code.NO_HEADER


def test_unknown_columns_are_reported_and_nameless_ones_too():
    header = [*PUPIL_HEADER, "Ghi chú", None, None]
    sheet = read_sheet(workbook([header, [*AN, "học giỏi", "?", None]]), PUPIL_HEADINGS)
    assert sheet.unknown == (
        ColumnProblem("F", "Ghi chú", Code.UNKNOWN_COLUMN),
        ColumnProblem("G", "", Code.UNKNOWN_COLUMN),
    )


def test_missing_columns_are_told_in_the_ministrys_words():
    caught = refusal(workbook([["STT", "Họ tên", "Ngày sinh"], [1, "Phạm Gia An", None]]))
    assert caught.code == Code.MISSING_COLUMNS
    assert caught.details == {"sheet": "Sheet1", "columns": ["Giới tính", "Lớp học"]}


def test_a_column_twice():
    caught = refusal(workbook([[*PUPIL_HEADER, "LỚP"], [*AN, "6A2"]]))
    assert (caught.code, caught.details) == (
        Code.REPEATED_COLUMN,
        {"column": "Lớp học", "letters": ["E", "F"]},
    )


@pytest.mark.parametrize("rows", [[], [["Thời khóa biểu"], ["Thứ hai", "Toán"]]])
def test_no_header(rows):
    caught = refusal(workbook(rows))
    assert caught.code == Code.NO_HEADER
    assert caught.details["columns"] == ["Họ tên", "Ngày sinh", "Giới tính", "Lớp học"]


def test_sheets_per_class_the_first_with_a_table_is_read_and_the_others_are_named():
    cover = [["Trường THCS Hoa Phượng"]]
    data = workbook_of(
        {"Bìa": cover, "Nháp": [PUPIL_HEADER], "6A1": [PUPIL_HEADER, AN], "6A2": [PUPIL_HEADER]},
        hidden=["Nháp"],
    )
    sheet = read_sheet(data, PUPIL_HEADINGS)
    assert (sheet.name, sheet.other_sheets) == ("6A1", ("6A2",))
    assert read_sheet(data, PUPIL_HEADINGS, "6A2").name == "6A2"


def test_a_sheet_that_is_not_there():
    caught = refusal(workbook([PUPIL_HEADER]), sheet="6A9")
    assert (caught.code, caught.details) == (Code.NO_SHEET, {"sheet": "6A9", "sheets": ["Sheet1"]})


def test_what_the_reader_cannot_read():
    data = replaced(workbook([PUPIL_HEADER, AN]), SHEET, b"<v>1</v>", b"<v>one</v>")
    assert refusal(data).code == Code.UNREADABLE
    assert refusal(packed({"a": b""})).code == Code.UNREADABLE
