"""The life of an uploaded spreadsheet: kept, then confirmed or discarded, once.

Confirming reads the stored file again and decides every row again: what a browser posts is never believed,
and the records may have changed since the preview.
"""

import hashlib
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.writing import recorded_write
from gradebook.models import Import, ImportRun
from gradebook.spreadsheets.package import Limits
from gradebook.spreadsheets.safety import check_upload
from gradebook.spreadsheets.text import clean


class AlreadySettled(ValueError):
    """The import was confirmed or discarded before."""


class BeingWritten(ValueError):
    """The worker writes the list, or has begun to: nothing about it can be decided any more."""


def check_file(file_name: str, data: bytes, *, computed: bool = False) -> None:
    """Raises as spreadsheets.safety.check_upload."""
    check_upload(file_name, data, Limits(file_bytes=settings.UPLOAD_MAX_BYTES), computed=computed)


def keep(upload: Import, *, file_name: str, data: bytes, by: User) -> Import:
    """Store a checked file under its fingerprint, and the row that says who brought it."""
    upload.file_name = clean(PurePath(file_name).name)[:255]
    upload.sha256, upload.size = hashlib.sha256(data).hexdigest(), len(data)
    upload.uploaded_by, upload.uploaded_at = by, timezone.now()
    # Before the row: a file without a row harms nobody, a row without its file could never be confirmed.
    if not default_storage.exists(upload.stored_name):
        default_storage.save(upload.stored_name, ContentFile(data))
    _register(upload, by)
    return upload


@recorded_write
def _register(upload: Import, by: User) -> None:
    upload.save_by(by)
    audit.record(by=by, verb="gradebook.import.uploaded", target=upload, sha256=upload.sha256)


def lock_unsettled(upload: Import) -> Import:
    """The row under its lock: two confirmations at once must not both write. Raises AlreadySettled."""
    rows = Import.objects.select_for_update(of=("self",))
    locked: Import = rows.select_related("school_class", "course__school_class__year").get(pk=upload.pk)
    if locked.state != Import.State.PREVIEWED:
        raise AlreadySettled
    if ImportRun.objects.filter(upload=locked).exists():
        raise BeingWritten
    return locked


@recorded_write
def discard_import(*, upload: Import, by: User) -> Import:
    """Give the upload up. The file stays in the store; nothing of it enters the records."""
    upload = lock_unsettled(upload)
    upload.state = Import.State.DISCARDED
    upload.save_by(by)
    audit.record(by=by, verb="gradebook.import.discarded", target=upload)
    return upload
