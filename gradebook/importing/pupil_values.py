"""Which value of the records each cell of a pupil list is for, and how records and file compare."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gradebook.import_rows import Reason, RowRefused
from gradebook.importing.plans import Change
from gradebook.models import Guardian, Student
from gradebook.spreadsheets.ethnicities import ETHNICITIES
from gradebook.spreadsheets.pupil_columns import PUPIL_HEADINGS
from gradebook.spreadsheets.pupil_list import PupilRow
from gradebook.spreadsheets.text import clean

UNKNOWN_GROUP = "99"
# Field of Student -> column of the list. What several columns make up together is below.
FIELDS: Mapping[str, str] = {
    "ministry_code": "ministry_code",
    "school_code": "school_code",
    "register_number": "register_number",
    "admitted_on": "admitted_on",
    "citizen_number": "personal_number",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "religion": "religion",
    "birthplace": "birth_place",
    "hometown": "home_province",
    "permanent_address": "registered_hamlet",
    "address": "address",
    "phone": "phone",
    "identity_card": "identity_card",
    "identity_card_date": "identity_card_date",
    "identity_card_place": "identity_card_place",
    "policy_group": "policy_group",
    "household": "poor",
    "boarding": "boarding",
    "union": "youth_union",
    "disability": "disability",
}
OF_GUARDIAN: Mapping[str, str] = {
    "full_name": "name",
    "birth_year": "birth_year",
    "occupation": "occupation",
    "workplace": "workplace",
    "phone": "phone",
    "citizen_number": "citizen_number",
}
_R = Guardian.Relation
RELATIONS: Mapping[_R, str] = {_R.FATHER: "father", _R.MOTHER: "mother", _R.GUARDIAN: "guardian"}
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What goes where nothing stands (`values`, and as a reader sees it `fills`), and what contradicts."""

    values: Values
    fills: list[Change]
    differences: list[Change]


def told_of_student(row: PupilRow) -> Values:
    """What the row says of the pupil beyond name and birth date; nothing for what it leaves blank."""
    together = {
        "sex": row.sex.value,
        "hometown": ", ".join(part for part in (row.home_commune, row.home_province) if part),
        "household": _household(row),
        "union": _union(row),
        "disability": "Có" if (row.disability or "").casefold() == "x" else row.disability,
    }
    values = {
        name: together.get(name) or getattr(row, key) for name, key in FIELDS.items() if name not in together
    }
    return {name: value for name, value in {**values, **together}.items() if value not in (None, "")}


def told_of_guardian(row: PupilRow, relation: _R) -> Values:
    values = {name: getattr(row, f"{RELATIONS[relation]}_{key}") for name, key in OF_GUARDIAN.items()}
    return {name: value for name, value in values.items() if value not in (None, "")}


def compare(known: Student | Guardian, told: Values, relation: _R | None = None) -> Comparison:
    found = Comparison({}, [], [])
    for name, value in told.items():
        there = getattr(known, name)
        change = Change(heading_of(name, relation), shown(known, name, there), shown(known, name, value))
        if _is_empty(name, there):
            found.values[name] = value
            found.fills.append(change)
        elif not _same(there, value):
            found.differences.append(change)
    return found


def check_lengths(row: PupilRow) -> None:
    """Raises RowRefused when a text is longer than its place."""
    for model, name, value, relation in _texts(row):
        limit = getattr(model._meta.get_field(name), "max_length", None)
        if limit and isinstance(value, str) and len(value) > limit:
            raise RowRefused(Reason.TOO_LONG, heading=heading_of(name, relation), limit=limit)


def heading_of(name: str, relation: _R | None = None) -> str:
    if relation is not None:
        return PUPIL_HEADINGS.official(f"{RELATIONS[relation]}_{OF_GUARDIAN[name]}")
    return PUPIL_HEADINGS.official(FIELDS.get(name, name))


def shown(model: Student | Guardian, name: str, value: Any) -> str:
    """As a reader of lists knows it: dates, names of groups and choices instead of codes."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if name == "ethnicity" and value in ETHNICITIES:
        return ETHNICITIES[value][0]
    choices = dict(model._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
    return str(choices.get(value, "" if value is None else value))


def _texts(row: PupilRow) -> Iterator[tuple[type[Student | Guardian], str, Any, _R | None]]:
    yield Student, "full_name", row.full_name, None
    for name, value in told_of_student(row).items():
        yield Student, name, value, None
    for relation in RELATIONS:
        for name, value in told_of_guardian(row, relation).items():
            yield Guardian, name, value, relation


def _household(row: PupilRow) -> str:
    if row.poor:
        return str(Student.Household.POOR)
    if row.near_poor:
        return str(Student.Household.NEAR_POOR)
    return str(Student.Household.NONE) if row.poor is False and row.near_poor is False else ""


def _union(row: PupilRow) -> str:
    if row.youth_union:
        return str(Student.Union.YOUTH)
    if row.pioneer:
        return str(Student.Union.PIONEER)
    return str(Student.Union.NONE) if row.youth_union is False and row.pioneer is False else ""


def _is_empty(name: str, value: Any) -> bool:
    return value in (None, "") or (name == "ethnicity" and value == UNKNOWN_GROUP)


def _same(known: Any, given: Any) -> bool:
    """Letter case and spaces make no difference between texts."""
    if isinstance(known, str) and isinstance(given, str):
        return clean(known).casefold().split() == clean(given).casefold().split()
    return bool(known == given)
