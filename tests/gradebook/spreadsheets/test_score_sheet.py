from dataclasses import replace
from datetime import date

import pytest

from gradebook.spreadsheets.problems import Code, ColumnProblem, RowProblem, UnreadableTable
from gradebook.spreadsheets.score_columns import PRIMARY, SECONDARY, MarkKey
from gradebook.spreadsheets.score_sheet import ScoreRow, read_score_sheet
from gradebook.spreadsheets.writing import write_pupil_list, write_score_sheet
from tests.gradebook.spreadsheets.pupils import DUC, HUONG_MARKS, TITLES
from tests.gradebook.spreadsheets.workbooks import workbook

HEADER = ["STT", "Lớp", "Mã định danh Bộ GD&ĐT", "Họ và tên", "Ngày sinh", "ĐĐGtx 1", "ĐĐGgk", "Nhận xét"]
AN = [1, "6A1", "0112345678", "Phạm Gia An", "05/09/2014"]


def read(*rows, header=HEADER, layout=SECONDARY):
    result = read_score_sheet(workbook([header, *rows]), layout)
    assert result.counted == len(rows)
    return result


def test_what_was_written_is_read_in_the_secondary_layout():
    result = read_score_sheet(write_score_sheet([HUONG_MARKS], SECONDARY, TITLES), SECONDARY)
    assert list(result.rows) == [HUONG_MARKS]
    assert result.unknown_columns == ()


def test_what_was_written_is_read_in_the_primary_layout():
    marks: dict[MarkKey, str] = {
        ("level", "midterm"): "T",
        ("comment", "midterm"): "Đọc to, rõ ràng.\nChữ viết đẹp.",
        ("level", "final"): "H",
        ("test", "final"): "9",
        ("comment", "final"): "+ Tiến bộ nhiều",
    }
    row = replace(HUONG_MARKS, marks=marks, class_name="3B")
    assert list(read_score_sheet(write_score_sheet([row], PRIMARY, TITLES), PRIMARY).rows) == [row]


@pytest.mark.parametrize("regular", [2, 3, 6])
def test_the_number_of_regular_marks_follows_the_subject(regular):
    [row] = read_score_sheet(
        write_score_sheet([HUONG_MARKS], SECONDARY, TITLES, regular=regular), SECONDARY
    ).rows
    assert sum(key[0] == "regular" for key in row.marks) == regular


@pytest.mark.parametrize(
    ("cell", "typed"),
    [
        ("7,5", "7,5"),
        ("7.5", "7.5"),
        (7.5, "7,5"),
        (8, "8"),
        (" 8\u00a0", "8"),
        ("Đ", "Đ"),
        ("CĐ", "CĐ"),
        ("CD", "CD"),
        ("Đạt", "Đạt"),
        ("mười", "mười"),
        (None, ""),
    ],
)
def test_marks_stay_what_was_typed(cell, typed):
    [row] = read([*AN, cell]).rows
    assert row.marks[("regular", 1)] == typed


def test_only_columns_that_are_there_have_marks():
    [row] = read([*AN, 8, None, "Tốt"]).rows
    assert row.marks == {("regular", 1): "8", ("midterm",): "", ("comment",): "Tốt"}


def test_a_mark_that_excel_made_a_date_of_refuses_the_row():
    result = read([*AN, date(2025, 5, 7)])
    details = {"cell": "F2", "value": "07/05/2025"}
    assert result.problems == [RowProblem(2, "ĐĐGtx 1", Code.UNEXPECTED_DATE, details)]


def test_computed_columns_of_an_export_are_reported():
    result = read([*AN, 8, 8, None, 7.9], header=[*HEADER, "ĐTBmhk"])
    assert result.unknown_columns == (ColumnProblem("I", "ĐTBmhk", Code.UNKNOWN_COLUMN),)


def test_a_pupil_without_a_code_is_known_by_name_and_birth_date():
    [row] = read([1, None, None, "Phạm Gia An", "05/09/2014", 8]).rows
    assert row == ScoreRow(
        row_number=2,
        full_name="Phạm Gia An",
        birth_date=date(2014, 9, 5),
        marks={("regular", 1): "8", ("midterm",): "", ("comment",): ""},
    )


def test_a_name_alone_is_not_enough():
    assert read([1, "6A1", None, "Phạm Gia An", None, 8]).problems == [
        RowProblem(2, None, Code.NO_IDENTITY, {})
    ]


def test_blank_rows_footers_and_duplicates():
    result = read([*AN, 8], [2], ["", None, None, None, None, "Giáo viên"], [*AN, 9])
    assert result.blank == [3]
    assert [(each.row_number, each.code) for each in result.problems] == [
        (2, Code.DUPLICATE),
        (4, Code.NOT_A_PUPIL),
        (5, Code.DUPLICATE),
    ]


def test_a_school_code_identifies_too():
    [row] = read([1, "HS0042", "Phạm Gia An", 8], header=["STT", "Mã học sinh", "Họ tên", "TX1"]).rows
    assert row.school_code == "HS0042"


def test_a_pupil_list_has_no_marks():
    with pytest.raises(UnreadableTable) as caught:
        read_score_sheet(write_pupil_list([DUC], TITLES), SECONDARY)
    assert (caught.value.code, caught.value.details) == (Code.NO_MARK_COLUMN, {"sheet": "DSHS"})
