"""Ask for an evidence pack, try again when it failed, note who took it."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import audit, jobs
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from archive import tasks
from archive.models import EvidencePack
from corrections.models import CorrectionRequest
from gradebook.models import SchoolClass


@recorded_write
def request_pack(
    *, by: User, correction: CorrectionRequest | None = None, school_class: SchoolClass | None = None
) -> EvidencePack:
    """Queue a pack about one of the two. What somebody asked for twice and is not made yet is made once."""
    _check(by)
    about = {"correction": correction, "school_class": school_class}
    waiting: EvidencePack | None = EvidencePack.objects.unfinished().filter(requested_by=by, **about).first()
    if waiting is not None:
        return waiting
    pack: EvidencePack = EvidencePack.objects.create(**about, **jobs.fresh(by))
    audit.record(by=by, verb="archive.pack.requested", target=pack)
    transaction.on_commit(partial(tasks.wake_for_pack, pack.pk))
    return pack


@recorded_write
def retry_pack(*, pack: EvidencePack, by: User) -> None:
    """Raises accounts.jobs.NotFailed."""
    _check(by)
    jobs.queue_again(pack)
    audit.record(by=by, verb="archive.pack.retried", target=pack)
    transaction.on_commit(partial(tasks.wake_for_pack, pack.pk))


@recorded_write
def record_download(*, pack: EvidencePack, by: User) -> None:
    """A copy has left the portal: who took it is part of the record."""
    audit.record(by=by, verb="archive.pack.downloaded", target=pack, sha256=pack.sha256)


def _check(by: User) -> None:
    if not by.may(Permission.READ_CORRECTIONS):
        raise PermissionDenied
