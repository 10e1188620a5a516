"""The register of decisions: entered as they stand on paper, scanned, read and confirmed (S0-01, S1-01, S3-04)."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook import scans
from gradebook.actions.decisions import (
    DateOutside,
    NumberTaken,
    check_date,
    clean_number,
    of_number,
)
from gradebook.attachments import BadFile, Upload, accept
from gradebook.colleagues import principal_on
from gradebook.decision_uses import is_in_use
from gradebook.models import Acknowledgement, Decision, SchoolYear
from gradebook.years import YearClosed, hold, hold_open

FIXED_BY_USE = ("number", "dated", "about", "title")


@dataclass(frozen=True, slots=True)
class DecisionPaper:
    """A decision as the paper says it."""

    number: str
    dated: date
    about: str
    title: str
    must_be_read: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    name: str
    sha256: str
    path: str


class Stands(ValueError):
    """Something rests on the decision: what stands in `field` changes no more; what is missing may be added."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class NothingToRead(ValueError):
    """Nobody can confirm having read a decision whose text is not here."""


class ScanChanged(ValueError):
    """Another scan stands there than the one that was read."""


REFUSALS = (NumberTaken, DateOutside, Stands, NothingToRead, YearClosed, BadFile)


def enter_decision(
    *, year: SchoolYear, paper: DecisionPaper, upload: Upload | None = None, by: User
) -> Decision:
    """Raises NumberTaken, DateOutside, NothingToRead, YearClosed, BadFile; then nothing is written."""
    return _enter(year, paper, _kept(upload, by), by)


def edit_decision(
    *, decision: Decision, paper: DecisionPaper, upload: Upload | None = None, by: User
) -> Decision:
    """Correct what nothing rests on yet, and add what was missing. Raises as enter_decision, and Stands."""
    return _edit(decision, paper, _kept(upload, by), by)


@recorded_write
def acknowledge(*, decision: Decision, seen: str, by: User) -> None:
    """Somebody says: read and understood. `seen` is the fingerprint of the scan shown. Raises ScanChanged."""
    hold(decision.year_id)
    found = Decision.objects.visible_to(by).filter(pk=decision.pk, must_be_read=True).first()
    if found is None:
        raise PermissionDenied
    if found.scan_sha256 != seen:
        raise ScanChanged
    if not found.acknowledgements.filter(user=by).exists():
        Acknowledgement(decision=found, user=by, at=timezone.now()).save_by(by)
        audit.record(by=by, verb="gradebook.decision.acknowledged", target=found, scan=seen)


def _kept(upload: Upload | None, by: User) -> Scan | None:
    """Checked and kept before the transaction, which it would hold up; permission first, so nobody fills the store."""
    if not by.may(Permission.ISSUE_DECISIONS):
        raise PermissionDenied
    if upload is None:
        return None
    (file,) = accept([upload])
    stored = scans.keep(file, scans.DECISIONS)
    return Scan(file.name, stored.sha256, stored.path)


@recorded_write
def _enter(year: SchoolYear, paper: DecisionPaper, scan: Scan | None, by: User) -> Decision:
    hold_open(year.pk)
    decision = Decision(year=year, decided_by=principal_on(paper.dated) or by, decided_at=timezone.now())
    _fill(decision, paper, scan)
    decision.save_by(by)
    audit.record(by=by, verb="gradebook.decision.entered", target=decision, about=decision.about)
    return decision


@recorded_write
def _edit(decision: Decision, paper: DecisionPaper, scan: Scan | None, by: User) -> Decision:
    # Whoever lets something rest on a decision takes the year's row too.
    hold_open(decision.year_id)
    decision = Decision.objects.get(pk=decision.pk)
    if is_in_use(decision):
        _check_stands(decision, paper, scan)
    moved = decision.dated != paper.dated
    _fill(decision, paper, scan)
    if moved:
        decision.decided_by = principal_on(decision.dated) or decision.decided_by
    decision.save_by(by)
    audit.record(by=by, verb="gradebook.decision.edited", target=decision)
    return decision


def _fill(decision: Decision, paper: DecisionPaper, scan: Scan | None) -> None:
    check_date(decision.year, paper.dated, paper.about)
    decision.number = clean_number(paper.number)
    holder = of_number(decision.year, decision.number)
    if holder is not None and holder.pk != decision.pk:
        raise NumberTaken(holder.dated)
    decision.dated, decision.about, decision.title = paper.dated, paper.about, paper.title.strip()
    decision.must_be_read = paper.must_be_read
    if scan is not None:
        decision.scan_name, decision.scan_sha256, decision.scan_path = scan.name, scan.sha256, scan.path
    if decision.must_be_read and not decision.scan_path:
        raise NothingToRead


def _check_stands(decision: Decision, paper: DecisionPaper, scan: Scan | None) -> None:
    given: dict[str, object] = {
        "number": clean_number(paper.number),
        "dated": paper.dated,
        "about": paper.about,
    }
    given["title"] = paper.title.strip()
    for field in FIXED_BY_USE:
        standing = getattr(decision, field)
        if standing and standing != given[field]:
            raise Stands(field)
    if scan is not None and decision.scan_sha256 not in ("", scan.sha256):
        raise Stands("scan")
