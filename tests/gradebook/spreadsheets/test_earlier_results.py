"""Results of another school on one sheet."""

import io

import pytest
from openpyxl import Workbook

from gradebook.spreadsheets.earlier_results import (
    EarlierRow,
    read_earlier_results,
    semester,
    write_earlier_results,
)
from gradebook.spreadsheets.problems import BadValue, Code, UnreadableTable


def sheet(*rows):
    book, target = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def test_what_the_portal_writes_for_the_next_school_it_reads_again():
    rows = [
        EarlierRow(4, 1, "Toán", "8 7,5", "7", "8,5", "7,9", "Chăm học"),
        EarlierRow(5, 0, "Âm nhạc", result="Đ"),
    ]

    result = read_earlier_results(write_earlier_results(rows, "Kết quả"))

    assert result.rows == rows
    assert not result.problems


def test_regular_marks_may_stand_in_columns_of_their_own():
    data = sheet(["Môn", "Học kỳ", "TX1", "TX2", "GK", "ĐTB"], ["Toán", "HK1", 8, 7.5, 9, "8,2"])

    (row,) = read_earlier_results(data).rows

    assert (row.semester, row.regular, row.midterm, row.result) == (1, "8 7,5", "9", "8,2")


def test_every_row_is_read_or_refused_with_its_reason():
    data = sheet(["HK", "Môn học", "ĐTB"], ["I", "Toán", 8], ["III", "Lí", 7], ["II", None, 6])

    result = read_earlier_results(data)

    assert [row.subject for row in result.rows] == ["Toán"]
    assert [problem.code for problem in result.problems] == [Code.BAD_SEMESTER, Code.MISSING_VALUE]
    assert result.counted == 3


@pytest.mark.parametrize(
    ("written", "number"), [("I", 1), (2, 2), ("Học kỳ II", 2), ("hk i", 1), ("Cả năm", 0), ("CN", 0)]
)
def test_semesters_as_schools_write_them(written, number):
    assert semester(written) == number


def test_another_semester_does_not_exist():
    with pytest.raises(BadValue):
        semester("3")


def test_a_table_without_subjects_is_not_this_sheet():
    with pytest.raises(UnreadableTable):
        read_earlier_results(sheet(["Họ và tên", "Ngày sinh"], ["Lý Thảo Chi", "09/01/2015"]))
