"""What the kinds of import share: the fate of a refused row, as a code with data, and how files are compared.

Sentences are made by `import_problems`, in the reader's language.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from accounts import names
from gradebook.spreadsheets.problems import ColumnProblem, RowProblem
from gradebook.spreadsheets.rows import Result
from gradebook.spreadsheets.text import clean


class Reason(StrEnum):
    """Why a well-formed row does not fit the records. Reasons of the file itself are `spreadsheets.problems.Code`."""

    UNKNOWN_CLASS = "unknown_class"
    OTHER_CLASS = "other_class"
    OTHER_GRADE = "other_grade"
    UNLIKELY_AGE = "unlikely_age"
    NOT_STUDYING = "not_studying"
    TOO_LONG = "too_long"
    DISAGREES = "disagrees"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    SAME_CITIZEN_NUMBER = "same_citizen_number"
    HAS_LEFT = "has_left"
    ENROLLED_ELSEWHERE = "enrolled_elsewhere"
    NOT_IN_CLASS = "not_in_class"
    AMBIGUOUS_PUPIL = "ambiguous_pupil"
    SAME_PUPIL = "same_pupil"
    TAKEN = "taken"
    NO_YEAR = "no_year"
    WRONG_CHOICE = "wrong_choice"
    UNKNOWN_TEACHER = "unknown_teacher"
    AMBIGUOUS_TEACHER = "ambiguous_teacher"
    NOT_A_TEACHER = "not_a_teacher"
    ONESELF = "oneself"
    UNKNOWN_SUBJECT = "unknown_subject"
    NOT_TAUGHT = "not_taught"
    UNKNOWN_STRAND = "unknown_strand"
    OTHER_TEACHER = "other_teacher"
    ALSO_GIVEN = "also_given"
    NAME_OF_SOMEBODY = "name_of_somebody"
    HEADED = "headed"
    HEAD_OF_NOTHING = "head_of_nothing"
    ROLE_NOT_YOURS = "role_not_yours"
    ROW_ADDED = "row_added"
    COPIED_ROW = "copied_row"
    GONE = "gone"
    OUT_OF_STEP = "out_of_step"
    STALE = "stale"
    OTHER_MONTH = "other_month"


class FileReason(StrEnum):
    """Why a readable file as a whole does not belong here."""

    OTHER_CLASS_FILE = "other_class_file"
    NO_ROWS = "no_rows"
    OTHER_SHEET = "other_sheet"
    OUTDATED_SHEET = "outdated_sheet"
    FORGED = "forged"
    NO_SEAL = "no_seal"
    NO_SEALS = "no_seals"


class Misplaced(Exception):
    """The file is sound, but not for this place. `code` says why, `details` holds the data."""

    def __init__(self, code: FileReason, **details: object) -> None:
        super().__init__(code.value, details)
        self.code = code
        self.details = details


class RowRefused(Exception):
    """One row does not fit the records."""

    def __init__(self, code: Reason, **details: object) -> None:
        super().__init__(code.value, details)
        self.code = code
        self.details = details


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row, or one cell of it, that is not written: which, whose, and why."""

    row: int
    who: str
    code: str
    column: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    item: str = ""
    """Which of the several things that one row says."""

    @classmethod
    def of_problem(cls, problem: RowProblem) -> "RefusedRow":
        return cls(problem.row_number, problem.who, problem.code.value, problem.column or "", problem.details)

    def as_json(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "who": self.who,
            "code": self.code,
            "column": self.column,
            "details": dict(self.details),
            "item": self.item,
        }


@dataclass(frozen=True, slots=True)
class Source:
    """What the file says of itself: where the table was found and what of it is not read."""

    sheet: str
    header_row: int
    rows: int
    blank: int
    unknown_columns: Sequence[ColumnProblem]
    unused_columns: Sequence[str]
    other_sheets: Sequence[str]

    @classmethod
    def of(cls, result: Result[Any], unused_columns: Iterable[str]) -> "Source":
        return cls(
            sheet=result.sheet,
            header_row=result.header_row,
            rows=len(result.rows) + len(result.refused),
            blank=len(result.blank),
            unknown_columns=result.unknown_columns,
            unused_columns=list(unused_columns),
            other_sheets=result.other_sheets,
        )


def class_key(name: str) -> str:
    """Class names as compared: "Lớp 6a1 " is 6A1, but 10.1 is not 101."""
    return clean(name).casefold().removeprefix("lớp").replace(" ", "")


def same_name(one: str, other: str) -> bool:
    """The same letters and tones in every word, wherever the tone mark is put: Thuý is Thúy."""
    return names.sort_key(one) == names.sort_key(other)
