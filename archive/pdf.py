"""An edition's payload → its pages. A pure function: frozen facts in, bytes out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno

from archive import layouts
from archive.parts import parts
from gradebook import printing

ATTACHMENT = "payload.json"
LAYOUT_VERSION = 9
"""Part of the name of parts kept on disk: a newer layout never continues an older one's work."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the book that is rendered on its own."""

    title: str
    template: str
    context: dict[str, Any]
    carries_payload: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """A payload on its way to a file. `text` is the exact text whose fingerprint is printed."""

    text: str
    fingerprint: str
    code: str
    address: str
    """Where the code on every page leads."""

    @property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads(self.text)
        return facts

    @property
    def requested_at(self) -> datetime:
        return datetime.fromisoformat(self.facts["edition"]["requested_at"])


def sections(book: Book) -> list[Section]:
    """The book's parts in the order of the official form."""
    facts = book.facts
    common = {**layouts.common(facts), "code": book.code, "fingerprint": book.fingerprint}
    return [
        # What the joined book says of itself comes from its first part.
        Section(title, template, {**common, **own, "begins": place == 0}, carries_payload=place == 0)
        for place, (title, template, own) in enumerate(parts(facts))
    ]


def render_section(book: Book, section: Section) -> bytes:
    """One part's pages. The first carries the payload, and so the whole book does."""
    html = printing.page(f"archive/print/{section.template}", section.context)
    return printing.render(html, _attached(book) if section.carries_payload else None)


def join(book: Book, parts: Sequence[printing.Part]) -> printing.Joined:
    return printing.join(parts, lambda sheets: _marks(book, sheets))


def _marks(book: Book, sheets: Sequence[printing.Sheet]) -> str:
    """What stands on every page: the class, the edition, the page of the whole book, the code to verify."""
    qr = segno.make(book.address, error="m", micro=False).svg_data_uri(border=0, scale=1)
    context = {**layouts.common(book.facts), "code": book.code, "qr": qr, "sheets": sheets}
    return printing.page("archive/print/marks.html", context)


def _attached(book: Book) -> printing.Attached:
    return printing.Attached(ATTACHMENT, book.text, "Dữ liệu của bản in", book.requested_at)
