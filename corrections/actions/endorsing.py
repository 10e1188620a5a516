"""The department head confirms what the teacher says, or does not (S1 Đ11.2)."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.writing import recorded_write
from corrections import policies
from corrections.actions.rows import NotAwaited, close_lines, locked
from corrections.models import CorrectionRequest, Endorsement, Status


class DeclineNeedsNote(ValueError):
    """Who does not confirm says why."""


@recorded_write
def endorse(*, correction: CorrectionRequest, by: User, note: str = "") -> Endorsement:
    """Confirm the facts; the decision comes next. Raises NotAwaited."""
    return _answer(correction, Endorsement.Verdict.CONFIRMED, note.strip(), by)


@recorded_write
def decline(*, correction: CorrectionRequest, by: User, note: str) -> Endorsement:
    """Do not confirm, and say why. The request ends there; its cells are free for another. Raises NotAwaited."""
    if not note.strip():
        raise DeclineNeedsNote
    endorsement = _answer(correction, Endorsement.Verdict.DECLINED, note.strip(), by)
    close_lines(correction, by)
    return endorsement


def _answer(correction: CorrectionRequest, verdict: Endorsement.Verdict, note: str, by: User) -> Endorsement:
    correction = locked(correction)
    if not policies.may_endorse(by, correction):
        raise PermissionDenied
    if correction.status != Status.WAITING_FOR_ENDORSEMENT:
        raise NotAwaited
    endorsement = Endorsement(
        request=correction, verdict=verdict, note=note, endorsed_by=by, endorsed_at=timezone.now()
    )
    endorsement.save_by(by)
    audit.record(by=by, verb=f"corrections.request.{verdict.value}", target=correction, note=note)
    return endorsement
