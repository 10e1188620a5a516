import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from gradebook.spreadsheets import ethnicities, identifiers, values
from gradebook.spreadsheets.problems import BadValue, Code
from gradebook.spreadsheets.text import clean, number_text, plain
from gradebook.spreadsheets.values import Sex

PARSERS = [
    values.text,
    values.decimal,
    values.name,
    values.day,
    values.year,
    values.sex,
    values.class_name,
    values.grade,
    identifiers.ministry_code,
    identifiers.personal_number,
    identifiers.identity_card,
    identifiers.phone,
    ethnicities.ethnicity,
]


def code_of(parser, value):
    with pytest.raises(BadValue) as caught:
        parser(value)
    assert caught.value.details["value"] == str(caught.value.details["value"])
    return caught.value.code


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("blank", [None, "", "  ", "\u00a0", "\u200b\n"])
def test_blank_is_none(parser, blank):
    assert parser(blank) is None


@pytest.mark.parametrize(
    ("dirty", "tidy"),
    [
        (unicodedata.normalize("NFD", "Nguyễn Thị Hường"), "Nguyễn Thị Hường"),
        ("\u00a0Trần\u00a0 Văn  An \t", "Trần Văn An"),
        ("Lê\u200b Minh\ufeff", "Lê Minh"),
        ("một\r\nhai\rba", "một\nhai\nba"),
        ("a\x00b\x07c", "abc"),
    ],
)
def test_clean(dirty, tidy):
    assert clean(dirty) == tidy
    assert clean(tidy) == tidy


def test_plain_ignores_case_diacritics_and_punctuation():
    assert plain("  Mã ĐỊNH danh\u00a0Bộ GD&ĐT* ") == "ma dinh danh bo gd dt"


@pytest.mark.parametrize(
    ("number", "written"),
    [(8.0, "8"), (8, "8"), (7.5, "7.5"), (0.1, "0.1"), (7912345678.0, "7912345678"), (1e-7, "0.0000001")],
)
def test_number_text(number, written):
    assert number_text(number) == written


@pytest.mark.parametrize(
    "value",
    [
        "05/09/2014",
        "5/9/2014",
        "5-9-2014",
        "5.9.2014",
        " 05 / 09 / 2014 ",
        "2014-09-05",
        "05/09/2014 00:00:00",
        "2014-09-05T00:00",
        date(2014, 9, 5),
        datetime(2014, 9, 5, 7, 30),  # noqa: DTZ001 - a spreadsheet knows no time zones
        41887.0,
        41887,
        "41887",
    ],
)
def test_day(value):
    assert values.day(value) == date(2014, 9, 5)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("31/02/2014", Code.IMPOSSIBLE_DATE),
        ("29/02/2015", Code.IMPOSSIBLE_DATE),
        ("12/25/2014", Code.IMPOSSIBLE_DATE),
        ("5/9/14", Code.TWO_DIGIT_YEAR),
        ("tháng 9 năm 2014", Code.BAD_DATE),
        ("2014", Code.BAD_DATE),
        (4.0, Code.BAD_DATE),
        (41887.5, Code.BAD_DATE),
        ("05/09/1014", Code.DATE_OUT_OF_RANGE),
        (date(2914, 9, 5), Code.DATE_OUT_OF_RANGE),
        (True, Code.UNEXPECTED_VALUE),
        (time(7, 30), Code.UNEXPECTED_VALUE),
        (timedelta(hours=30), Code.UNEXPECTED_VALUE),
    ],
)
def test_day_refuses(value, code):
    assert code_of(values.day, value) == code


@pytest.mark.parametrize("value", ["7,5", "7.5", 7.5, " 7,5\u00a0", "+7,5"])
def test_decimal(value):
    assert values.decimal(value) == Decimal("7.5")


@pytest.mark.parametrize("value", ["8", 8, 8.0, " 8 "])
def test_whole_decimal(value):
    assert values.decimal(value) == 8


@pytest.mark.parametrize("value", ["bảy", "7,5,1", "7,", ",5", "1e3", "NaN", float("nan"), float("inf")])
def test_decimal_refuses(value):
    assert code_of(values.decimal, value) == Code.BAD_NUMBER


def test_a_mark_that_excel_made_a_date_of():
    assert code_of(values.decimal, date(2025, 5, 7)) == Code.UNEXPECTED_DATE


