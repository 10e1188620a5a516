"""Files that people hand in: evidence, scans of decisions. What is accepted, and the sentence when it is not.

Accepted are PNG and JPEG pictures and PDF documents without active content, told by their bytes and never
by their names.
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
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile

MAX_FILES = 5
_PNG_END = b"IEND\xaeB`\x82"
MAX_PIXELS = 80_000_000
MAX_PDF_OBJECTS = 50_000
MAX_UNPACKED = 100 << 20
"""Octets of one stream of a PDF document: ten megabytes on the disk may unfold to ten gigabytes in memory."""
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=MAX_UNPACKED,
    run_length_max_memory=MAX_UNPACKED,
    png_max_memory=MAX_UNPACKED,
    tiff_max_memory=MAX_UNPACKED,
    max_stream_filters=3,
)
NAME_MAX = 150

_PDF_ACTIVE = frozenset(
    {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/RichMedia", "/XFA"}
    | {"/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Movie", "/Sound", "/Rendition"}
)

_PDF_CARRIES = frozenset({"/EmbeddedFile", "/EmbeddedFiles", "/EF"})
"""What a document of this portal has beside its pages: the data it was made of (PDF/A-3)."""

SENTENCES = {
    "too-many": _("Hand in at most %(count)d files."),
    "too-large": _("The file is larger than %(size)s."),
    "empty-file": _("The file is empty."),
    "not-accepted": _("Only pictures (PNG, JPEG) and PDF documents are accepted; this file is neither."),
    "wrong-name": _("The name of the file says another format than its content."),
    "same-file-twice": _("The same file was chosen twice."),
    "damaged-picture": _("The picture is damaged or cut off. Take or scan it again."),
    "picture-too-big": _("The picture has too many pixels. Save it smaller."),
    "damaged-pdf": _("The PDF document is damaged. Save it again, or hand in a picture."),
    "encrypted-pdf": _("The PDF document is protected by a password. Save it without."),
    "active-pdf": _(
        "The PDF document contains scripts, links to programs or attached files. Print it to a new PDF."
    ),
    "pdf-too-complex": _("The PDF document is too complex to be checked. Hand in a picture."),
    "not-kept": _("The file could not be kept safely. Tell the administrator."),
}


def limits() -> dict[str, object]:
    """What the sentences name."""
    return {"count": MAX_FILES, "size": filesizeformat(settings.UPLOAD_MAX_BYTES)}


class BadFile(ValueError):
    """A file is not accepted. `code` says why, `name` says which."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code)
        self.code, self.name = code, name

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.code]) % limits()


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

    @property
    def suffix(self) -> str:
        """Of the format, not of the name: that of its bytes."""
        return self.content_type.rpartition("/")[2]


def accept(uploads: Sequence[Upload]) -> list[Accepted]:
    """Check every file. Raises BadFile.

    Codes: too-many, too-large, empty-file, not-accepted, wrong-name, same-file-twice, damaged-picture,
    picture-too-big, damaged-pdf, encrypted-pdf, active-pdf, pdf-too-complex.
    """
    if len(uploads) > MAX_FILES:
        raise BadFile("too-many")
    accepted: dict[str, Accepted] = {}
    for upload in uploads:
        try:
            file = _accept(upload)
        except BadFile as bad:
            raise BadFile(bad.code, upload.name) from None
        if file.sha256 in accepted:
            raise BadFile("same-file-twice", upload.name)
        accepted[file.sha256] = file
    return list(accepted.values())


def _accept(upload: Upload) -> Accepted:
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise BadFile("too-large")
    data = upload.read(settings.UPLOAD_MAX_BYTES + 1)
    if not data:
        raise BadFile("empty-file")
    if len(data) > settings.UPLOAD_MAX_BYTES:
        raise BadFile("too-large")
    kind = next((kind for kind in _KINDS if data.startswith(kind.signature)), None)
    if kind is None:
        raise BadFile("not-accepted")
    if PurePosixPath(upload.name).suffix.lower() not in kind.suffixes:
        raise BadFile("wrong-name")
    kind.check(data)
    return Accepted(_short(upload.name), kind.content_type, data, hashlib.sha256(data).hexdigest())


def _short(name: str) -> str:
    """The name without path or control characters, its end kept because it says the format."""
    printable = "".join(char for char in name.replace("\\", "/").rpartition("/")[2] if char.isprintable())
    return printable[-NAME_MAX:]


def _check_png(data: bytes) -> None:
    # A program or a page hung on behind the picture; cameras do that to JPEG only, and mean films.
    if not data.rstrip(b"\0").endswith(_PNG_END):
        raise BadFile("damaged-picture")
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
            raise BadFile("picture-too-big")
        with _whole_pictures_only():
            look(picture)
    except Image.DecompressionBombError:
        raise BadFile("picture-too-big") from None
    except BadFile:
        raise
    except Exception:  # Pillow raises OSError, SyntaxError, ValueError, struct.error … for damaged files
        raise BadFile("damaged-picture") from None


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """Importing WeasyPrint makes Pillow accept cut-off pictures everywhere; here they are damaged."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def check_document(data: bytes) -> None:
    """A PDF document of this portal or one like it: it may carry its data, and nothing that acts. Raises BadFile."""
    _check_pdf(data, _PDF_ACTIVE - _PDF_CARRIES)


def _check_pdf(data: bytes, active: frozenset[str] = _PDF_ACTIVE) -> None:
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as document:
            _check_open_pdf(document, active)
    except pikepdf.PasswordError:
        raise BadFile("encrypted-pdf") from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError, RuntimeError):
        raise BadFile("damaged-pdf") from None


def _check_open_pdf(document: pikepdf.Pdf, active: frozenset[str]) -> None:
    if document.is_encrypted:
        raise BadFile("encrypted-pdf")
    if len(document.pages) == 0:
        raise BadFile("damaged-pdf")
    if len(document.objects) > MAX_PDF_OBJECTS:
        raise BadFile("pdf-too-complex")
    if any(_is_active(item, active) for item in document.objects):
        raise BadFile("active-pdf")


def _is_active(item: pikepdf.Object | object, active: frozenset[str]) -> bool:
    """Whether an object, or what is written inside it, names an action, a script or an embedded file."""
    if isinstance(item, pikepdf.Name):
        return str(item) in active
    if isinstance(item, pikepdf.Array):
        return any(_is_active(child, active) for child in item if not _is_elsewhere(child))
    if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        return any(
            key in active or (not _is_elsewhere(child) and _is_active(child, active))
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
