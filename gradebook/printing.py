"""HTML → PDF/A for every document that the portal issues. No database, no network, the same bytes each time.

A long book is rendered section by section, which keeps memory low and lets a successor resume, and is then
joined. What needs the whole book (page numbers, the edition's mark on every page) is laid over the pages
afterwards, so that no section depends on another.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import md5
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

FONT_FACES = {
    ("normal", "normal"): "LiberationSerif-Regular.ttf",
    ("bold", "normal"): "LiberationSerif-Bold.ttf",
    ("normal", "italic"): "LiberationSerif-Italic.ttf",
    ("bold", "italic"): "LiberationSerif-BoldItalic.ttf",
}
POINTS_PER_MM = 72 / 25.4
A4_LONG = 300
SLOT = "sign-"


class FontsMissing(RuntimeError):
    """WeasyPrint would silently take another font, and every line would break elsewhere."""


class ForbiddenFetch(RuntimeError):
    """A document asked for something beside its fonts: documents are made of their payload only."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file carried inside the PDF (PDF/A-3), dated by the document and not by the clock."""

    name: str
    text: str
    description: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """A rendered section, with its entry in the reader's table of contents."""

    title: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the joined book, as the overlay needs it: millimetres and its place."""

    number: int
    width: float
    height: float

    @property
    def paper(self) -> str:
        """`upright` and `wide` are A4, `large` is A3 turned."""
        if self.width <= self.height:
            return "upright"
        return "large" if self.width > A4_LONG else "wide"


@dataclass(frozen=True, slots=True)
class Slot:
    """The upper left corner of an empty place: the page counted from 0, points from the lower left."""

    page: int
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Joined:
    content: bytes
    pages: int


def page(template: str, context: dict[str, Any]) -> str:
    """The HTML of a document. Official documents are Vietnamese, whoever asks for them."""
    with translation.override("vi"):
        return render_to_string(template, {**context, "font_faces": font_faces()})


def in_words(day: date) -> str:
    """Days below ten and the months January and February with a leading zero, so that nobody adds a digit."""
    month = f"{day:%m}" if day.month <= 2 else str(day.month)
    return f"ngày {day:%d} tháng {month} năm {day.year}"


def font_faces() -> list[dict[str, str]]:
    return [
        {"weight": weight, "style": style, "url": path.as_uri()}
        for (weight, style), name in FONT_FACES.items()
        if (path := _font(name))
    ]


def render(html: str, attached: Attached | None = None) -> bytes:
    """One document as PDF/A-3u with its fonts embedded."""
    # Imported here: it takes a second and a half, and web processes never render.
    from weasyprint import HTML

    document = HTML(string=html, url_fetcher=_assets()).render(font_config=_font_configuration())
    if attached:
        document.metadata.attachments.append(_attachment(attached))
    identifier = md5(html.encode(), usedforsecurity=False).digest()
    content: bytes = document.write_pdf(
        pdf_variant="pdf/a-3u", pdf_identifier=identifier, finisher=_list_attachments_once
    )
    return content


def join(parts: Sequence[Part], overlay: Callable[[Sequence[Sheet]], str]) -> Joined:
    """One book from its parts. The first part's PDF/A marks and attachment become the book's."""
    with pikepdf.open(BytesIO(parts[0].content)) as book:
        starts, slots = [0], dict(_slots(book, start=0))
        for part in parts[1:]:
            starts.append(len(book.pages))
            with pikepdf.open(BytesIO(part.content)) as more:
                slots |= _slots(more, start=len(book.pages))
                book.pages.extend(more.pages)
        _table_of_contents(book, parts, starts)
        _name_slots(book, slots)
        with pikepdf.open(BytesIO(render(overlay(_sheets(book))))) as marks:
            for number, (sheet, mark) in enumerate(zip(book.pages, marks.pages, strict=True), start=1):
                _lay_over(sheet, mark, name=pikepdf.Name(f"/Marks{number}"))
        # Pages of a part share one dictionary of names. Whoever checks a signature walks every way to every object.
        book.remove_unreferenced_resources()
        return Joined(_saved(book), len(book.pages))


def _lay_over(sheet: pikepdf.Page, mark: pikepdf.Page, *, name: pikepdf.Name) -> None:
    """As pikepdf's add_overlay, which draws a random name each time. Pages of a part share their names."""
    sheet.add_resource(mark.as_form_xobject(), pikepdf.Name.XObject, name=name)
    sheet.contents_add(b"q\n", prepend=True)
    sheet.contents_add(f"\nQ q {name} Do Q\n".encode())
    sheet.contents_coalesce()


