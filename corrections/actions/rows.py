"""The row of a request under its lock, and its lines when no more is to come."""

from accounts.models import User
from accounts.recorded import update_many
from corrections.attendance_requests import close_attendance_lines
from corrections.models import CorrectionLine, CorrectionRequest
from corrections.profile_requests import close_profile_lines


class NotAwaited(ValueError):
    """The request no longer waits for this step: it was withdrawn, sent back, decided or carried out meanwhile."""


def locked(correction: CorrectionRequest) -> CorrectionRequest:
    """The request read again under its lock, so that of two people at once the second sees the first."""
    found: CorrectionRequest = CorrectionRequest.objects.select_for_update().get(pk=correction.pk)
    return found


def close_lines(correction: CorrectionRequest, by: User) -> None:
    lines = list(correction.lines.all())
    for line in lines:
        line.is_open = False
    update_many(CorrectionLine, lines, fields=["is_open"], by=by)
    close_profile_lines(correction, by)
    close_attendance_lines(correction, by)
