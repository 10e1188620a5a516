"""Whether a child who comes is in the records already: the one answer for lists, movements and pupils added by hand.

An identifier belongs to one child. The same name, written in whatever way, and the same birth date is a question
for a person: nobody is merged silently, and nobody is added twice unasked.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from accounts import names
from gradebook.models import Student

IDENTIFIERS = ("ministry_code", "school_code", "citizen_number", "register_number")
"""Fields of Student that belong to one pupil only."""
FOR_LIFE = ("ministry_code", "citizen_number")
"""Those that no school gives anew."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A child as a paper, a page or a row of a list names it."""

    full_name: str
    birth_date: date
    sex: str
    ministry_code: str = ""
    citizen_number: str = ""
    school_code: str = ""
    register_number: int | None = None

    @property
    def identifiers(self) -> dict[str, Any]:
        return {name: value for name in IDENTIFIERS if (value := getattr(self, name))}

    def new_student(self, admitted_on: date) -> Student:
        fields: dict[str, Any] = {"full_name": self.full_name, "birth_date": self.birth_date, "sex": self.sex}
        return Student(**fields, **self.identifiers, admitted_on=admitted_on)

    def disagrees(self, student: Student) -> bool:
        """Whether both have an identifier of one kind, and not the same."""
        given = self.identifiers
        return any(getattr(student, name) not in ("", given[name]) for name in FOR_LIFE if name in given)


@dataclass(frozen=True, slots=True)
class KnownPupils:
    """Everybody whom some newcomers may be."""

    identified: Mapping[tuple[str, object], Student]
    namesakes: Mapping[tuple[str, date], list[Student]]

    @classmethod
    def among(cls, newcomers: Collection[Newcomer], *, locking: bool = False) -> "KnownPupils":
        """One query, however many come."""
        found = Student.objects.filter(_wanted(newcomers)).order_by("pk")
        students = list(found.select_for_update() if locking else found)
        namesakes: dict[tuple[str, date], list[Student]] = defaultdict(list)
        for student in students:
            namesakes[student.search_key, student.birth_date].append(student)
        owned = ((name, getattr(student, name), student) for student in students for name in IDENTIFIERS)
        return cls({(name, value): student for name, value, student in owned if value}, namesakes)

    @property
    def students(self) -> list[Student]:
        return [student for group in self.namesakes.values() for student in group]

    def owner(self, name: str, value: object) -> Student | None:
        """Whose identifier it is; nobody else can be meant."""
        return self.identified.get((name, value)) if value else None

    def owners(self, newcomer: Newcomer) -> list[Student]:
        found = (self.owner(name, value) for name, value in newcomer.identifiers.items())
        return list(dict.fromkeys(student for student in found if student))

    def alike(self, newcomer: Newcomer) -> list[Student]:
        """Same name and birth date: a person says whether it is the same child."""
        return self.namesakes.get((names.search_key(newcomer.full_name), newcomer.birth_date), [])


def _wanted(newcomers: Collection[Newcomer]) -> Q:
    wanted = Q(
        search_key__in={names.search_key(each.full_name) for each in newcomers},
        birth_date__in={each.birth_date for each in newcomers},
    )
    for name in IDENTIFIERS:
        wanted |= Q(**{f"{name}__in": {value for each in newcomers if (value := getattr(each, name))}})
    return wanted
