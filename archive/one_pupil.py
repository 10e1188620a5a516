"""One pupil's page of an issued paper that gives every pupil a page.

The page is taken out of the issued file and not rendered anew: it is the very sheet of that edition, with its number,
its place in the file and its code, and who holds it can have it verified like the whole.
"""

import json
from dataclasses import dataclass

from archive.models import Edition
from archive.store import editions
from archive.term_sheets import staying
from gradebook import printing


@dataclass(frozen=True, slots=True)
class PupilSheet:
    """`number` is the pupil's in the list of the class when the edition was frozen, `place` the page from 0."""

    number: int
    name: str
    place: int


def sheets_of(edition: Edition) -> list[PupilSheet]:
    """The pupils of an issued edition of term sheets in the order of its pages.

    Each begins on a page of its own, so that as many pages as pupils are one for each. Where a long comment took a
    second page nobody can say whose a page is, and there are none.
    """
    if edition.kind != Edition.Kind.TERM_SHEETS or not edition.is_issued:
        return []
    pupils = staying(json.loads(edition.payload)["book"])
    if edition.pages != len(pupils):
        return []
    return [PupilSheet(pupil["number"], pupil["name"], place) for place, pupil in enumerate(pupils)]


def page_of(edition: Edition, sheet: PupilSheet) -> bytes:
    """The sheet as a PDF of its own, without the data of the class. Raises OSError when the file is missing."""
    return printing.extract(editions.read(edition.path), sheet.place)


def file_name(edition: Edition, sheet: PupilSheet) -> str:
    return f"{edition.file_name.removesuffix('.pdf')}-so-{sheet.number}.pdf"
