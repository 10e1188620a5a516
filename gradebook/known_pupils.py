"""Whether a child who comes is in the records already: the same identifier, else the same name and birth date."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from accounts import names
from gradebook.models import Student


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A child as the papers of the former school name it."""

    full_name: str
    birth_date: date
    sex: str
    ministry_code: str = ""
    citizen_number: str = ""

    @property
    def identifiers(self) -> dict[str, str]:
        both = {"ministry_code": self.ministry_code, "citizen_number": self.citizen_number}
        return {name: value for name, value in both.items() if value}

    def new_student(self, admitted_on: date) -> Student:
        fields: dict[str, Any] = {"full_name": self.full_name, "birth_date": self.birth_date, "sex": self.sex}
        return Student(**fields, **self.identifiers, admitted_on=admitted_on)

    def disagrees(self, student: Student) -> bool:
        """Whether both have an identifier of one kind, and not the same."""
        return any(getattr(student, name) not in ("", value) for name, value in self.identifiers.items())


def same_identifier(newcomer: Newcomer) -> list[Student]:
    """Nobody else can have these numbers."""
    wanted = Q()
    for name, value in newcomer.identifiers.items():
        wanted |= Q(**{name: value})
    return list(Student.objects.filter(wanted)) if wanted else []


def namesakes(newcomer: Newcomer) -> list[Student]:
    """Same name and birth date: a person says whether it is the same child."""
    alike = Student.objects.filter(
        search_key=names.search_key(newcomer.full_name), birth_date=newcomer.birth_date
    )
    key = names.sort_key(newcomer.full_name)
    return [student for student in alike if student.sort_key == key]
