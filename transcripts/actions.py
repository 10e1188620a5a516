"""Issue transcripts."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook.models import Enrolment
from transcripts.models import Transcript
from transcripts.payload import fingerprint, payload_of, without_result


class NothingNew(ValueError):
    """The latest edition already says what the records say."""


class Incomplete(ValueError):
    """The year has no result yet in the named subjects."""

    def __init__(self, subjects: list[str]) -> None:
        super().__init__(", ".join(subjects))
        self.subjects = subjects


@recorded_write
def issue_transcript(*, enrolment: Enrolment, by: User) -> Transcript:
    """Freeze the pupil's year as the next edition.

    Raises Incomplete while a subject has no result of the year, NothingNew when nothing changed since the last.
    """
    if not by.may(Permission.ISSUE_TRANSCRIPT):
        raise PermissionDenied
    # The pupil's row serialises editions: two at once must not take the same number.
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    last = Transcript.objects.filter(enrolment=enrolment).order_by("number").last()
    if missing := without_result(enrolment):
        raise Incomplete(missing)
    payload = payload_of(enrolment)
    if last is not None and last.fingerprint == fingerprint(payload):
        raise NothingNew
    transcript = Transcript(
        enrolment=enrolment,
        number=last.number + 1 if last else 1,
        refers_to=last,
        payload=payload,
        fingerprint=fingerprint(payload),
        issued_by=by,
        issued_at=timezone.now(),
    )
    transcript.save_by(by)
    audit.record(
        by=by, verb="transcripts.transcript.issued", target=transcript, fingerprint=transcript.fingerprint
    )
    return transcript
