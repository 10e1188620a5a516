"""Pupil lists: hand one in, see what it would do, add the pupils it names."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max

from accounts.models import User
from accounts.recorded import create_many
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook.actions.imports import check_file, keep, lock_unsettled, settle, stored_file
from gradebook.import_rows import FileReason, Misplaced
from gradebook.models import Enrolment, Guardian, Import, SchoolClass, Student
from gradebook.pupil_plan import Fate, PupilPlan, new_guardians, new_student, plan_pupils
from gradebook.spreadsheets.pupil_list import read_pupil_list
from gradebook.years import current_year, hold_open


def preview_pupils(
    *, file_name: str, data: bytes, by: User, school_class: SchoolClass | None = None
) -> Import:
    """Check and keep a pupil list; write no record of a pupil.

    Raises spreadsheets.problems.Refused (UnsafeFile, UnreadableTable) or Misplaced.
    """
    if not by.may(Permission.IMPORT_PUPILS):
        raise PermissionDenied
    check_file(file_name, data)
    result = read_pupil_list(data)
    if not result.rows and not result.refused:
        raise Misplaced(FileReason.NO_ROWS)
    upload = Import(kind=Import.Kind.PUPILS, school_class=school_class)
    return keep(upload, file_name=file_name, data=data, by=by)


def read_pupils(upload: Import) -> PupilPlan:
    """What confirming the list would do now."""
    return plan_pupils(read_pupil_list(stored_file(upload)), upload.school_class)


@recorded_write
def confirm_pupils(*, upload: Import, by: User, today: date) -> Import:
    """Add the pupils and enrolments of the list that can be added. Raises AlreadySettled."""
    if not by.may(Permission.IMPORT_PUPILS):
        raise PermissionDenied
    upload = lock_unsettled(upload)
    # The rows of the classes serialise numbering: two lists at once must not take the same number.
    list(SchoolClass.objects.select_for_update().filter(year__status="open").order_by("pk"))
    if year := upload.school_class.year if upload.school_class else current_year():
        hold_open(year.pk)
    plan = read_pupils(upload)
    _add(plan.adding, upload, by, today)
    return settle(upload, counts=plan.counts, refused=plan.refused, by=by)


def _add(adding: Sequence[Fate], upload: Import, by: User, today: date) -> None:
    trace: dict[str, Any] = {"by": by, "reason": upload.file_name, "origin": upload.origin}
    new = {fate.row.row_number: new_student(fate.row) for fate in adding if fate.student is None}
    create_many(Student, new.values(), **trace)
    rows = [(fate.row, new[fate.row.row_number]) for fate in adding if fate.student is None]
    create_many(Guardian, [one for row, student in rows for one in new_guardians(row, student)], **trace)
    joining: dict[SchoolClass, list[Student]] = {}
    for fate in adding:
        joining.setdefault(fate.school_class, []).append(fate.student or new[fate.row.row_number])
    last = _last_numbers(joining)
    enrolments = [
        enrolment
        for school_class, students in joining.items()
        for enrolment in _list(school_class, students, last.get(school_class.pk, 0), today)
    ]
    create_many(Enrolment, enrolments, **trace)


def _last_numbers(classes: Iterable[SchoolClass]) -> dict[int, int]:
    numbers = Enrolment.objects.filter(school_class__in=list(classes)).values("school_class")
    return dict(numbers.annotate(last=Max("number")).values_list("school_class", "last"))


def _list(school_class: SchoolClass, students: list[Student], last: int, today: date) -> list[Enrolment]:
    """A new list is in name order from the first day of the year; later pupils stand below it, from today."""
    first_day = school_class.year.starts_on
    since = max(first_day, today) if last else first_day
    ordered = sorted(students, key=lambda student: (student.sort_key, student.birth_date))
    return [
        Enrolment(student=student, school_class=school_class, number=number, since=since)
        for number, student in enumerate(ordered, start=last + 1)
    ]
