"""Writes what a plan of a pupil list has decided, in a constant number of statements."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Max

from accounts.models import User
from accounts.recorded import create_many, update_many
from gradebook.importing.plans import Plan
from gradebook.importing.pupil_values import UNKNOWN_GROUP
from gradebook.importing.pupils import PupilFate
from gradebook.models import Enrolment, Guardian, Import, SchoolClass, SchoolYear, Student
from gradebook.years import hold_open


def lock_classes(year: SchoolYear | None) -> None:
    """The rows of the classes serialise numbering: two lists at once must not take the same number.

    Raises YearClosed.
    """
    list(SchoolClass.objects.select_for_update(no_key=True).filter(year=year).order_by("pk"))
    if year is not None:
        hold_open(year.pk)


def write_pupils(plan: Plan, upload: Import, by: User, today: date) -> None:
    trace: dict[str, Any] = {"by": by, "reason": upload.file_name, "origin": upload.origin}
    fates: list[PupilFate] = [entry.fate for entry in (*plan.added, *plan.filled)]
    new = [fate for fate in fates if fate.student is None]
    known = [fate for fate in fates if fate.student is not None and fate.values]
    _add_students(new, trace)
    _fill_students(known, trace)
    _write_guardians(fates, trace)
    create_many(Enrolment, _enrolments([fate for fate in fates if fate.enrols], today), **trace)


def _add_students(fates: Sequence[PupilFate], trace: dict[str, Any]) -> None:
    students = [
        Student(
            full_name=fate.row.full_name,
            birth_date=fate.row.birth_date,
            **({"ethnicity": UNKNOWN_GROUP} | fate.values),
        )
        for fate in fates
    ]
    for fate, student in zip(fates, create_many(Student, students, **trace), strict=True):
        fate.student = student


def _fill_students(fates: Sequence[PupilFate], trace: dict[str, Any]) -> None:
    for fate in fates:
        for name, value in fate.values.items():
            setattr(fate.student, name, value)
    fields = sorted({name for fate in fates for name in fate.values})
    update_many(Student, [fate.student for fate in fates if fate.student], fields=fields, **trace)


def _write_guardians(fates: Iterable[PupilFate], trace: dict[str, Any]) -> None:
    new, filled = [], []
    fields: set[str] = set()
    for fate in fates:
        for relation, (guardian, values) in fate.guardians.items():
            if guardian is None:
                new.append(Guardian(student=fate.student, relation=relation, **values))
                continue
            for name, value in values.items():
                setattr(guardian, name, value)
            filled.append(guardian)
            fields |= values.keys()
    create_many(Guardian, new, **trace)
    update_many(Guardian, filled, fields=sorted(fields), **trace)


def _enrolments(fates: Sequence[PupilFate], today: date) -> list[Enrolment]:
    joining: dict[SchoolClass, list[Student]] = {}
    for fate in fates:
        if fate.student is not None:
            joining.setdefault(fate.school_class, []).append(fate.student)
    numbers = Enrolment.objects.filter(school_class__in=list(joining)).values("school_class")
    last = dict(numbers.annotate(last=Max("number")).values_list("school_class", "last"))
    return [
        enrolment
        for school_class, students in joining.items()
        for enrolment in _list(school_class, students, last.get(school_class.pk, 0), today)
    ]


def _list(school_class: SchoolClass, students: list[Student], last: int, today: date) -> list[Enrolment]:
    """A new list is in name order from the first day of the year; later pupils stand below it, from today."""
    first_day = school_class.year.starts_on
    since = max(first_day, today) if last else first_day
    ordered = sorted(students, key=lambda student: (student.sort_key, student.birth_date))
    return [
        Enrolment(student=student, school_class=school_class, number=number, since=since)
        for number, student in enumerate(ordered, start=last + 1)
    ]
