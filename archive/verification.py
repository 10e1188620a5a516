"""Is the archive still what was issued? Every stored byte is read and compared."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256

from pikepdf import PdfError

from archive.models import Edition
from archive.paper import scans
from archive.pdf import ATTACHMENT
from archive.retention import is_destroyed
from archive.signing import verification as signing
from archive.store import editions
from gradebook import pdfa, printing
from transcripts.payload import fingerprint


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was issued. `code` names it; the page puts it into words."""

    edition_id: int
    edition: str
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """`issued` editions were checked; `unfinished` ones have no file yet."""

    issued: int
    unfinished: int
    findings: tuple[Finding, ...]


def verify_all(found: Iterable[Edition]) -> Report:
    issued, unfinished, findings = 0, 0, list[Finding]()
    for edition in found:
        issued, unfinished = issued + edition.is_issued, unfinished + (not edition.is_issued)
        findings += verify(edition)
    return Report(issued, unfinished, tuple(findings))


def everything() -> Iterable[Edition]:
    """All editions, one at a time: a payload holds a whole class book."""
    rows = Edition.objects.select_related("school_class__year", "teacher", "year", "student").order_by("pk")
    found: Iterable[Edition] = rows.iterator(chunk_size=20)
    return found


def verify(edition: Edition) -> list[Finding]:
    """What is wrong with an edition: its payload, its file, what the file carries, and its signed files."""
    faults = _payload_faults(edition)
    if edition.is_issued:
        faults += _file_faults(edition) + _signed_faults(edition) + scans.faults(edition)
    name = f"{edition.school_year.name} {edition}"
    return [Finding(edition.pk, name, code, detail) for code, detail in faults]


Fault = tuple[str, str]


def _payload_faults(edition: Edition) -> list[Fault]:
    found = fingerprint(edition.payload)
    return [] if found == edition.fingerprint else [("payload-changed", found)]


def _file_faults(edition: Edition) -> list[Fault]:
    try:
        content = editions.read(edition.path)
    except FileNotFoundError:
        return [] if is_destroyed(edition) else [("file-missing", edition.path)]
    except OSError as error:
        return [("file-unreadable", str(error))]
    faults: list[Fault] = []
    if len(content) != edition.size:
        faults.append(("size-differs", f"{len(content)} ≠ {edition.size}"))
    if (found := sha256(content).hexdigest()) != edition.sha256:
        faults.append(("file-changed", found))
    return faults + _content_faults(edition, content)


def _signed_faults(edition: Edition) -> list[Fault]:
    """Once a decision has destroyed the edition, its signed files are to be missing like its own."""
    found = signing.faults(edition)
    if any(code == "signed-file-missing" for code, _path in found) and is_destroyed(edition):
        return [(code, detail) for code, detail in found if code != "signed-file-missing"]
    return found


def _content_faults(edition: Edition, content: bytes) -> list[Fault]:
    checks: list[Callable[[Edition, bytes], list[Fault]]] = [_page_faults, _attachment_faults, _pdfa_faults]
    try:
        return [fault for check in checks for fault in check(edition, content)]
    except (PdfError, *pdfa.BROKEN) as error:
        return [("not-a-pdf", type(error).__name__)]


def _page_faults(edition: Edition, content: bytes) -> list[Fault]:
    found = printing.page_count(content)
    return [] if found == edition.pages else [("pages-differ", f"{found} ≠ {edition.pages}")]


def _attachment_faults(edition: Edition, content: bytes) -> list[Fault]:
    attached = printing.attachments(content).get(ATTACHMENT)
    return [] if attached == edition.payload.encode() else [("attachment-differs", ATTACHMENT)]


def _pdfa_faults(edition: Edition, content: bytes) -> list[Fault]:
    found = pdfa.faults(content)
    return [("not-pdfa", ", ".join(found))] if found else []
