"""A transcript that a pupil brought: a ZIP as this portal makes it, verified to the last byte, or a scan of paper."""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pikepdf
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.files import StoredFile, WriteOnceStore
from gradebook import printing
from gradebook.attachments import NAME_MAX, BadFile, Upload, accept, check_document
from gradebook.labels import labels_of
from gradebook.models import Student
from transcripts.payload import fingerprint
from transcripts.transfer_format import DATA_NAME, FORMAT, MANIFEST_NAME, VERSION

STORE = WriteOnceStore("received-transcripts")
MOST_MEMBERS = 10
PDF, ATTACHMENT = b"%PDF-", "payload.json"
ZIP = b"PK\x03\x04"
MALFORMED = (ValueError, LookupError, TypeError, AttributeError, RuntimeError, EOFError, OSError)
UNREADABLE = (zipfile.BadZipFile, zlib.error, pikepdf.PdfError, pikepdf.DataDecodingError)
"""What reading somebody else's bytes may end in."""
Facts = dict[str, Any]

SENTENCES_OF_DATA = {
    "not-a-transfer-file": _(
        "The file is not a transcript file of this kind: its data or its list of hashes is missing."
    ),
    "manifest-differs": _(
        "A file in the ZIP is not the one of its list of hashes. Ask the other school to send it again."
    ),
    "unknown-version": _(
        "The data are of a version that this portal does not know. Hand in a scan of the paper."
    ),
    "year-changed": _(
        "A year in the data is not the one that was issued: its hash differs. Ask the other school."
    ),
    "another-pupil": _("The transcript is another pupil's: identifier, name or birth date differ."),
    "issued-here": _(
        "This school issued this transcript itself: its years are in the portal already. There is nothing to receive."
    ),
    "received-before": _("This file was received before."),
}


class NotReceived(ValueError):
    """The file is refused. `sentence` says why."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code)
        self.code, self.name = code, name

    @property
    def sentence(self) -> str:
        return str(SENTENCES_OF_DATA.get(self.code) or BadFile(self.code).sentence)


@dataclass(frozen=True, slots=True)
class Brought:
    """A checked file. `data` is the exact text of the other school's booklet, "" for a scan."""

    name: str
    content: bytes
    suffix: str
    data: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.data) if self.data else ""

    @property
    def book(self) -> Facts:
        book: Facts = json.loads(self.data)["book"] if self.data else {}
        return book

    def keep(self) -> StoredFile:
        return STORE.put(self.content, suffix=self.suffix)


def read(upload: Upload, student: Student) -> Brought:
    """Raises NotReceived; codes are those of `SENTENCES_OF_DATA` and of `gradebook.attachments`."""
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise NotReceived("too-large")
    content = upload.read(settings.UPLOAD_MAX_BYTES + 1)
    if content.startswith(ZIP):
        data, suffix = _data_of(content), "zip"
    elif content.startswith(PDF) and (attached := _attached(content)):
        data, suffix = attached, "pdf"
    else:
        return _scan(upload.name, content)
    _check(data, student)
    return Brought(upload.name[-NAME_MAX:], content, suffix, data)


@contextmanager
def _nonsense_refused() -> Iterator[None]:
    try:
        yield
    except NotReceived:
        raise
    except (*MALFORMED, *UNREADABLE):
        raise NotReceived("not-a-transfer-file") from None


def _attached(content: bytes) -> str:
    """The data that a booklet of this portal carries; "" where a PDF carries nothing."""
    _check_pdf(content)
    with _nonsense_refused():
        attached = printing.attachments(content)
    if not attached:
        return ""
    if attached.keys() != {ATTACHMENT}:
        raise NotReceived("active-pdf")
    return attached[ATTACHMENT].decode(errors="replace")


def _scan(name: str, content: bytes) -> Brought:
    try:
        [file] = accept([Upload(name, len(content), lambda _most: content)])
    except BadFile as bad:
        raise NotReceived(bad.code) from None
    return Brought(file.name, file.data, file.suffix)


def _data_of(content: bytes) -> str:
    """The data of a ZIP whose files are all those of its manifest."""
    with _nonsense_refused(), zipfile.ZipFile(io.BytesIO(content)) as package:
        members = dict(_members(package))
    if not {DATA_NAME, MANIFEST_NAME} <= members.keys():
        raise NotReceived("not-a-transfer-file")
    _check_manifest(members)
    for name, document in members.items():
        if name.endswith(".pdf"):
            _check_pdf(document)
    return members[DATA_NAME].decode(errors="replace")


def _members(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """By name without the folder; small ones only, so that a ZIP cannot unfold into more than an upload may be."""
    found = [member for member in package.infolist() if not member.is_dir()]
    if len(found) > MOST_MEMBERS or sum(member.file_size for member in found) > settings.UPLOAD_MAX_BYTES:
        raise NotReceived("too-large")
    for member in found:
        with package.open(member) as file:
            yield member.filename.rpartition("/")[2], file.read(settings.UPLOAD_MAX_BYTES)


def _check_manifest(members: dict[str, bytes]) -> None:
    lines = members[MANIFEST_NAME].decode(errors="replace").splitlines()
    listed = {name: digest for digest, _two, name in (line.partition("  ") for line in lines)}
    actual = {
        name: hashlib.sha256(data).hexdigest() for name, data in members.items() if name != MANIFEST_NAME
    }
    if listed != actual:
        raise NotReceived("manifest-differs")


def _check_pdf(document: bytes) -> None:
    try:
        check_document(document)
    except BadFile as bad:
        raise NotReceived(bad.code) from None


def _check(data: str, student: Student) -> None:
    with _nonsense_refused():
        facts = json.loads(data)
        if (facts["format"], facts["version"]) != (FORMAT, VERSION):
            raise NotReceived("unknown-version")
        book = facts["book"]
        years = book["years"]
        if not years or any(fingerprint(year["payload"]) != year["fingerprint"] for year in years):
            raise NotReceived("year-changed")
        if not _is_of(book["pupil"], student):
            raise NotReceived("another-pupil")
        _check_words(book)


def _check_words(book: Facts) -> None:
    """What is kept has to be readable for ever, by the page and by the next booklet."""
    words = [book["school"]["name"], book["level"], *(place["year"] for place in book["way"])]
    for year in book["years"]:
        content = json.loads(year["payload"])
        labels_of(content["scheme"])
        content["book"]["summary"][0].get("outcome")
        words += [content["year"], content["class"], content["school"], content["scheme"]]
    if not all(isinstance(word, str) for word in words):
        raise NotReceived("not-a-transfer-file")


def _is_of(pupil: Facts, student: Student) -> bool:
    """By the ministry's identifier where both have one, and by name and birth date always."""
    codes = {pupil.get("ministry_code"), student.ministry_code}
    same_code = len(codes) == 1 or not all(codes)
    name, born = pupil.get("full_name"), pupil.get("birth_date")
    return same_code and name == student.full_name and born == student.birth_date.isoformat()
