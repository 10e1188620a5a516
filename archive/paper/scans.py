"""Scans of signed sheets: read back only while they are what was handed in."""

from archive import store
from archive.models import Edition, PaperFact
from archive.retention import is_destroyed


def read(fact: PaperFact) -> bytes:
    """Raises OSError when the stored bytes are gone or others."""
    return store.sheets.genuine(fact.scan_path, fact.scan_sha256)


def faults(edition: Edition) -> list[tuple[str, str]]:
    """Also of withdrawn lines: what was handed in stays."""
    found = []
    for fact in edition.paper_facts.exclude(scan_path=""):
        try:
            read(fact)
        except OSError as error:
            if not (isinstance(error, FileNotFoundError) and is_destroyed(edition)):
                found.append(("scan-altered", fact.scan_path))
    return found
