"""Add a pupil by hand, and answer whether two pupils are one child."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.recorded import create_many
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook.actions.profiles import ProfileRefused, Texts, check_age, check_value, identifiers_free
from gradebook.importing.pupil_writing import lock_classes
from gradebook.known_pupils import KnownPupils, Newcomer
from gradebook.models import DifferentPupils, Enrolment, Guardian, SchoolClass, Student
from gradebook.profile_fields import FIELDS, Profile, ValueRefused


class PossibleDuplicate(ValueError):
    """Pupils of this name and birth date are in the records; a person answers first whether one of them is meant."""

    def __init__(self, known: list[Student]) -> None:
        super().__init__([student.pk for student in known])
        self.known = known


class ClassWithdrawn(ValueError):
    """The class was empty, and was taken out of the year since the page was shown."""


@recorded_write
def add_pupil(
    *,
    school_class: SchoolClass,
    typed: Texts,
    today: date,
    by: User,
    different_from: Collection[int] = (),
) -> Enrolment:
    """A new pupil at the end of the list, with the profile that was typed.

    `different_from`: pupils of the same name and birth date who are other children, by the answer of `by`; it is kept.
    Raises YearClosed, ClassWithdrawn, ProfileRefused or PossibleDuplicate.
    """
    if not by.may(Permission.MANAGE_PUPILS):
        raise PermissionDenied
    # All classes, as an import and a movement take: two must not add one child at once.
    lock_classes(school_class.year)
    if not SchoolClass.objects.filter(pk=school_class.pk).exists():
        raise ClassWithdrawn
    values = _parsed(typed, school_class)
    known = _alike(values)
    if {student.pk for student in known} - set(different_from):
        raise PossibleDuplicate(known)
    with identifiers_free(values, Student()):
        student = _write(values, today, by)
    create_many(DifferentPupils, [_answer(other, student, by) for other in known], by=by, origin="admission")
    last = school_class.enrolments.aggregate(last=Max("number"))["last"] or 0
    since = max(school_class.year.starts_on, student.admitted_on or today)
    enrolment = Enrolment(student=student, school_class=school_class, number=last + 1, since=since)
    enrolment.save_by(by, origin="admission")
    audit.record(by=by, verb="gradebook.pupil.added", target=student, school_class=school_class.pk)
    return enrolment


@recorded_write
def answer_different(*, first: Student, second: Student, by: User) -> None:
    """Remember that two pupils are two children; saying it twice changes nothing."""
    if not by.may(Permission.MANAGE_PUPILS):
        raise PermissionDenied
    # The earlier pupil's row serialises two answers at once.
    earlier, later = sorted((first.pk, second.pk))
    Student.objects.select_for_update().get(pk=earlier)
    if DifferentPupils.objects.filter(first=earlier, second=later).exists():
        return
    answer = _answer(first, second, by)
    answer.save_by(by)
    audit.record(by=by, verb="gradebook.pupils.told_apart", target=first, other=second.pk)


def _parsed(typed: Texts, school_class: SchoolClass) -> dict[str, Any]:
    values: dict[str, Any] = {}
    problems: dict[str, ValueRefused] = {}
    for key, text in typed.items():
        try:
            values[key] = FIELDS[key].parse(text)
            check_value(key, values[key], Student())
            if key == "birth_date":
                check_age(values[key].year, school_class.grade, school_class.year.starts_on.year)
        except ValueRefused as refused:
            problems[key] = refused
    if problems:
        raise ProfileRefused(problems)
    return values


def _alike(values: dict[str, Any]) -> list[Student]:
    newcomer = Newcomer(values["full_name"], values["birth_date"], values["sex"])
    return KnownPupils.among([newcomer]).alike(newcomer)


def _write(values: dict[str, Any], today: date, by: User) -> Student:
    """The pupil and the guardians of whom something was said."""
    profile = Profile(Student(admitted_on=today))
    for key, value in values.items():
        if value not in ("", None):
            profile.put(key, value)
    profile.student.save_by(by, origin="admission")
    create_many(Guardian, profile.guardians.values(), by=by, origin="admission")
    return profile.student


def _answer(first: Student, second: Student, by: User) -> DifferentPupils:
    earlier, later = sorted((first, second), key=lambda student: student.pk)
    return DifferentPupils(first=earlier, second=later, answered_by=by, answered_at=timezone.now())
