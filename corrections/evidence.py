"""Evidence files: what is accepted, and where the originals are kept.

Accepted are PNG and JPEG pictures and PDF documents without active content, told by their bytes and never
by their names. Originals are kept byte for byte in the private store under their SHA-256, written once.
"""

import hashlib
import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath

import pikepdf
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageFile

MAX_FILES = 5
MAX_PIXELS = 80_000_000
MAX_PDF_OBJECTS = 50_000
NAME_MAX = 150

_PDF_ACTIVE = frozenset(
    {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/RichMedia", "/XFA"}
    | {"/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Movie", "/Sound", "/Rendition"}
)


class BadEvidence(ValueError):
    """A file is not accepted. `code` says why, `name` says which."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code)
        self.code, self.name = code, name


class Altered(RuntimeError):
    """The stored bytes are gone, or no longer have the hash they were kept under."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody handed it in. It is read only when its size is acceptable."""

    name: str
    size: int
    read: Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A checked file with its original bytes."""

    name: str
    content_type: str
    data: bytes
    sha256: str


def accept(uploads: Sequence[Upload]) -> list[Accepted]:
    """Check every file. Raises BadEvidence.

    Codes: too-many, too-large, empty-file, not-accepted, wrong-name, same-file-twice, damaged-picture,
    picture-too-big, damaged-pdf, encrypted-pdf, active-pdf, pdf-too-complex.
    """
    if len(uploads) > MAX_FILES:
        raise BadEvidence("too-many")
    accepted: dict[str, Accepted] = {}
    for upload in uploads:
        try:
            file = _accept(upload)
        except BadEvidence as bad:
            raise BadEvidence(bad.code, upload.name) from None
        if file.sha256 in accepted:
            raise BadEvidence("same-file-twice", upload.name)
        accepted[file.sha256] = file
    return list(accepted.values())


def keep(file: Accepted) -> None:
    """Put the original into the store, once, and read it back. Raises BadEvidence not-kept.

    Done before the rows are written: a file without a row is nobody's evidence.
    """
    path = path_of(file.sha256)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(file.data))
    try:
        read(file.sha256)
    except Altered:
        raise BadEvidence("not-kept", file.name) from None


def read(sha256: str) -> bytes:
    """The original bytes. Raises Altered when they are missing or not those that were handed in."""
    try:
        with default_storage.open(path_of(sha256)) as stored:
            data: bytes = stored.read()
    except FileNotFoundError:
        raise Altered(sha256) from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Altered(sha256)
    return data


def path_of(sha256: str) -> str:
    return f"evidence/{sha256[:2]}/{sha256[2:]}"


def _accept(upload: Upload) -> Accepted:
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise BadEvidence("too-large")
    data = upload.read(settings.UPLOAD_MAX_BYTES + 1)
    if not data:
        raise BadEvidence("empty-file")
    if len(data) > settings.UPLOAD_MAX_BYTES:
        raise BadEvidence("too-large")
    kind = next((kind for kind in _KINDS if data.startswith(kind.signature)), None)
    if kind is None:
        raise BadEvidence("not-accepted")
    if PurePosixPath(upload.name).suffix.lower() not in kind.suffixes:
        raise BadEvidence("wrong-name")
    kind.check(data)
    return Accepted(_short(upload.name), kind.content_type, data, hashlib.sha256(data).hexdigest())


def _short(name: str) -> str:
    """The name without path or control characters, its end kept because it says the format."""
    printable = "".join(char for char in name.replace("\\", "/").rpartition("/")[2] if char.isprintable())
    return printable[-NAME_MAX:]


def _check_png(data: bytes) -> None:
    _check_picture(data, "PNG", lambda picture: picture.verify())


def _check_jpeg(data: bytes) -> None:
    _check_picture(data, "JPEG", _decode_small)


def _decode_small(picture: Image.Image) -> None:
    # verify() does nothing for JPEG; decoding at an eighth reads all the data in little memory.
    picture.draft("RGB", (max(picture.width // 8, 1), max(picture.height // 8, 1)))
    picture.load()


def _check_picture(data: bytes, format_name: str, look: Callable[[Image.Image], object]) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data), formats=[format_name])
        if picture.width * picture.height > MAX_PIXELS:
            raise BadEvidence("picture-too-big")
        with _whole_pictures_only():
            look(picture)
    except Image.DecompressionBombError:
        raise BadEvidence("picture-too-big") from None
    except BadEvidence:
        raise
    except Exception:  # Pillow raises OSError, SyntaxError, ValueError, struct.error … for damaged files
        raise BadEvidence("damaged-picture") from None


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """Importing WeasyPrint makes Pillow accept cut-off pictures everywhere; here they are damaged."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _check_pdf(data: bytes) -> None:
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as document:
            _check_open_pdf(document)
    except pikepdf.PasswordError:
        raise BadEvidence("encrypted-pdf") from None
    except (pikepdf.PdfError, RecursionError):
        raise BadEvidence("damaged-pdf") from None


def _check_open_pdf(document: pikepdf.Pdf) -> None:
    if document.is_encrypted:
        raise BadEvidence("encrypted-pdf")
    if len(document.pages) == 0:
        raise BadEvidence("damaged-pdf")
    if len(document.objects) > MAX_PDF_OBJECTS:
        raise BadEvidence("pdf-too-complex")
    if any(_is_active(item) for item in document.objects):
        raise BadEvidence("active-pdf")


def _is_active(item: pikepdf.Object | object) -> bool:
    """Whether an object, or what is written inside it, names an action, a script or an embedded file."""
    if isinstance(item, pikepdf.Name):
        return str(item) in _PDF_ACTIVE
    if isinstance(item, pikepdf.Array):
        return any(_is_active(child) for child in item if not _is_elsewhere(child))
    if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        return any(
            key in _PDF_ACTIVE or (not _is_elsewhere(child) and _is_active(child))
            for key, child in item.items()
        )
    return False


def _is_elsewhere(child: object) -> bool:
    """Numbered objects are visited on their own."""
    return isinstance(child, pikepdf.Object) and child.is_indirect


@dataclass(frozen=True, slots=True)
class _Kind:
    content_type: str
    signature: bytes
    suffixes: frozenset[str]
    check: Callable[[bytes], None]


_KINDS = (
    _Kind("image/png", b"\x89PNG\r\n\x1a\n", frozenset({".png"}), _check_png),
    _Kind("image/jpeg", b"\xff\xd8\xff", frozenset({".jpg", ".jpeg"}), _check_jpeg),
    _Kind("application/pdf", b"%PDF-", frozenset({".pdf"}), _check_pdf),
)
