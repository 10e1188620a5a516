"""Keep what a pupil brought from another school; take back what was kept by mistake."""

import json

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook.attachments import Upload
from gradebook.models import Student
from transcripts import receiving
from transcripts.models import ReceivedTranscript, Transcript
from transcripts.receiving import Brought, NotReceived


class UnnamedScan(ValueError):
    """A scan of which nobody has said the school or the years."""


def receive_transcript(
    *, student: Student, upload: Upload, from_school: str, years: str, by: User
) -> ReceivedTranscript:
    """`from_school` and `years` are for a scan; data of our own format say both themselves.

    Raises NotReceived, UnnamedScan.
    """
    _check(by)
    # Checked and kept before the transaction, which it would hold up.
    brought = receiving.read(upload, student)
    if not brought.data and not (from_school.strip() and years.strip()):
        raise UnnamedScan
    if _is_ours(brought):
        raise NotReceived("issued-here")
    path = brought.keep().path
    return _receive(student, brought, path, from_school, years, by)


def _is_ours(brought: Brought) -> bool:
    """A booklet that repeats our years among another school's own says of them from where it received them."""
    years = brought.book.get("years", [])
    own = [year["fingerprint"] for year in years if "received" not in year]
    return Transcript.objects.filter(fingerprint__in=own).exists()


@recorded_write
def _receive(
    student: Student, brought: Brought, path: str, from_school: str, years: str, by: User
) -> ReceivedTranscript:
    Student.objects.select_for_update().get(pk=student.pk)
    same = Q(sha256=brought.sha256)
    if brought.data:
        same |= Q(fingerprint=brought.fingerprint)  # the booklet as a ZIP and as the PDF in it
    if ReceivedTranscript.objects.standing().filter(same, student=student).exists():
        raise NotReceived("received-before")
    book = brought.book
    received = ReceivedTranscript(
        student=student,
        from_school=(book["school"]["name"] if book else from_school.strip())[:160],
        years=(_years(book) if book else years.strip())[:80],
        name=brought.name,
        sha256=brought.sha256,
        path=path,
        data=brought.data,
        fingerprint=brought.fingerprint,
        received_by=by,
        received_at=timezone.now(),
    )
    received.save_by(by)
    audit.record(by=by, verb="transcripts.transcript.received", target=received, sha256=received.sha256)
    return received


@recorded_write
def withdraw_received(*, received: ReceivedTranscript, reason: str, by: User) -> None:
    """It was kept by mistake: the file and the row stay, no booklet repeats it. Once withdrawn it stays so."""
    _check(by)
    held = ReceivedTranscript.objects.select_for_update().get(pk=received.pk)
    if held.withdrawn_at is not None:
        return
    held.withdrawn_by, held.withdrawn_at = by, timezone.now()
    held.save_by(by, reason=reason.strip())
    audit.record(by=by, verb="transcripts.received.withdrawn", target=held, reason=reason.strip())


def _check(by: User) -> None:
    if not by.may(Permission.RECORD_MOVEMENTS):
        raise PermissionDenied


def _years(book: receiving.Facts) -> str:
    return ", ".join(json.loads(year["payload"])["year"] for year in book["years"])
