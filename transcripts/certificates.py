"""Certificates of completed levels: recorded beside the transcript, printed on its last page."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook.models import Level, Student
from transcripts.models import Certificate


def certificate_of(student: Student, level: str) -> Certificate | None:
    return Certificate.objects.filter(student=student, level=level).first()


@recorded_write
def record_certificate(
    *, student: Student, level: Level, number: str, register_entry: str, dated: date, by: User
) -> Certificate:
    """Record it, or correct what was recorded: every former value stays in the history."""
    if not by.may(Permission.MANAGE_PUPILS):
        raise PermissionDenied
    Student.objects.select_for_update().get(pk=student.pk)
    found = certificate_of(student, level.value) or Certificate(student=student, level=level.value)
    found.number, found.register_entry, found.dated = number.strip(), register_entry.strip(), dated
    found.recorded_by, found.recorded_at = by, timezone.now()
    found.save_by(by)
    audit.record(by=by, verb="transcripts.certificate.recorded", target=found, number=found.number)
    return found
