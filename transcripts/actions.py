"""Issue transcripts, withdraw what was issued in error."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.recorded import create_many
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook.models import Enrolment, SchoolClass
from transcripts.models import Transcript, Withdrawal
from transcripts.readiness import Line, State, read_class, read_pupil


class NothingNew(ValueError):
    """The latest edition already says what the records say."""


class NotReady(ValueError):
    """Something stands against issuing the year: `line` says what, and in which subjects."""

    def __init__(self, line: Line) -> None:
        super().__init__(line.state.value)
        self.line = line


class WithdrawnAlready(ValueError):
    """Somebody withdrew the edition before."""


@recorded_write
def issue_transcript(*, enrolment: Enrolment, by: User) -> Transcript:
    """Freeze the pupil's year as the next edition, once the principal has decided its results.

    Raises NotReady, or NothingNew when nothing changed since the last edition.
    """
    _check(by)
    # The pupil's row serialises editions: two at once must not take the same number.
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    line = read_pupil(enrolment)
    if line.state is State.ISSUED:
        raise NothingNew
    if not line.is_issuable:
        raise NotReady(line)
    [transcript] = _issue([line], by)
    return transcript


@recorded_write
def issue_class(*, school_class: SchoolClass, by: User) -> list[Transcript]:
    """Freeze the year of every pupil of the class whose year is ready; the others stay as `read_class` says them.

    A number of statements that does not grow with the pupils. `school_class` needs its year and homeroom teacher.
    """
    _check(by)
    list(Enrolment.objects.select_for_update().filter(school_class=school_class).order_by("pk").values("pk"))
    return _issue([line for line in read_class(school_class) if line.is_issuable], by)


@recorded_write
def withdraw_transcript(*, transcript: Transcript, reason: str, by: User) -> Withdrawal:
    """Say that an edition was issued in error: it stays readable, the year may be issued anew.

    Raises WithdrawnAlready.
    """
    _check(by)
    held = Transcript.objects.select_for_update(of=("self",)).get(pk=transcript.pk)
    if held.is_withdrawn:
        raise WithdrawnAlready
    withdrawal = Withdrawal(
        transcript=held, reason=reason.strip(), withdrawn_by=by, withdrawn_at=timezone.now()
    )
    withdrawal.save_by(by, reason=withdrawal.reason)
    audit.record(by=by, verb="transcripts.transcript.withdrawn", target=held, reason=withdrawal.reason)
    return withdrawal


def _check(by: User) -> None:
    if not by.may(Permission.ISSUE_TRANSCRIPT):
        raise PermissionDenied


def _issue(lines: Iterable[Line], by: User) -> list[Transcript]:
    now = timezone.now()
    issued = create_many(
        Transcript,
        [
            Transcript(
                enrolment=line.pupil,
                number=line.last.number + 1 if line.last else 1,
                refers_to=line.last,
                payload=line.payload,
                fingerprint=line.fingerprint,
                issued_by=by,
                issued_at=now,
            )
            for line in lines
        ],
        by=by,
    )
    audit.record_many(by=by, verb="transcripts.transcript.issued", targets=issued)
    return issued
