"""What every request begins with, whatever it is about: a number, a reason, its evidence."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.recorded import create_many
from corrections.models import CorrectionLine, CorrectionRequest, Evidence
from gradebook.attachments import Accepted
from gradebook.models import SchoolYear


class NotAccepted(ValueError):
    """The request cannot be made.

    Codes: nothing-asked, no-reason, not-on-this-sheet, year-closed, open, pending, conflict, no-change, profile-open,
    and those of `gradebook.entries.parse`. `cell` is (enrolment id, column id) where the reason is about one.
    """

    def __init__(self, code: str, cell: tuple[int, int] | None = None) -> None:
        super().__init__(code)
        self.code, self.cell = code, cell


class NotApplied(Exception):
    """Unwinds what was saved: a request is applied as a whole or not at all. Where the reason lies: cell or field."""

    def __init__(self, code: str, line: CorrectionLine | None = None, field: str = "") -> None:
        super().__init__(code)
        self.code, self.line, self.field = code, line, field


def open_dossier(
    about: Mapping[str, Any],
    *,
    year: SchoolYear,
    kind: str,
    reason: str,
    files: Sequence[Accepted],
    by: User,
) -> CorrectionRequest:
    """The request with its evidence. The caller holds the lock of the year's row, which serialises numbers."""
    if not reason.strip():
        raise NotAccepted("no-reason")
    correction = CorrectionRequest(
        year=year,
        number=_next_number(year),
        kind=kind,
        reason=reason.strip(),
        requested_by=by,
        requested_at=timezone.now(),
        **about,
    )
    correction.save_by(by)
    create_many(Evidence, [_evidence(correction, file) for file in files], by=by)
    return correction


def note_submitted(correction: CorrectionRequest, files: Sequence[Accepted], by: User, **about: Any) -> None:
    audit.record(
        by=by,
        verb="corrections.request.submitted",
        target=correction,
        kind=correction.kind,
        evidence=[file.sha256 for file in files],
        **about,
    )


def _next_number(year: SchoolYear) -> int:
    last: int = CorrectionRequest.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    return last + 1


def _evidence(correction: CorrectionRequest, file: Accepted) -> Evidence:
    return Evidence(
        request=correction,
        file_name=file.name,
        content_type=file.content_type,
        size=len(file.data),
        sha256=file.sha256,
    )
