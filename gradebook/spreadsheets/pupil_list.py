"""Reads the ministry's list of pupils (rules.md §6.1.1) into typed rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gradebook.spreadsheets.choices import boarding, policy_group, yes_or_no
from gradebook.spreadsheets.ethnicities import ethnicity
from gradebook.spreadsheets.header import Cell
from gradebook.spreadsheets.identifiers import identity_card, ministry_code, personal_number, phone
from gradebook.spreadsheets.problems import BadValue, Code
from gradebook.spreadsheets.pupil_columns import PUPIL_HEADINGS
from gradebook.spreadsheets.reading import Chosen, read_sheet
from gradebook.spreadsheets.rows import Parser, Reader, Result, read_rows
from gradebook.spreadsheets.text import plain
from gradebook.spreadsheets.values import Sex, class_name, count, day, grade, name, sex, text, year


class Status(StrEnum):
    """Trạng thái of a pupil (rules.md §6.4)."""

    STUDYING = "studying"
    MOVED_OUT = "moved_out"
    MOVED_IN = "moved_in"
    DROPPED_OUT = "dropped_out"
    DEFERRED = "deferred"
    CHANGED_CLASS = "changed_class"


# The first wording of each status is the one that is written.
STATUSES = {
    "Đang học": Status.STUDYING,
    "Chuyển đi": Status.MOVED_OUT,
    "Chuyển trường": Status.MOVED_OUT,
    "Chuyển đến": Status.MOVED_IN,
    "Bỏ học": Status.DROPPED_OUT,
    "Thôi học": Status.DROPPED_OUT,
    "Bảo lưu": Status.DEFERRED,
    "Chuyển lớp": Status.CHANGED_CLASS,
}
_PLAIN_STATUSES = {plain(wording): status for wording, status in STATUSES.items()}


@dataclass(frozen=True)
class PupilRow:
    """One pupil as the list has them, cleaned; None for a blank cell or a missing column.

    `ethnicity` is a code of `ethnicities.ETHNICITIES`; `row_number` counts as Excel does.
    """

    row_number: int
    full_name: str
    birth_date: date
    sex: Sex
    class_name: str
    ministry_code: str | None = None
    personal_number: str | None = None
    ethnicity: str | None = None
    status: Status | None = None
    grade: int | None = None
    phone: str | None = None
    birth_place: str | None = None
    registered_hamlet: str | None = None
    home_province: str | None = None
    home_commune: str | None = None
    address: str | None = None
    identity_card: str | None = None
    identity_card_date: date | None = None
    identity_card_place: str | None = None
    father_name: str | None = None
    father_occupation: str | None = None
    father_birth_year: int | None = None
    mother_name: str | None = None
    mother_occupation: str | None = None
    mother_birth_year: int | None = None
    school_code: str | None = None
    register_number: int | None = None
    admitted_on: date | None = None
    religion: str | None = None
    policy_group: str | None = None
    poor: bool | None = None
    near_poor: bool | None = None
    youth_union: bool | None = None
    pioneer: bool | None = None
    disability: str | None = None
    boarding: str | None = None
    father_citizen_number: str | None = None
    father_workplace: str | None = None
    father_phone: str | None = None
    mother_citizen_number: str | None = None
    mother_workplace: str | None = None
    mother_phone: str | None = None
    guardian_name: str | None = None
    guardian_occupation: str | None = None
    guardian_birth_year: int | None = None
    guardian_citizen_number: str | None = None
    guardian_workplace: str | None = None
    guardian_phone: str | None = None


def status(value: Cell) -> Status | None:
    """Raises BadValue: UNKNOWN_STATUS."""
    written = text(value)
    if written is None:
        return None
    if plain(written) not in _PLAIN_STATUSES:
        raise BadValue(Code.UNKNOWN_STATUS, value=written)
    return _PLAIN_STATUSES[plain(written)]


# Columns that are not named here are text.
PARSERS: Mapping[str, Parser] = {
    "ministry_code": ministry_code,
    "personal_number": personal_number,
    "full_name": name,
    "birth_date": day,
    "sex": sex,
    "class_name": class_name,
    "ethnicity": ethnicity,
    "status": status,
    "grade": grade,
    "phone": phone,
    "identity_card": identity_card,
    "identity_card_date": day,
    "father_birth_year": year,
    "mother_birth_year": year,
    "guardian_birth_year": year,
    "register_number": count,
    "admitted_on": day,
    "policy_group": policy_group,
    "poor": yes_or_no,
    "near_poor": yes_or_no,
    "youth_union": yes_or_no,
    "pioneer": yes_or_no,
    "boarding": boarding,
    **{f"{person}_citizen_number": personal_number for person in ("father", "mother", "guardian")},
    **{f"{person}_phone": phone for person in ("father", "mother", "guardian")},
}
FIELDS = [key for key in PUPIL_HEADINGS.aliases if isinstance(key, str) and key != "number"]


def read_pupil_list(data: bytes, sheet: str | None = None, chosen: Chosen | None = None) -> Result[PupilRow]:
    """Read the sheet called `sheet`, or the first that holds a list of pupils, or what a person has chosen.

    `data` has passed `safety.check_upload`. Rows that mean one pupil twice are all refused, each naming the
    other. Raises UnreadableTable as `reading.read_sheet` does.
    """
    return read_rows(read_sheet(data, PUPIL_HEADINGS, sheet, chosen), _build)


def _build(reader: Reader) -> PupilRow | None:
    if not any(reader.value(key) for key in ("ministry_code", "full_name", "personal_number", "birth_date")):
        reader.refuse_row(Code.NOT_A_PUPIL)
        return None
    values = {
        key: reader.parse(key, PARSERS.get(key, text), required=key in PUPIL_HEADINGS.required)
        for key in FIELDS
    }
    return None if reader.problems else PupilRow(row_number=reader.row.number, **values)
