"""The decision on a request: approved, or refused with a reason."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.writing import recorded_write
from corrections import policies
from corrections.actions.rows import close_lines, locked
from corrections.models import CorrectionRequest, Decision
from gradebook.years import check_open


class AlreadyDecided(ValueError):
    """Somebody decided first."""


class RefusalNeedsNote(ValueError):
    """Who refuses says why."""


@recorded_write
def approve(*, correction: CorrectionRequest, by: User, note: str = "") -> Decision:
    """Consent to the change. Raises AlreadyDecided, YearClosed."""
    check_open(correction.year_id)
    return _decide(correction, Decision.Verdict.APPROVED, note.strip(), by)


@recorded_write
def refuse(*, correction: CorrectionRequest, by: User, note: str) -> Decision:
    """Do not consent, and say why; the cells are free for another request. Raises AlreadyDecided."""
    if not note.strip():
        raise RefusalNeedsNote
    decision = _decide(correction, Decision.Verdict.REFUSED, note.strip(), by)
    close_lines(correction, by)
    return decision


def _decide(correction: CorrectionRequest, verdict: Decision.Verdict, note: str, by: User) -> Decision:
    correction = locked(correction)
    if not policies.may_decide(by, correction):
        raise PermissionDenied
    if correction.made_decision is not None:
        raise AlreadyDecided
    decision = Decision(
        request=correction, verdict=verdict, note=note, decided_by=by, decided_at=timezone.now()
    )
    decision.save_by(by)
    audit.record(by=by, verb=f"corrections.request.{verdict.value}", target=correction, note=note)
    return decision
