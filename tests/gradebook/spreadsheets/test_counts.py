"""Counts in are counts out, whatever the rows hold."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradebook.spreadsheets.pupil_list import read_pupil_list
from gradebook.spreadsheets.safety import check_upload
from gradebook.spreadsheets.score_columns import SECONDARY
from gradebook.spreadsheets.score_sheet import read_score_sheet
from tests.gradebook.spreadsheets.workbooks import PUPIL_HEADER, workbook

NAMES = st.sampled_from(["Phạm Gia An", "Bùi Thu Hà", "Đỗ Đức", "Tổng số: 3", "\u00a0", None])
DATES = st.sampled_from(["05/09/2014", "31/02/2014", 41887, "x", None]) | st.dates()
CODES = st.sampled_from(["0112345678", 112345678, 7912345678, "12", None])
ANYTHING = (
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["C"])) | st.dates()
)
ANYTHING = ANYTHING.filter(lambda value: not (isinstance(value, str) and value.startswith(("=", "#"))))
SEXES = st.sampled_from(["Nam", "nữ", "?", None])
CLASSES = st.sampled_from(["6A1", 12.6, None])
PUPILS = st.tuples(ANYTHING, NAMES | ANYTHING, DATES, SEXES, CLASSES, CODES)
SCORES = st.tuples(ANYTHING, NAMES, DATES | ANYTHING, CODES, ANYTHING, ANYTHING)
calmly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def fates(result):
    return sorted([row.row_number for row in result.rows] + list(result.blank) + result.refused)


def is_prefix_of_rows(numbers, rows):
    """Every row has one fate; a workbook forgets the empty rows at its end."""
    assert numbers == list(range(2, 2 + len(numbers)))
    assert all(value in (None, "") for row in rows[len(numbers) :] for value in row)


@calmly
@given(st.lists(PUPILS, max_size=8))
def test_every_row_of_a_pupil_list_has_one_fate(rows):
    data = workbook([[*PUPIL_HEADER, "Mã định danh Bộ"], *rows])
    check_upload("a.xlsx", data)
    is_prefix_of_rows(fates(read_pupil_list(data)), rows)


@calmly
@given(st.lists(SCORES, max_size=8))
def test_every_row_of_a_score_sheet_has_one_fate(rows):
    header = ["STT", "Họ và tên", "Ngày sinh", "Mã định danh Bộ", "TX1", "Nhận xét"]
    data = workbook([header, *rows])
    check_upload("a.xlsx", data)
    is_prefix_of_rows(fates(read_score_sheet(data, SECONDARY)), rows)