def _saved(book: pikepdf.Pdf) -> bytes:
    output = BytesIO()
    # The identifier comes from the content: the same payload gives the same bytes.
    book.save(output, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return output.getvalue()


def _table_of_contents(book: pikepdf.Pdf, parts: Sequence[Part], starts: Sequence[int]) -> None:
    with book.open_outline() as outline:
        outline.root.clear()
        outline.root.extend(
            pikepdf.OutlineItem(part.title, start) for part, start in zip(parts, starts, strict=True)
        )


def _slots(document: pikepdf.Pdf, *, start: int) -> Iterator[tuple[str, Slot]]:
    """The elements of a template whose id begins with `sign-`: there a signature is shown."""
    if "/Names" not in document.Root or "/Dests" not in document.Root.Names:
        return
    pages = {page.obj.objgen: place for place, page in enumerate(document.pages, start=start)}
    for key, target in pikepdf.NameTree(document.Root.Names.Dests).items():
        name = key if isinstance(key, str) else key.decode()
        if name.startswith(SLOT):
            yield name, Slot(pages[target[0].objgen], float(target[2]), float(target[3]))


def _name_slots(book: pikepdf.Pdf, slots: Mapping[str, Slot]) -> None:
    if not slots:
        return
    tree = pikepdf.NameTree.new(book)
    for name, slot in slots.items():
        page = book.pages[slot.page].obj
        tree[name] = pikepdf.Array([page, pikepdf.Name.XYZ, slot.left, slot.top, 0])
    if "/Names" not in book.Root:
        book.Root.Names = pikepdf.Dictionary()
    book.Root.Names.Dests = tree.obj


def slots(content: bytes) -> dict[str, Slot]:
    """Where the document has room for signatures, by the part of the name after `sign-`."""
    with pikepdf.open(BytesIO(content)) as document:
        return {name.removeprefix(SLOT): slot for name, slot in _slots(document, start=0)}


def _sheets(book: pikepdf.Pdf) -> list[Sheet]:
    return [
        Sheet(
            number,
            round(float(box[2] - box[0]) / POINTS_PER_MM, 2),
            round(float(box[3] - box[1]) / POINTS_PER_MM, 2),
        )
        for number, box in enumerate((sheet.mediabox for sheet in book.pages), start=1)
    ]


def _font(name: str) -> Path:
    path = settings.DOCUMENT_FONT_DIR / name
    if not path.is_file():
        raise FontsMissing(f"{name} is not in {settings.DOCUMENT_FONT_DIR}; install fonts-liberation2.")
    return Path(path)


@lru_cache(maxsize=1)
def _font_configuration() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@lru_cache(maxsize=1)
def _assets() -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class Assets(URLFetcher):  # type: ignore[misc]
        """The document's own fonts and what stands in the page itself; never a network address."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if not url.startswith("data:") and url not in {face["url"] for face in font_faces()}:
                raise FatalURLFetchingError(url) from ForbiddenFetch(url)
            return super().fetch(url, headers)

    return Assets()


def _attachment(attached: Attached) -> Any:
    from weasyprint import Attachment

    return Attachment(
        string=attached.text,
        name=attached.name,
        description=attached.description,
        relationship="Data",
        created=attached.at,
        modified=attached.at,
    )


def _list_attachments_once(document: Any, pdf: Any) -> None:
    """WeasyPrint 70 lists each attachment twice in /AF."""
    import pydyf

    if associated := pdf.catalog.get("AF"):
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(associated))


def extract(content: bytes, place: int) -> bytes:
    """One page, from 0, as a document of its own: without what the whole has attached, or in its other pages."""
    with pikepdf.open(BytesIO(content)) as book, pikepdf.new() as single:
        single.pages.append(book.pages[place])
        # The pages of a part share one dictionary, which names the marks of all of them.
        single.remove_unreferenced_resources()
        return _saved(single)


def attachments(content: bytes) -> dict[str, bytes]:
    with pikepdf.open(BytesIO(content)) as book:
        return {name: spec.get_file().read_bytes() for name, spec in book.attachments.items()}


def page_count(content: bytes) -> int:
    with pikepdf.open(BytesIO(content)) as book:
        return len(book.pages)
