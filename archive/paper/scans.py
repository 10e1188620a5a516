"""Scans of signed sheets: read back only while they are what was handed in."""

from pathlib import PurePosixPath

from archive import store
from archive.models import Edition, PaperFact
from archive.retention import is_destroyed

CONTENT_TYPES = {".png": "image/png", ".jpeg": "image/jpeg", ".pdf": "application/pdf"}


class ScanAltered(RuntimeError):
    """The stored bytes are gone, or no longer have the fingerprint they were kept under."""


def read(fact: PaperFact) -> bytes:
    try:
        data = store.sheets.read(fact.scan_path)
    except OSError:
        raise ScanAltered(fact.pk) from None
    if store.digest(data) != fact.scan_sha256:
        raise ScanAltered(fact.pk)
    return data


def content_type(fact: PaperFact) -> str:
    """By what the bytes were when they were accepted, which the stored name keeps."""
    return CONTENT_TYPES[PurePosixPath(fact.scan_path).suffix]


def faults(edition: Edition) -> list[tuple[str, str]]:
    """Also of withdrawn lines: what was handed in stays."""
    found = []
    for fact in edition.paper_facts.exclude(scan_path=""):
        try:
            read(fact)
        except ScanAltered:
            if is_destroyed(edition) and not store.sheets.exists(fact.scan_path):
                continue
            found.append(("scan-altered", fact.scan_path))
    return found