@pytest.mark.parametrize(
    ("value", "typed"),
    [("7,5", "7,5"), ("7.5", "7.5"), (7.5, "7,5"), (8.0, "8"), (" Đ ", "Đ"), ("CĐ", "CĐ"), (None, "")],
)
def test_typed(value, typed):
    assert values.typed(value) == typed


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("7912345678", "7912345678"),
        ("0112345678", "0112345678"),
        ("'0112345678", "0112345678"),
        ("01 1234 5678", "0112345678"),
        (7912345678.0, "7912345678"),
        (112345678.0, "0112345678"),
    ],
)
def test_ministry_code(value, code):
    assert identifiers.ministry_code(value) == code


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (12345678.0, Code.LOST_ZEROS),
        ("112345678", Code.BAD_IDENTIFIER),
        ("79123456789", Code.BAD_IDENTIFIER),
        (79123456789.0, Code.BAD_IDENTIFIER),
        ("7,91E+09", Code.BAD_IDENTIFIER),
        (791234567.5, Code.BAD_IDENTIFIER),
        (-791234567.0, Code.BAD_IDENTIFIER),
        ("79A2345678", Code.BAD_IDENTIFIER),
        (date(2014, 9, 5), Code.BAD_IDENTIFIER),
    ],
)
def test_ministry_code_refuses(value, code):
    assert code_of(identifiers.ministry_code, value) == code


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("001314000123", "001314000123"),
        (1314000123.0, "001314000123"),
        (79214000124.0, "079214000124"),
    ],
)
def test_personal_number(value, number):
    assert identifiers.personal_number(value) == number


def test_personal_number_with_more_lost_than_a_province_can_explain():
    assert code_of(identifiers.personal_number, 314000123.0) == Code.LOST_ZEROS


@pytest.mark.parametrize(
    ("value", "number"),
    [(12345678.0, "012345678"), (123456789.0, "123456789"), (79214000124.0, "079214000124")],
)
def test_identity_card(value, number):
    assert identifiers.identity_card(value) == number


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (912345678.0, "0912345678"),
        (2438123456.0, "02438123456"),
        ("0912 345 678", "0912 345 678"),
        (84912345678.0, "84912345678"),
    ],
)
def test_phone(value, number):
    assert identifiers.phone(value) == number


@pytest.mark.parametrize(
    ("value", "sex"), [("Nam", Sex.MALE), ("NỮ", Sex.FEMALE), (" nữ ", Sex.FEMALE), ("Nu", Sex.FEMALE)]
)
def test_sex(value, sex):
    assert values.sex(value) == sex


@pytest.mark.parametrize("value", ["x", "Khác", 1.0])
def test_sex_refuses(value):
    assert code_of(values.sex, value) == Code.BAD_SEX


@pytest.mark.parametrize("value", ["Nguyễn Văn Ổi", "H'Hen Niê", "Y Bliu Arul", "Anna-Maria Lê"])
def test_name(value):
    assert values.name(value) == value


@pytest.mark.parametrize("value", ["Nguyễn Văn 2", "(4)", 4.0, "-", "An <b>"])
def test_name_refuses(value):
    assert code_of(values.name, value) == Code.BAD_NAME


@pytest.mark.parametrize(("value", "name"), [("6A1", "6A1"), (12.6, "12.6"), ("10.1", "10.1"), (6.0, "6")])
def test_class_name(value, name):
    assert values.class_name(value) == name


@pytest.mark.parametrize(
    ("value", "code"), [(10.1, Code.AMBIGUOUS_CLASS), (date(2025, 1, 10), Code.UNEXPECTED_DATE)]
)
def test_class_name_refuses(value, code):
    assert code_of(values.class_name, value) == code


@pytest.mark.parametrize(("value", "grade"), [(6.0, 6), ("Khối 6", 6), ("Lớp 12", 12), ("06", 6)])
def test_grade(value, grade):
    assert values.grade(value) == grade


@pytest.mark.parametrize("value", ["13", "0", "Sáu"])
def test_grade_refuses(value):
    assert code_of(values.grade, value) == Code.BAD_GRADE


@pytest.mark.parametrize("value", [1985.0, "1985", date(1985, 3, 1)])
def test_year(value):
    assert values.year(value) == 1985


@pytest.mark.parametrize("value", ["85", "1785", "không rõ"])
def test_year_refuses(value):
    assert code_of(values.year, value) == Code.BAD_YEAR


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("Kinh", "01"),
        ("H'Mông", "08"),
        ("MÔNG", "08"),
        ("H’mông", "08"),
        ("Ê Đê", "12"),
        ("Dân tộc Tày", "02"),
    ],
)
def test_ethnicity(value, code):
    assert ethnicities.ethnicity(value) == code


def test_ethnicity_refuses():
    assert code_of(ethnicities.ethnicity, "Kin") == Code.UNKNOWN_ETHNICITY


def test_every_spelling_means_one_group():
    spellings = [spelling for group in ethnicities.ETHNICITIES.values() for spelling in group]
    assert len(ethnicities.ETHNICITIES) == 56
    assert all(
        code == ethnicities.ethnicity(spelling)
        for code, group in ethnicities.ETHNICITIES.items()
        for spelling in group
    )
    assert len(set(spellings)) == len(spellings)
