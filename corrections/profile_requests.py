"""Requests to change the profile of a pupil after the day on which profiles close.

They go the way of every correction: asked, decided by one person, carried out by another; `actions` has those steps.
"""

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from accounts.recorded import create_many, update_many
from accounts.writing import recorded_write
from corrections import evidence
from corrections.dossiers import NotAccepted, NotApplied, note_submitted, open_dossier
from corrections.models import CorrectionRequest, ProfileLine
from corrections.papers.issuing import issue_form
from corrections.proof import check_proof
from gradebook import policies
from gradebook.actions.profiles import (
    ProfileAmendment,
    ProfileChanged,
    ProfileDesk,
    ProfileRefused,
    save_profile,
    text_of,
)
from gradebook.attachments import Accepted, Upload, accept
from gradebook.models import SchoolYear, Student
from gradebook.profile_fields import Profile, ValueRefused
from gradebook.years import YearClosed, current_year, hold_open

Texts = Mapping[str, str]


def submit_profile(
    *,
    student: Student,
    changes: Texts,
    seen: Texts,
    kind: str,
    reason: str,
    uploads: Sequence[Upload] = (),
    by: User,
) -> CorrectionRequest:
    """Ask for fields of a closed profile to be changed.

    Raises NotAccepted, BadFile, ProfileRefused or ProfileChanged; then nothing is written.
    """
    if not policies.may_edit_profile(by, student):
        raise PermissionDenied
    files = accept(uploads)
    for file in files:
        evidence.keep(file)
    return _submit(student, changes, seen, kind, reason, files, by)


@recorded_write
def _submit(
    student: Student,
    changes: Texts,
    seen: Texts,
    kind: str,
    reason: str,
    files: Sequence[Accepted],
    by: User,
) -> CorrectionRequest:
    student = Student.objects.select_for_update().get(pk=student.pk)
    year = _hold_current_year()
    if not policies.may_edit_profile(by, student):
        raise PermissionDenied
    if policies.profile_is_free(student, timezone.localdate()):
        raise NotAccepted("profile-open")
    lines = _lines(student, changes, seen)
    check_proof(kind, is_oral=False, has_files=bool(files), fields=[line.field for line in lines])
    correction = open_dossier({"student": student}, year=year, kind=kind, reason=reason, files=files, by=by)
    for line in lines:
        line.request = correction
    create_many(ProfileLine, lines, by=by)
    note_submitted(correction, files, by, fields=[line.field for line in lines])
    issue_form(correction, by=by)
    return correction


def _hold_current_year() -> SchoolYear:
    """The year whose register of requests takes the number."""
    year = current_year()
    if year is None:
        raise NotAccepted("year-closed")
    try:
        return hold_open(year.pk)
    except YearClosed:
        raise NotAccepted("year-closed") from None


def _lines(student: Student, changes: Texts, seen: Texts) -> list[ProfileLine]:
    desk = ProfileDesk(Profile(student), may_replace=True)
    desk.read(changes, seen)
    if not desk.values:
        raise NotAccepted("nothing-asked")
    pending = ProfileLine.objects.filter(student=student, field__in=desk.values, is_open=True)
    if waiting := {line.field: ValueRefused("pending") for line in pending}:
        raise ProfileRefused(waiting)
    return [
        ProfileLine(student=student, field=key, old_text=desk.before[key], new_text=text_of(key, value))
        for key, value in desk.values.items()
    ]


def apply_profile(correction: CorrectionRequest, student: Student, by: User) -> None:
    """Every field as asked, or none. Raises NotApplied: conflict, unsuitable."""
    lines = list(correction.profile_lines.all())
    amendment = ProfileAmendment(
        f"correction {correction.reference}", correction.reason, frozenset(line.field for line in lines)
    )
    try:
        save_profile(
            student=student,
            changes={line.field: line.new_text for line in lines},
            seen={line.field: line.old_text for line in lines},
            by=by,
            amendment=amendment,
        )
    except ProfileChanged as changed:
        raise NotApplied("conflict", field=changed.conflicts[0].key) from None
    except ProfileRefused as refused:
        raise NotApplied("unsuitable", field=next(iter(refused.problems))) from None


def close_profile_lines(correction: CorrectionRequest, by: User) -> None:
    lines = list(correction.profile_lines.all())
    for line in lines:
        line.is_open = False
    update_many(ProfileLine, lines, fields=["is_open"], by=by)
