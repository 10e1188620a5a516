from datetime import date

import pytest

from gradebook.spreadsheets.problems import BadValue, Code, RowProblem, UnreadableTable
from gradebook.spreadsheets.pupil_list import STATUSES, Status, read_pupil_list, status
from gradebook.spreadsheets.score_columns import SECONDARY
from gradebook.spreadsheets.values import Sex
from gradebook.spreadsheets.writing import write_pupil_list, write_score_sheet
from tests.gradebook.spreadsheets.pupils import DUC, HUONG, HUONG_MARKS, TITLES
from tests.gradebook.spreadsheets.workbooks import PUPIL_HEADER, workbook

CODED = [*PUPIL_HEADER, "Mã định danh Bộ", "Số định danh cá nhân"]


def read(*rows, header=PUPIL_HEADER):
    result = read_pupil_list(workbook([header, *rows]))
    assert result.counted == len(rows)
    return result


def test_what_was_written_is_read():
    result = read_pupil_list(write_pupil_list([HUONG, DUC], TITLES))
    assert list(result.rows) == [HUONG, DUC]
    assert (result.sheet, result.header_row, result.counted) == ("DSHS", 4, 2)
    assert result.problems == []


def test_dirt_is_washed_off():
    row = [1, "Pha\u0323m\u00a0Gia  An ", " 5/9/2014 ", "NAM", "6A1\u00a0", 112345678, 79214000124]
    [an] = read(row, header=CODED).rows
    assert (an.full_name, an.birth_date, an.sex) == ("Phạm Gia An", date(2014, 9, 5), Sex.MALE)
    assert (an.class_name, an.ministry_code, an.personal_number) == ("6A1", "0112345678", "079214000124")


def test_a_bad_cell_is_told_by_row_column_and_cell():
    result = read([1, "Phạm Gia An", "31/02/2014", "Nam", "6A1"])
    details = {"cell": "C2", "value": "31/02/2014"}
    assert result.problems == [RowProblem(2, "Ngày sinh", Code.IMPOSSIBLE_DATE, details)]
    assert result.rows == []


def test_a_refused_row_says_whose_it_is():
    result = read([1, "Pha\u0323m Gia  An", "31/02/2014", "Nam", "6A1"], [2, None, "?", "Nam", "6A1"])
    assert {(problem.row_number, problem.who) for problem in result.problems} == {(2, "Phạm Gia An"), (3, "")}


def test_all_problems_of_a_row_are_told_at_once_and_the_row_counts_once():
    result = read([1, "Phạm Gia An", None, "?", None])
    codes = [problem.code for problem in result.problems]
    assert codes == [Code.MISSING_VALUE, Code.BAD_SEX, Code.MISSING_VALUE]
    assert result.refused == [2]


def test_blank_rows_and_running_numbers_beyond_the_last_pupil():
    result = read(
        [1, "Phạm Gia An", "05/09/2014", "Nam", "6A1"], [], [2], ["\u00a0", " "], [3, None, None, None, "x"]
    )
    assert result.blank == [3, 4, 5]
    assert result.refused == [6]


def test_a_footer_is_not_a_pupil():
    result = read(["Danh sách có 1 học sinh"], [None, None, None, "Hiệu trưởng"])
    assert result.blank == [2]
    assert result.problems == [RowProblem(3, None, Code.NOT_A_PUPIL, {})]


@pytest.mark.parametrize("column", [5, 6])
def test_one_code_twice_refuses_both_rows_each_naming_the_other(column):
    rows = [[1, "Phạm Gia An", "05/09/2014", "Nam", "6A1"], [2, "Bùi Thu Hà", "06/09/2014", "Nữ", "6A1"]]
    code = "0112345678" if column == 5 else "079214000124"
    for row in rows:
        row += [None, None]
        row[column] = code
    result = read(*rows, header=CODED)
    assert [(each.row_number, each.column, each.code) for each in result.problems] == [
        (2, CODED[column], Code.DUPLICATE),
        (3, CODED[column], Code.DUPLICATE),
    ]
    assert [each.details["other_row"] for each in result.problems] == [3, 2]
    assert result.problems[0].details["value"] == code


def test_one_name_and_birth_date_twice_without_codes():
    an = [1, "Phạm Gia An", "05/09/2014", "Nam", "6A1"]
    result = read(an, an, [3, "Phạm Gia Ân", "05/09/2014", "Nam", "6A1"])
    assert result.refused == [2, 3]
    assert [row.full_name for row in result.rows] == ["Phạm Gia Ân"]
    assert result.problems[0].details == {"cell": "B2", "value": "Phạm Gia An", "other_row": 3}


def test_namesakes_with_codes_of_their_own_are_two_pupils():
    an = [1, "Phạm Gia An", "05/09/2014", "Nam", "6A1"]
    assert len(read([*an, "0112345678"], [*an, "0112345679"], header=CODED[:6]).rows) == 2


def test_a_namesake_without_a_code_may_be_the_same_pupil():
    an = [1, "Phạm Gia An", "05/09/2014", "Nam", "6A1"]
    assert read([*an, "0112345678"], [*an, None], header=CODED[:6]).refused == [2, 3]


def test_a_score_sheet_is_not_a_pupil_list():
    with pytest.raises(UnreadableTable) as caught:
        read_pupil_list(write_score_sheet([HUONG_MARKS], SECONDARY, TITLES))
    assert caught.value.code == Code.MISSING_COLUMNS


@pytest.mark.parametrize(("wording", "meaning"), STATUSES.items())
def test_status(wording, meaning):
    assert status(f" {wording.upper()} ") == meaning


def test_status_refuses():
    with pytest.raises(BadValue) as caught:
        status("Đang chơi")
    assert caught.value.code == Code.UNKNOWN_STATUS
    assert status(None) is None
    assert status("đang học") is Status.STUDYING


def test_ten_thousand_pupils():
    rows = [[n, "Phạm Gia An", "05/09/2014", "Nam", "6A1", f"79{n:08}"] for n in range(10_000)]
    assert [row.ministry_code for row in read(*rows, header=CODED[:6]).rows] == [row[5] for row in rows]
