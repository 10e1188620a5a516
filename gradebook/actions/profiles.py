"""The one way in for profiles of pupils and guardians: page, class table and executed request save through here.

Until the day of the policy whoever may edit a profile writes freely (S1 Đ7.1). After it, what stands there changes
only by a decided request; an empty field may still be filled in: nothing that was recorded is lost, the history
shows when it came, and a record that stays incomplete would serve nobody.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook import policies
from gradebook.importing.pupils import OLDER, YOUNGER
from gradebook.known_pupils import IDENTIFIERS
from gradebook.models import Guardian, Student
from gradebook.profile_fields import FIELDS, Profile, ValueRefused
from gradebook.profile_history import last_change

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody wrote the field after it was shown: what stands there now, and who wrote it."""

    key: str
    now: str
    typed: str
    by: str
    at: datetime | None


class ProfileRefused(ValueError):
    """Some fields cannot be saved: by key, why. Then nothing is.

    Codes: those of ValueRefused; unlikely_age, in_the_future, taken, late.
    """

    def __init__(self, problems: Mapping[str, ValueRefused]) -> None:
        super().__init__(sorted(problems))
        self.problems = problems


class ProfileChanged(ValueError):
    """Fields were changed by somebody else meanwhile. Nothing is saved."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__([conflict.key for conflict in conflicts])
        self.conflicts = conflicts


@dataclass(frozen=True, slots=True)
class ProfileAmendment:
    """Leave to change these fields after the deadline, given by an executed decision."""

    reference: str
    reason: str
    keys: frozenset[str]


@recorded_write
def save_profile(
    *, student: Student, changes: Texts, seen: Texts, by: User, amendment: ProfileAmendment | None = None
) -> list[str]:
    """Write the changed fields, all or none; returns the keys that really changed.

    `changes` holds what was typed, `seen` what the page showed before. Permission, deadline, value and what others
    wrote meanwhile are judged under the pupil's row lock. Raises ProfileRefused or ProfileChanged.
    """
    student = Student.objects.select_for_update().get(pk=student.pk)
    _check_permission(student, set(changes), by, amendment)
    desk = ProfileDesk(Profile(student), may_replace=amendment is not None or _is_free(student))
    desk.read(changes, seen)
    rows = [desk.profile.put(key, value) for key, value in desk.values.items()]
    trace = {
        "origin": amendment.reference if amendment else "profile",
        "reason": amendment.reason if amendment else "",
    }
    with identifiers_free(desk.values, student):
        for row in {id(row): row for row in rows}.values():
            row.save_by(by, **trace)
    if rows:
        audit.record(by=by, verb="gradebook.profile.saved", target=student, fields=sorted(desk.values))
    return list(desk.values)


@recorded_write
def fill_profiles(
    *, students: Mapping[int, Student], typed: Mapping[int, Texts], by: User
) -> dict[int, ProfileRefused | ProfileChanged]:
    """Fill in empty fields of several pupils, by a key of the caller's; returns what was refused, pupil by pupil.

    One pupil's mistake does not keep the others from being saved: a class is finished in one evening.
    """
    problems: dict[int, ProfileRefused | ProfileChanged] = {}
    # In one order for everybody who locks several pupils: nobody waits in a circle.
    for number, changes in sorted(typed.items(), key=lambda each: students[each[0]].pk):
        try:
            save_profile(student=students[number], changes=changes, seen={}, by=by)
        except (ProfileRefused, ProfileChanged) as problem:
            problems[number] = problem
    return problems


def _check_permission(student: Student, keys: set[str], by: User, amendment: ProfileAmendment | None) -> None:
    if amendment is None:
        allowed = policies.may_edit_profile(by, student)
    else:
        allowed = by.may(Permission.EXECUTE_CORRECTION) and keys <= amendment.keys
    if not allowed:
        raise PermissionDenied


def _is_free(student: Student) -> bool:
    return policies.profile_is_free(student, timezone.localdate())


@dataclass(slots=True)
class ProfileDesk:
    """Judges the fields one by one; `values` is what is to be written, `before` the texts it replaces."""

    profile: Profile
    may_replace: bool
    values: dict[str, Any] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    problems: dict[str, ValueRefused] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)

    def read(self, changes: Texts, seen: Texts) -> None:
        """Raises ProfileRefused or ProfileChanged."""
        for key, typed in changes.items():
            try:
                self._judge(key, typed, seen.get(key, ""))
            except ValueRefused as refused:
                self.problems[key] = refused
        if self.problems:
            raise ProfileRefused(self.problems)
        if self.conflicts:
            raise ProfileChanged(self.conflicts)

    def _judge(self, key: str, typed: str, seen: str) -> None:
        value = FIELDS[key].parse(typed)
        now, wanted = self.profile.text(key), text_of(key, value)
        if wanted == now:
            return
        if now != seen:
            last = last_change(self.profile.student, key)
            self.conflicts.append(
                Conflict(key, now, typed, last.by if last else "", last.at if last else None)
            )
            return
        if now and not self.may_replace:
            raise ValueRefused("late")
        check_value(key, value, self.profile.student)
        self.values[key], self.before[key] = value, now


def text_of(key: str, value: Any) -> str:
    """The text of a parsed value, as the profile will show it."""
    owner = Guardian() if FIELDS[key].relation else Student()
    setattr(owner, FIELDS[key].name, value)
    return FIELDS[key].text_of(owner)


def check_value(key: str, value: Any, student: Student) -> None:
    """Does the value fit the other records? Raises ValueRefused: taken, in_the_future, unlikely_age."""
    if _taken({key: value}, student):
        raise ValueRefused("taken", value=value)
    if key in ("admitted_on", "birth_date", "identity_card_date"):
        if value and value > timezone.localdate():
            raise ValueRefused("in_the_future")
        if key == "birth_date" and student.pk:
            for enrolment in student.enrolments.now().select_related("school_class__year"):
                check_age(
                    value.year, enrolment.school_class.grade, enrolment.school_class.year.starts_on.year
                )


@contextmanager
def identifiers_free(values: Mapping[str, Any], student: Student) -> Iterator[None]:
    """Somebody may take an identifier between the check and the write. Raises ProfileRefused then."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        if taken := {key: ValueRefused("taken", value=values[key]) for key in _taken(values, student)}:
            raise ProfileRefused(taken) from None
        raise


def _taken(values: Mapping[str, Any], student: Student) -> list[str]:
    others = Student.objects.exclude(pk=student.pk)
    given = {key: values[key] for key in IDENTIFIERS if values.get(key)}
    return [key for key, value in given.items() if others.filter(**{key: value}).exists()]


def check_age(born: int, grade: int, year: int) -> None:
    """As strict as an imported list: wide margins for early and late pupils."""
    if not YOUNGER <= year - born - grade <= OLDER:
        raise ValueRefused("unlikely_age", year=born, grade=grade)
