"""Record what was done on paper, and withdraw what was recorded by mistake."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.files import StoredFile
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from archive import store
from archive.models import Edition, PaperFact
from archive.paper.sheet import Line, read_sheet
from gradebook.attachments import Accepted
from gradebook.models import SchoolYear
from gradebook.scans import keep

Kind = PaperFact.Kind


class AlreadyRecorded(ValueError):
    """Somebody else has recorded a line in the meantime; nothing was written."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done on one day. `copies` is of printing, `place` of the box, `scan` of the signed sheet."""

    on: date
    note: str = ""
    copies: int | None = None
    place: str = ""
    scan: Accepted | None = None


def record_lines(*, edition: Edition, keys: Sequence[str], done: Done, by: User) -> list[PaperFact]:
    """Raises PermissionDenied, AlreadyRecorded, BadFile not-kept. The scan is kept before the rows are written."""
    if not by.may(Permission.KEEP_SEAL):
        raise PermissionDenied
    kept = keep(done.scan, store.sheets) if done.scan and f"{Kind.SCAN.value}:" in keys else None
    return _record(edition, frozenset(keys), done, kept, by)


@recorded_write
def _record(
    edition: Edition, keys: frozenset[str], done: Done, scan: StoredFile | None, by: User
) -> list[PaperFact]:
    # The year's row serialises: its register has no number twice.
    year = SchoolYear.objects.select_for_update().get(pk=edition.school_year.pk)
    chosen = [line for line in read_sheet(edition) if line.key in keys]
    if any(line.fact for line in chosen):
        raise AlreadyRecorded
    last = PaperFact.objects.filter(year=year).order_by("-number").exclude(number=None).first()
    number = last.number if last else 0
    facts = []
    for line in chosen:
        number += line.kind in PaperFact.REGISTERED
        facts.append(_write(edition, line, done, scan, number, by))
    kinds = [fact.kind for fact in facts]
    audit.record(by=by, verb="archive.paper.recorded", target=edition, lines=len(facts), kinds=kinds)
    return facts


def _write(
    edition: Edition, line: Line, done: Done, scan: StoredFile | None, number: int, by: User
) -> PaperFact:
    kind = line.kind
    kept = scan if kind == Kind.SCAN else None
    fact = PaperFact(
        edition=edition,
        year=edition.school_year,
        kind=kind,
        subject=line.subject,
        number=number if kind in PaperFact.REGISTERED else None,
        done_on=done.on,
        who=line.who,
        copies=done.copies if kind == Kind.PRINTED else None,
        place=done.place if kind == Kind.STORED else "",
        note=done.note,
        scan_name=done.scan.name if kept and done.scan else "",
        scan_sha256=kept.sha256 if kept else "",
        scan_path=kept.path if kept else "",
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    fact.save_by(by, origin="signature sheet")
    return fact


@recorded_write
def withdraw_line(*, fact: PaperFact, why: str, by: User) -> None:
    """It was recorded by mistake; the line is empty again and can be recorded anew. Raises PermissionDenied."""
    if not by.may(Permission.KEEP_SEAL):
        raise PermissionDenied
    found = PaperFact.objects.select_for_update().get(pk=fact.pk)
    if found.withdrawn_at is not None:
        return
    found.withdrawn_by, found.withdrawn_at, found.withdrawn_why = by, timezone.now(), why
    found.save_by(by, reason=why, origin="signature sheet")
    audit.record(by=by, verb="archive.paper.withdrawn", target=found.edition, kinds=[found.kind])
