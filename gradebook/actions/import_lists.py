"""Lists of staff, classes, assignments and pupils: hand one in, say what its columns hold, answer, confirm.

A list of more than `settings.IMPORT_WORKER_ROWS` rows is written by the worker; a shorter one here and now.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import units
from accounts.actions.accounts import StaffCodeTaken
from accounts.models import User
from accounts.writing import recorded_write
from gradebook import tasks
from gradebook.actions.import_staff import write_staff
from gradebook.actions.import_teaching import write_assignments, write_classes
from gradebook.actions.imports import BeingWritten, check_file, keep, lock_unsettled
from gradebook.import_rows import FileReason, Misplaced
from gradebook.importing.files import settle
from gradebook.importing.kinds import KINDS, plan_of, read_list, year_of
from gradebook.importing.plans import Plan
from gradebook.importing.pupil_writing import lock_classes, write_pupils
from gradebook.importing.pupils import plan_pupils
from gradebook.models import Import, ImportRun, SchoolClass
from gradebook.models.imports import PERMISSIONS
from gradebook.spreadsheets.problems import Code, UnreadableTable
from gradebook.spreadsheets.reading import Chosen
from gradebook.spreadsheets.survey import survey

WRITERS: Mapping[str, Callable[[Plan, Import, User, date], None]] = {
    Import.Kind.STAFF: write_staff,
    Import.Kind.CLASSES: write_classes,
    Import.Kind.ASSIGNMENTS: write_assignments,
}
MEANWHILE = (IntegrityError, StaffCodeTaken, units.NameTaken, units.AlreadyMember, units.Inactive)
"""Somebody took a name, a code or a place after the rows were decided. Decided again, the rows see it."""
NOT_UNDERSTOOD = {Code.NO_HEADER, Code.MISSING_COLUMNS, Code.REPEATED_COLUMN}


class NotFailed(ValueError):
    """Only a run that has failed is tried again."""


class NoQuestion(ValueError):
    """The row asks nothing, or nothing that this answer fits."""


def preview_list(
    *, kind: str, file_name: str, data: bytes, by: User, school_class: SchoolClass | None = None
) -> Import:
    """Check and keep a list; write none of it. When its columns are not understood, somebody has to say.

    Raises spreadsheets.problems.Refused (UnsafeFile, UnreadableTable) or Misplaced.
    """
    _require(kind, by)
    check_file(file_name, data)
    upload = Import(kind=kind, school_class=school_class if kind == Import.Kind.PUPILS else None)
    _look_into(upload, data)
    return keep(upload, file_name=file_name, data=data, by=by)


@recorded_write
def choose_columns(*, upload: Import, chosen: Chosen, by: User) -> Import:
    """Read the file as somebody says. Raises AlreadySettled, BeingWritten, UnreadableTable or Misplaced."""
    _require(upload.kind, by)
    upload = lock_unsettled(upload)
    upload.columns = {"sheet": chosen.sheet, "header_row": chosen.header_row, "keys": dict(chosen.keys)}
    upload.rows, upload.answers = _counted(read_list(upload)), {}
    upload.save_by(by)
    audit.record(by=by, verb="gradebook.import.columns_chosen", target=upload)
    return upload


@recorded_write
def answer_duplicate(*, upload: Import, row: int, student: int | None, reason: str, by: User) -> None:
    """Say that a row means this known pupil, or (None) another child. Raises NoQuestion, AlreadySettled."""
    _require(upload.kind, by)
    upload = lock_unsettled(upload)
    questions = {question.row: question for question in plan_of(upload, by).questions}
    if row not in questions or student not in [None, *(each.pk for each in questions[row].candidates)]:
        raise NoQuestion
    answer = {"student": student, "reason": reason, "by": by.pk, "at": timezone.now().isoformat()}
    upload.answers = {**upload.answers, str(row): answer}
    upload.save_by(by, reason=reason)
    audit.record(
        by=by, verb="gradebook.import.answered", target=upload, row=row, student=student, reason=reason
    )


@recorded_write
def set_replacing(*, upload: Import, replaces: bool, by: User) -> None:
    """Whether the file's teachers take the place of those there are."""
    _require(upload.kind, by)
    upload = lock_unsettled(upload)
    upload.replaces = replaces
    upload.save_by(by)
    audit.record(by=by, verb="gradebook.import.replacing_set", target=upload, replaces=replaces)


