"""Everything that can be wrong with an uploaded spreadsheet, as codes and data.

Sentences are made at the edge, in the reader's language; each code's docstring names the details that come
with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A stable name of a problem; the docstring of each member says what it means."""

    __doc__: str

    def __new__(cls, value: str, doc: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.__doc__ = doc
        return member

    # The file is refused before anything is read from it.
    EMPTY_FILE = "empty_file", "The file holds no bytes."
    FILE_TOO_LARGE = "file_too_large", "The file has `size` bytes, more than `limit`."
    SAVE_AS_XLSX = "save_as_xlsx", "An old or other format (`extension`): open it and save it as .xlsx."
    NOT_A_WORKBOOK = "not_a_workbook", "Named .xlsx, but the content is something else."
    ENCRYPTED = "encrypted", "Protected by a password to open: remove the password."
    DAMAGED = "damaged", "Incomplete or contradictory inside, in `part` where known."
    TOO_MANY_PARTS = "too_many_parts", "The package has `count` parts, more than `limit`."
    UNPACKS_TOO_LARGE = (
        "unpacks_too_large",
        "Unpacked (at `part`), the file exceeds `limit` bytes or a sane ratio.",
    )
    TOO_MANY_CELLS = "too_many_cells", "Sheet `sheet` reaches to `cell`: more than `limit` cells from A1."
    MACROS = "macros", "The workbook carries program code, in `part`."
    EXTERNAL_LINK = "external_link", "The workbook takes data from elsewhere, through `part`."
    EMBEDDED_OBJECT = "embedded_object", "Another file or a control is embedded, in `part`."
    DOCTYPE = "doctype", "`part` declares XML entities, which no spreadsheet program writes."
    FORMULA = "formula", "A formula on sheet `sheet`, first at `cell`: paste values only."
    ERROR_CELL = "error_cell", "An error value such as #N/A on sheet `sheet`, first at `cell`."

    # The table cannot be found or understood as a whole.
    UNREADABLE = "unreadable", "The spreadsheet reader gave up, saying `reason`."
    NO_SHEET = "no_sheet", "There is no sheet called `sheet`; those there are `sheets`."
    NO_HEADER = "no_header", "No row looks like the header; the columns `columns` were expected."
    MISSING_COLUMNS = "missing_columns", "The required columns `columns` are missing on sheet `sheet`."
    REPEATED_COLUMN = "repeated_column", "Columns `letters` all mean `column`: keep one."
    NO_MARK_COLUMN = "no_mark_column", "Pupils, but not one column for marks or comments, on sheet `sheet`."

    CODES_LOST = "codes_lost", "Written by the portal, but the hidden codes of its rows and columns are gone."

    # A column is not read.
    UNKNOWN_COLUMN = "unknown_column", "The heading is not known, so nothing in this column is read."

    # A row is refused.
    NOT_A_PUPIL = "not_a_pupil", "The row has text but neither a name nor a code: a footer or a note."
    NOT_AN_ENTRY = "not_an_entry", "The row has text but not what the list is about: a footer or a note."
    MISSING_VALUE = "missing_value", "A required cell is blank."
    NO_IDENTITY = "no_identity", "Neither a code nor a date of birth says which pupil of this name is meant."
    BAD_NAME = "bad_name", "`value` is not a person's name."
    BAD_DATE = "bad_date", "`value` is not written as a date."
    IMPOSSIBLE_DATE = "impossible_date", "`value` is not in the calendar."
    TWO_DIGIT_YEAR = "two_digit_year", "`value` has a year of two digits."
    DATE_OUT_OF_RANGE = "date_out_of_range", "`value` is a date outside the years `first` to `last`."
    BAD_YEAR = "bad_year", "`value` is not a year."
    BAD_IDENTIFIER = "bad_identifier", "`value` is not a number of `lengths` digits."
    LOST_ZEROS = "lost_zeros", "Excel stored `value` as a number and lost more zeros than can be restored."
    BAD_SEX = "bad_sex", "`value` is neither Nam nor Nữ."
    BAD_GRADE = "bad_grade", "`value` is not a grade from 1 to 12."
    BAD_SEMESTER = "bad_semester", "`value` is neither a semester nor the year."
    BAD_NUMBER = "bad_number", "`value` is not a decimal number."
    AMBIGUOUS_CLASS = "ambiguous_class", "Excel stored `value` as a number, so 10.1 and 10.10 look the same."
    UNKNOWN_ETHNICITY = "unknown_ethnicity", "`value` is not an ethnic group of the national list."
    UNKNOWN_CHOICE = "unknown_choice", "`value` is none of the words `choices`."
    BAD_USERNAME = "bad_username", "`value` holds a character that no user name has."
    BAD_EMAIL = "bad_email", "`value` is not an e-mail address."
    BAD_COUNT = "bad_count", "`value` is not a whole number."
    UNKNOWN_STATUS = "unknown_status", "`value` is not a status of a pupil."
    UNEXPECTED_DATE = (
        "unexpected_date",
        "The cell holds the date `value`: Excel has turned typing into a date.",
    )
    UNEXPECTED_VALUE = "unexpected_value", "The cell holds `value`, a truth value or a duration."
    BECAME_DATE = (
        "became_date",
        "A mark typed with a point became the date `value`; perhaps `meant` was meant.",
    )
    DUPLICATE = "duplicate", "The same `value`, which only one row may have, is also in row `other_row`."


Details = Mapping[str, object]


class Refused(Exception):
    """Something was refused: `code` says why, `details` holds the data the code's docstring names."""

    def __init__(self, code: Code, **details: object) -> None:
        super().__init__(code.value, details)
        self.code = code
        self.details: Details = details


class UnsafeFile(Refused):
    """The file must not be opened."""


class UnreadableTable(Refused):
    """The file may be opened, but the expected table is not in it."""


class BadValue(Refused):
    """One cell does not hold what its column asks for."""


@dataclass(frozen=True)
class ColumnProblem:
    """A column that was not read: its letter, and its heading as the file has it."""

    letter: str
    heading: str
    code: Code


@dataclass(frozen=True)
class RowProblem:
    """Why a row was refused.

    `row_number` counts as Excel does, from 1; `column` is the heading as the file has it, None for the row
    as a whole; `details` holds `cell` (such as "D7") where there is one, and what the code's docstring names.
    `who` is the name as the file has it, for whoever looks for the child on paper.
    """

    row_number: int
    column: str | None
    code: Code
    details: Details = field(default_factory=dict)
    who: str = field(default="", compare=False)
