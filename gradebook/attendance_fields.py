"""How the fields of the attendance pages are named: whose cell it is, and the version that the page saw."""

from datetime import date

from gradebook.attendance_rules import AFTERNOON, MORNING

CODES = {MORNING: "m", AFTERNOON: "a"}
HALF_CODES = {code: half for half, code in CODES.items()}


def line_name(enrolment_id: int, version: int) -> str:
    return f"k-{enrolment_id}-{version}"


def cell_name(enrolment_id: int, day: date, half_day: str, version: int) -> str:
    return f"a-{enrolment_id}-{day:%Y%m%d}-{CODES[half_day]}-{version}"


def call_name(day: date, half_day: str) -> str:
    return f"c-{day:%Y%m%d}-{CODES[half_day]}"


def note_name(enrolment_id: int, day: date, half_day: str) -> str:
    return f"b-{enrolment_id}-{day:%Y%m%d}-{CODES[half_day]}"
