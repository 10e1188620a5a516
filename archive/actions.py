"""Ask for editions, try again when rendering failed, check what is kept."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from archive import payload, tasks, verification
from archive.models import Edition, Rendering
from gradebook.models import SchoolClass

CODE_LENGTH = 16
EDITION_CHECKED, ARCHIVE_CHECKED = "archive.edition.checked", "archive.archive.checked"


class StillRendering(ValueError):
    """The class's last edition is not finished; asking again would only make the same book twice."""


class NotFailed(ValueError):
    """Only a failed rendering is tried again."""


@recorded_write
def request_class_book(*, school_class: SchoolClass, by: User) -> Edition:
    """Freeze the class book as it stands and queue its rendering. A former edition stays as it is."""
    if not by.may(Permission.REQUEST_BOOK):
        raise PermissionDenied
    # The class's row serialises numbering: two requests at once must not take the same number.
    school_class = SchoolClass.objects.select_for_update().get(pk=school_class.pk)
    previous = _last(school_class)
    if previous and not previous.rendering.is_finished:
        raise StillRendering
    edition = _freeze(school_class, previous, by)
    edition.save_by(by, origin="archive")
    Rendering.objects.create(edition=edition, heartbeat=edition.requested_at)
    audit.record(by=by, verb="archive.edition.requested", target=edition, number=edition.number)
    _wake(edition)
    return edition


@recorded_write
def retry(*, edition: Edition, by: User) -> None:
    """Queue a failed rendering again: the same edition with the same payload."""
    if not by.may(Permission.REQUEST_BOOK):
        raise PermissionDenied
    failed = Rendering.objects.filter(edition=edition, state=Rendering.State.FAILED)
    fresh = {"state": Rendering.State.QUEUED, "failure": "", "detail": "", "attempt": 0, "done": 0}
    if failed.update(heartbeat=timezone.now(), **fresh) != 1:
        raise NotFailed
    audit.record(by=by, verb="archive.edition.retried", target=edition, number=edition.number)
    _wake(edition)


def _last(school_class: SchoolClass) -> Edition | None:
    kind = Edition.Kind.CLASS_BOOK
    editions = Edition.objects.filter(school_class=school_class, kind=kind)
    last: Edition | None = editions.select_related("rendering").order_by("-number").first()
    return last


def _freeze(school_class: SchoolClass, previous: Edition | None, by: User) -> Edition:
    now = timezone.now()
    number = previous.number + 1 if previous else 1
    book = payload.freeze_class_book(school_class)
    about: dict[str, Any] = {
        "number": number,
        "requested_at": timezone.localtime(now).isoformat(),
        "requested_by": by.full_name,
        "previous": {"number": previous.number, "fingerprint": previous.fingerprint} if previous else None,
    }
    text = payload.canonical(payload.envelope(book, about))
    fingerprint = payload.fingerprint(text)
    return Edition(
        school_class=school_class,
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
