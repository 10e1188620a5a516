"""Ask for editions, try again when rendering failed, check what is kept."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Seal, User
from accounts.roles import Permission
from accounts.writing import recorded_write
from archive import paper_payloads, payload, tasks, verification
from archive.models import Edition, Rendering
from archive.wanted import Wanted, may_ask
from gradebook.models import SchoolClass

CODE_LENGTH = 16
EDITION_CHECKED, ARCHIVE_CHECKED = "archive.edition.checked", "archive.archive.checked"


class StillRendering(ValueError):
    """The paper's last edition is not finished; asking again would only make the same book twice."""


class NotFailed(ValueError):
    """Only a failed rendering is tried again."""


def request_class_book(*, school_class: SchoolClass, by: User) -> Edition:
    """Freeze the class book as it stands and queue its rendering. A former edition stays as it is."""
    return request_paper(wanted=Wanted(Edition.Kind.CLASS_BOOK, school_class), by=by)


@recorded_write
def request_paper(*, wanted: Wanted, by: User) -> Edition:
    """Freeze a paper as it stands and queue its rendering. Raises StillRendering, PermissionDenied."""
    if not may_ask(by, wanted):
        raise PermissionDenied
    wanted = _held(wanted)
    previous = wanted.editions.select_related("rendering").order_by("-number").first()
    if previous and not previous.rendering.is_finished:
        raise StillRendering
    edition = _freeze(wanted, previous, by)
    edition.save_by(by, origin="archive")
    Rendering.objects.create(edition=edition, heartbeat=edition.requested_at)
    audit.record(by=by, verb="archive.edition.requested", target=edition, number=edition.number)
    _wake(edition)
    return edition


def request_papers(*, wanted: Iterable[Wanted], by: User) -> tuple[list[Edition], int]:
    """Ask for each paper in a transaction of its own. Also how many were not asked for: they are still being made."""
    asked, waiting = [], 0
    for each in wanted:
        try:
            asked.append(request_paper(wanted=each, by=by))
        except StillRendering:
            waiting += 1
    return asked, waiting


def _held(wanted: Wanted) -> Wanted:
    """The class's row (the teacher's) serialises numbering: two requests must not take the same number."""
    if wanted.teacher is not None:
        return replace(wanted, teacher=User.objects.select_for_update(no_key=True).get(pk=wanted.teacher.pk))
    classes = SchoolClass.objects.select_for_update()
    assert wanted.school_class is not None  # noqa: S101  archive_edition_about
    return replace(wanted, school_class=classes.get(pk=wanted.school_class.pk))


@recorded_write
def retry(*, edition: Edition, by: User) -> None:
    """Queue a failed rendering again: the same edition with the same payload."""
    if not (by.may(Permission.REQUEST_BOOK) or edition.requested_by_id == by.pk):
        raise PermissionDenied
    failed = Rendering.objects.filter(edition=edition, state=Rendering.State.FAILED)
    fresh = {"state": Rendering.State.QUEUED, "failure": "", "detail": "", "attempt": 0, "done": 0}
    if failed.update(heartbeat=timezone.now(), **fresh) != 1:
        raise NotFailed
    audit.record(by=by, verb="archive.edition.retried", target=edition, number=edition.number)
    _wake(edition)


def _freeze(wanted: Wanted, previous: Edition | None, by: User) -> Edition:
    now = timezone.now()
    number = previous.number + 1 if previous else 1
    book = paper_payloads.freeze(wanted)
    about: dict[str, Any] = {
        "number": number,
        "requested_at": timezone.localtime(now).isoformat(),
        "requested_by": by.full_name,
        "previous": {"number": previous.number, "fingerprint": previous.fingerprint} if previous else None,
        "seal": _newest_seal(),
    }
    text = payload.canonical(payload.envelope(book, about, wanted.kind))
    fingerprint = payload.fingerprint(text)
    return Edition(
        school_class=wanted.school_class,
        course=wanted.course,
        teacher=wanted.teacher,
        year=wanted.year,
        kind=wanted.kind,
        part=wanted.part,
        number=number,
        previous=previous,
        requested_by=by,
        requested_at=now,
        payload=text,
        fingerprint=fingerprint,
        is_interim=book["interim"],
        content=payload.fingerprint(payload.canonical(book)),
        code=fingerprint[:CODE_LENGTH],
    )


def _newest_seal() -> dict[str, Any] | None:
    """Printed on every page: paper that has left the school holds the chain of the history fast."""
    seal = Seal.objects.defer("facts").first()
    return {"number": seal.number, "sha256": seal.sha256} if seal else None


def _wake(edition: Edition) -> None:
    transaction.on_commit(partial(tasks.wake, edition.pk))


def check_edition(*, edition: Edition, by: User) -> list[verification.Finding]:
    """Verify one edition and write down the result. Reading the file holds up nobody's writes."""
    findings = verification.verify(edition)
    codes = [finding.code for finding in findings]
    audit.record(by=by, verb=EDITION_CHECKED, target=edition, number=edition.number, faults=codes)
    return findings


def check_archive(*, by: User) -> verification.Report:
    report = verification.verify_all(verification.everything())
    audit.record(
        by=by,
        verb=ARCHIVE_CHECKED,
        issued=report.issued,
        unfinished=report.unfinished,
        faults=[
            {"edition": finding.edition_id, "name": finding.edition, "code": finding.code}
            for finding in report.findings
        ],
    )
    return report


@recorded_write
def record_download(*, edition: Edition, by: User) -> None:
    """A copy has left the portal: who took it is part of the record."""
    audit.record(by=by, verb="archive.edition.downloaded", target=edition, number=edition.number)
