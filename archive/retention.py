"""What may be destroyed because its time is over, and the record of the decision. No file is deleted here or anywhere.

Design §3 rule 8: no code path deletes or overwrites a stored file. So a decision leaves a certificate, people remove
the file by hand, and the checks of the archive take a file with a certificate for destroyed and not for lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.recorded import create_many
from accounts.roles import Permission
from accounts.stores import place
from accounts.writing import recorded_write
from archive.files import name_of
from archive.models import Certificate, Destruction, Document, Edition, EditionQuerySet, RetentionRule
from gradebook.models import SchoolYear
from gradebook.years import hold, years


class NotDue(ValueError):
    """Nothing of this kind and year is there whose time is over."""


@dataclass(frozen=True, slots=True)
class Due:
    """Printed documents of a kind and year whose time is over on `until`."""

    kind: Document
    year: SchoolYear
    rule: RetentionRule
    until: date
    count: int


def in_force(on: date) -> dict[str, RetentionRule]:
    """By kind; a kind that is missing is kept permanently."""
    found: dict[str, RetentionRule] = {}
    for rule in RetentionRule.objects.filter(effective_from__lte=on).select_related("set_by"):
        found.setdefault(rule.kind, rule)
    return found


def due(on: date) -> list[Due]:
    """The oldest first."""
    return [
        Due(Document(kind), year, rule, until, count)
        for year in reversed(years())
        for kind, rule in in_force(on).items()
        if (until := kept_until(rule, year)) and until < on and (count := standing(kind, year).count())
    ]


def kept_until(rule: RetentionRule, year: SchoolYear) -> date | None:
    """The last day on which it has to be kept; None: permanently."""
    if rule.years is None:
        return None
    end: date = year.ends_on
    # The last day of the school year is never 29 February: it lies in May to August.
    return end.replace(year=end.year + rule.years)


def standing(kind: str, year: SchoolYear) -> EditionQuerySet:
    """Issued and without a certificate. Registers, and dossiers of corrections, are files of no edition: none."""
    found: EditionQuerySet = Edition.objects.issued().without_payload().of_year(year)
    return found.filter(kind=kind, certificate=None)


@recorded_write
def set_rule(*, facts: Mapping[str, Any], by: User) -> RetentionRule:
    """`facts`: kind, years, legal_basis, effective_from."""
    _check(by)
    rule = RetentionRule(**facts, set_by=by)
    rule.save_by(by)
    audit.record(by=by, verb="archive.retention.set", target=rule, years=rule.years)
    return rule


@recorded_write
def decide_destruction(*, year: SchoolYear, kind: str, facts: Mapping[str, Any], by: User) -> Destruction:
    """The decision and a certificate for each file. `facts`: number, dated, minutes. Raises NotDue."""
    _check(by)
    hold(year.pk)
    today = timezone.localdate()
    rule = in_force(today).get(kind)
    until = kept_until(rule, year) if rule else None
    about = standing(kind, year).select_related("school_class__year", "course", "teacher", "year", "student")
    found = list(about.prefetch_related("signatures", "paper_facts"))
    if rule is None or until is None or until >= today or not found:
        raise NotDue
    destruction = Destruction(
        year=year, kind=kind, rule=rule, **facts, decided_by=by, decided_at=timezone.now()
    )
    destruction.save_by(by)
    certificates = [Certificate(destruction=destruction, edition=each, facts=_facts(each)) for each in found]
    create_many(Certificate, certificates, by=by)
    audit.record(by=by, verb="archive.destruction.decided", target=destruction, files=len(certificates))
    return destruction


def is_destroyed(edition: Edition) -> bool:
    return Certificate.objects.filter(edition=edition).exists()


@dataclass(frozen=True, slots=True)
class DestroyedFile:
    """A file of which a certificate speaks; `is_left` while nobody has removed it from the store."""

    name: str
    size: int | None
    sha256: str
    path: str
    is_left: bool


def files_of(certificate: Certificate) -> list[DestroyedFile]:
    """The edition's own file, and beside it those that say the same of the pupils."""
    own = certificate.facts
    return [_file(facts) for facts in (own, *own.get("beside", ()))]


def left_of(certificate: Certificate) -> list[str]:
    """Paths of the files that nobody has removed from the store yet."""
    return [file.path for file in files_of(certificate) if file.is_left]


def _file(facts: Mapping[str, Any]) -> DestroyedFile:
    path = facts["path"]
    return DestroyedFile(facts["file_name"], facts.get("size"), facts["sha256"], path, place().exists(path))


def _facts(edition: Edition) -> dict[str, Any]:
    """`beside`: the same document with its signatures, and scans of its signed sheet."""
    signed = [
        {"file_name": name_of(edition, each), "size": each.size, "sha256": each.sha256, "path": each.path}
        for each in edition.signatures.all()
    ]
    scans = [
        {"file_name": fact.scan_name, "sha256": fact.scan_sha256, "path": fact.scan_path}
        for fact in edition.paper_facts.all()
        if fact.scan_path
    ]
    return {
        "file_name": edition.file_name,
        "code": edition.code,
        "fingerprint": edition.fingerprint,
        "pages": edition.pages,
        "size": edition.size,
        "sha256": edition.sha256,
        "path": edition.path,
        "beside": [*signed, *scans],
    }


def _check(by: User) -> None:
    if not by.may(Permission.ISSUE_DECISIONS):
        raise PermissionDenied
