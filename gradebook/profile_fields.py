"""The profile of a pupil as fields of text: one list for the page, the form, the history and requests.

Texts are what people type and read (05/09/2014, Kinh), or the codes of a choice; they are parsed as strictly as
those of an imported list.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from gradebook.models import Guardian, Student
from gradebook.spreadsheets import identifiers, values
from gradebook.spreadsheets.ethnicities import ETHNICITIES, ethnicity
from gradebook.spreadsheets.problems import BadValue, Code

Parser = Callable[[str], Any]
UNKNOWN_GROUP = "99"
FEWEST_DIGITS = 7
"""Of a telephone number: a landline without the code of its province."""


class ValueRefused(ValueError):
    """What was typed cannot stand in its field. Codes: those of `spreadsheets.problems`, too_long and bad_phone."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code, self.details = code, details


@dataclass(frozen=True, slots=True)
class ProfileField:
    """`key` is a field of Student, or relation.field of a guardian."""

    key: str
    parser: Parser

    @property
    def relation(self) -> str:
        return self.key.rpartition(".")[0]

    @property
    def name(self) -> str:
        return self.key.rpartition(".")[2]

    @property
    def column(self) -> Any:
        owner: type[models.Model] = Guardian if self.relation else Student
        return owner._meta.get_field(self.name)

    @property
    def label(self) -> str:
        name = str(self.column.verbose_name)
        return f"{Guardian.Relation(self.relation).label}: {name}" if self.relation else name

    @property
    def choices(self) -> list[tuple[str, Any]]:
        return list(self.column.choices or [])

    @property
    def is_required(self) -> bool:
        return self.key in REQUIRED

    def parse(self, typed: str) -> Any:
        """The value to store. Raises ValueRefused."""
        try:
            value = self.parser(typed)
        except BadValue as bad:
            raise ValueRefused(bad.code.value, **bad.details) from None
        if value is None and self.is_required:
            raise ValueRefused(Code.MISSING_VALUE.value)
        limit = self.column.max_length
        if isinstance(value, str) and limit and len(value) > limit:
            raise ValueRefused("too_long", limit=limit)
        if self.key == "ethnicity":
            return value or UNKNOWN_GROUP
        return "" if value is None and not self.column.null else value

    def text_of(self, row: Any) -> str:
        """As it is typed; `row` is a pupil, a guardian or a row of their history, None where there is none."""
        value = getattr(row, self.name, None)
        if self.key == "ethnicity":
            return "" if value in (None, UNKNOWN_GROUP) else ETHNICITIES[value][0]
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        return "" if value is None else str(value)

    def shown(self, text: str) -> str:
        """A choice in the reader's words; any other text as it is."""
        return str(dict(self.choices).get(text, text))


def _line(typed: str) -> str | None:
    written = values.text(typed)
    return " ".join(written.split()) if written else None


def _phone(typed: str) -> str | None:
    """With blanks and signs as people write them. A list of pupils may hold words here: nobody is at hand to ask."""
    written = _line(typed)
    if written and (
        re.search(r"[^\d\s+().,;/-]", written) or len(re.findall(r"\d", written)) < FEWEST_DIGITS
    ):
        raise ValueRefused("bad_phone", value=written)
    return written


def _choice(model: type[models.Model], name: str) -> Parser:
    column: Any = model._meta.get_field(name)
    codes = {code for code, _label in column.choices}

    def parse(typed: str) -> str | None:
        if typed and typed not in codes:
            raise BadValue(Code.UNEXPECTED_VALUE, value=typed)
        return typed or None

    return parse


REQUIRED = frozenset({"full_name", "birth_date", "sex"})
_PARSERS: Mapping[str, Parser] = {
    "full_name": values.name,
    "birth_date": values.day,
    "ethnicity": ethnicity,
    "ministry_code": identifiers.ministry_code,
    "citizen_number": identifiers.personal_number,
    "identity_card": identifiers.identity_card,
    "identity_card_date": values.day,
    "admitted_on": values.day,
    "birth_year": values.year,
    "phone": _phone,
    **{name: _choice(Student, name) for name in ("sex", "policy_group", "household", "boarding", "union")},
}
_GUARDIAN = ("full_name", "birth_year", "occupation", "workplace", "phone", "citizen_number")


def _field(key: str) -> ProfileField:
    name = key.rpartition(".")[2]
    # "(đã mất)" is written behind the name of a parent: more than a name, as in an imported list.
    return ProfileField(key, _line if key.endswith(".full_name") else _PARSERS.get(name, _line))


SECTIONS: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "identity": (
        _("Identity"),
        (
            *("full_name", "birth_date", "sex", "ethnicity", "religion", "birthplace"),
            *("citizen_number", "identity_card", "identity_card_date", "identity_card_place"),
        ),
    ),
    "school": (_("At this school"), ("ministry_code", "school_code", "admitted_on")),
    "address": (_("Origin and address"), ("hometown", "permanent_address", "address", "phone")),
    "policy": (_("Policy groups"), ("policy_group", "household", "disability", "boarding", "union")),
    **{
        relation.value: (relation.label, tuple(f"{relation.value}.{name}" for name in _GUARDIAN))
        for relation in Guardian.Relation
    },
}
FIELDS: Mapping[str, ProfileField] = {key: _field(key) for _title, keys in SECTIONS.values() for key in keys}


class Profile:
    """A pupil and the guardians, read and written by key."""

    def __init__(self, student: Student) -> None:
        self.student = student
        guardians = student.guardians.all() if student.pk else ()
        self.guardians = {guardian.relation: guardian for guardian in guardians}

    def text(self, key: str) -> str:
        field = FIELDS[key]
        return field.text_of(self.guardians.get(field.relation) if field.relation else self.student)

    def put(self, key: str, value: Any) -> Student | Guardian:
        """Set the value, and say whose row it is."""
        field = FIELDS[key]
        if key == "full_name":
            self.student.rename(value)
            return self.student
        owner: Student | Guardian = self.student
        if field.relation:
            blank = Guardian(student=self.student, relation=field.relation)
            owner = self.guardians.setdefault(field.relation, blank)
        setattr(owner, field.name, value)
        return owner
