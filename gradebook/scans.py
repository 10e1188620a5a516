"""Scans of decisions: kept once under their fingerprint, and read back only when they are still the same."""

from hashlib import sha256
from pathlib import PurePosixPath

from accounts.files import StoreDamaged, StoredFile, WriteOnceStore
from gradebook.attachments import Accepted, BadFile
from gradebook.models import Decision

STORE = WriteOnceStore("decisions")
CONTENT_TYPES = {".png": "image/png", ".jpeg": "image/jpeg", ".pdf": "application/pdf"}


class ScanAltered(RuntimeError):
    """The stored bytes are gone, or no longer have the fingerprint they were kept under."""


def keep(file: Accepted) -> StoredFile:
    """Done before the rows are written: a file without a row is nobody's decision. Raises BadFile not-kept."""
    try:
        return STORE.put(file.data, suffix=file.suffix)
    except StoreDamaged:
        raise BadFile("not-kept", file.name) from None


def read(decision: Decision) -> bytes:
    try:
        data = STORE.read(decision.scan_path)
    except OSError:
        raise ScanAltered(decision.pk) from None
    if sha256(data).hexdigest() != decision.scan_sha256:
        raise ScanAltered(decision.pk)
    return data


def content_type(decision: Decision) -> str:
    """By what the bytes were when they were accepted, which the stored name keeps."""
    return CONTENT_TYPES[PurePosixPath(decision.scan_path).suffix]