@recorded_write
def confirm_list(*, upload: Import, by: User, today: date) -> Import:
    """Write what can be written, now or by the worker. Raises AlreadySettled or BeingWritten.

    Every row is decided again: the records may have changed since the preview.
    """
    _require(upload.kind, by)
    upload = lock_unsettled(upload)
    if upload.kind == Import.Kind.PUPILS:
        if upload.rows > settings.IMPORT_WORKER_ROWS:
            _queue(upload, by)
            return upload
        plan = _write_pupils(upload, by, today)
    else:
        plan = _write_list(upload, by, today)
    return settle(upload, counts=plan.counts, refused=plan.refused, by=by, at=timezone.now())


@recorded_write
def retry_list(*, upload: Import, by: User, now: datetime) -> None:
    """Queue a failed run again: it goes on where it stopped."""
    _require(upload.kind, by)
    failed = ImportRun.objects.filter(upload=upload, state=ImportRun.State.FAILED)
    if failed.update(state=ImportRun.State.QUEUED, heartbeat=now, attempt=0, detail="") != 1:
        raise NotFailed
    audit.record(by=by, verb="gradebook.import.retried", target=upload)
    transaction.on_commit(partial(tasks.wake, upload.pk))


def _require(kind: str, by: User) -> None:
    if not by.may(PERMISSIONS[Import.Kind(kind)]):
        raise PermissionDenied


def _look_into(upload: Import, data: bytes) -> None:
    """Count the rows; remember what was said of an earlier file with the same headings."""
    kind = KINDS[upload.kind]
    seen = survey(data, kind.headings)
    upload.headings = seen.fingerprint
    try:
        result = kind.read(data, None)
    except UnreadableTable as problem:
        if problem.code not in NOT_UNDERSTOOD or len(seen.columns) < len(kind.headings.required):
            raise
        upload.columns = _remembered(upload)
        return
    upload.rows = _counted(result)


def _remembered(upload: Import) -> dict[str, Any]:
    alike = Import.objects.of_kind(upload.kind).filter(headings=upload.headings).exclude(columns={})
    found: Import | None = alike.order_by("-uploaded_at").first()
    return found.columns if found else {}


def _counted(result: Any) -> int:
    if not result.rows and not result.refused:
        raise Misplaced(FileReason.NO_ROWS)
    return len(result.rows) + len(result.refused)


def _write_list(upload: Import, by: User, today: date) -> Plan:
    try:
        return _written(upload, by, today)
    except MEANWHILE:
        return _written(upload, by, today)


def _written(upload: Import, by: User, today: date) -> Plan:
    plan = plan_of(upload, by)
    with transaction.atomic():
        WRITERS[upload.kind](plan, upload, by, today)
    return plan


def _write_pupils(upload: Import, by: User, today: date) -> Plan:
    year = year_of(upload)
    lock_classes(year)
    plan = plan_pupils(read_list(upload), upload, year, locking=True)
    write_pupils(plan, upload, by, today)
    return plan


def _queue(upload: Import, by: User) -> None:
    now = timezone.now()
    ImportRun.objects.create(upload=upload, asked_by=by, asked_at=now, heartbeat=now, total=upload.rows)
    audit.record(by=by, verb="gradebook.import.queued", target=upload, rows=upload.rows)
    transaction.on_commit(partial(tasks.wake, upload.pk))


__all__ = [
    "BeingWritten",
    "NoQuestion",
    "NotFailed",
    "answer_duplicate",
    "choose_columns",
    "confirm_list",
    "preview_list",
    "retry_list",
    "set_replacing",
]
