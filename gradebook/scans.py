"""Scans that are kept once under their fingerprint; they are read back only while they are still the same."""

from pathlib import PurePosixPath

from accounts.files import StoreDamaged, StoredFile, WriteOnceStore
from gradebook.attachments import Accepted, BadFile

DECISIONS = WriteOnceStore("decisions")
CONTENT_TYPES = {
    ".png": "image/png",
    ".jpeg": "image/jpeg",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}


def keep(file: Accepted, store: WriteOnceStore) -> StoredFile:
    """Done before the rows are written: a file without a row is nobody's. Raises BadFile not-kept."""
    try:
        return store.put(file.data, suffix=file.suffix)
    except StoreDamaged:
        raise BadFile("not-kept", file.name) from None


def content_type(path: str) -> str:
    """By what the bytes were when they were accepted, which the stored name keeps."""
    return CONTENT_TYPES[PurePosixPath(path).suffix]
