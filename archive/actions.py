"""Ask for editions, try again when rendering failed, check what is kept."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from archive import tasks, verification
from archive.freezing import freeze
from archive.models import Edition, Rendering
from archive.order_actions import AGAIN
from archive.wanted import Wanted
from gradebook.models import SchoolClass

EDITION_CHECKED, ARCHIVE_CHECKED = "archive.edition.checked", "archive.archive.checked"


class NotFailed(ValueError):
    """Only a failed rendering is tried again."""


def request_class_book(*, school_class: SchoolClass, by: User) -> Edition:
    """As `request_paper`. A former edition stays as it is."""
    return request_paper(wanted=Wanted(Edition.Kind.CLASS_BOOK, school_class), by=by)


@recorded_write
def request_paper(*, wanted: Wanted, by: User) -> Edition:
    """Freeze a paper as it stands and queue its rendering; when the last edition says the same, that one, issued.

    Raises StillRendering, PermissionDenied.
    """
    edition = freeze(wanted=wanted, by=by)
    if not edition.is_issued:
        _wake(edition)
    return edition


@recorded_write
def retry(*, edition: Edition, by: User) -> None:
    """Queue a failed rendering again: the same edition with the same payload."""
    if not (by.may(Permission.REQUEST_BOOK) or edition.requested_by_id == by.pk):
        raise PermissionDenied
    failed = Rendering.objects.filter(edition=edition, state=Rendering.State.FAILED)
    if failed.update(heartbeat=timezone.now(), **AGAIN) != 1:
        raise NotFailed
    audit.record(by=by, verb="archive.edition.retried", target=edition, number=edition.number)
    _wake(edition)


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
def record_download(*, edition: Edition, by: User, pupil: int | None = None) -> None:
    """A copy has left the portal: who took it is part of the record. `pupil`: the number whose page alone it was."""
    facts = {} if pupil is None else {"pupil": pupil}
    audit.record(by=by, verb="archive.edition.downloaded", target=edition, number=edition.number, **facts)
