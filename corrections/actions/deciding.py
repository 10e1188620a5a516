"""The decision on a request: approved, or refused with a reason."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.writing import recorded_write
from corrections import cutoffs, policies
from corrections.actions.rows import NotAwaited, close_lines, locked
from corrections.effects import freeze_effects
from corrections.models import CorrectionRequest, Decision, FrozenEffects, Status
from gradebook.years import check_open

UNDECIDED = frozenset(
    {Status.WAITING_FOR_ENDORSEMENT, Status.WAITING_FOR_ANSWER, Status.WAITING_FOR_DECISION}
)


class AlreadyDecided(ValueError):
    """Somebody decided first."""


class RefusalNeedsNote(ValueError):
    """Who refuses says why."""


class TooLate(ValueError):
    """The request came after its last day: only the principal in person approves it, with a reason."""


@recorded_write
def approve(*, correction: CorrectionRequest, by: User, note: str = "", late_reason: str = "") -> Decision:
    """Consent to the change. Raises AlreadyDecided, NotAwaited, TooLate, YearClosed."""
    check_open(correction.year_id)
    correction = _to_decide(correction, by, {Status.WAITING_FOR_DECISION, Status.WAITING_FOR_ENDORSEMENT})
    is_late = cutoffs.is_late(correction)
    if is_late and not (policies.may_approve_late(by, correction) and late_reason.strip()):
        raise TooLate
    return _decide(
        correction,
        by,
        verdict=Decision.Verdict.APPROVED,
        note=note.strip(),
        late_reason=late_reason.strip() if is_late else "",
    )


@recorded_write
def refuse(*, correction: CorrectionRequest, by: User, note: str) -> Decision:
    """Do not consent, and say why; the cells are free for another request. Raises AlreadyDecided, NotAwaited.

    Nobody has to wait for the answer to a question before refusing: a requester who left never answers.
    """
    if not note.strip():
        raise RefusalNeedsNote
    correction = _to_decide(correction, by, UNDECIDED)
    decision = _decide(correction, by, verdict=Decision.Verdict.REFUSED, note=note.strip())
    close_lines(correction, by)
    return decision


def _to_decide(correction: CorrectionRequest, by: User, awaited: Collection[Status]) -> CorrectionRequest:
    """Under its lock. Whether a confirmation has to come first is asked with the permission."""
    correction = locked(correction)
    if not policies.may_decide(by, correction):
        raise PermissionDenied
    if correction.made_decision is not None:
        raise AlreadyDecided
    if correction.status not in awaited:
        raise NotAwaited
    return correction


def _decide(
    correction: CorrectionRequest, by: User, *, verdict: Decision.Verdict, note: str, late_reason: str = ""
) -> Decision:
    decision = Decision(
        request=correction,
        verdict=verdict,
        note=note,
        late_reason=late_reason,
        delegation=policies.delegation_used(by, correction),
        decided_by=by,
        decided_at=timezone.now(),
    )
    decision.save_by(by)
    freeze_effects(correction, step=FrozenEffects.Step.DECISION, by=by)
    audit.record(by=by, verb=f"corrections.request.{verdict.value}", target=correction, note=note)
    return decision
