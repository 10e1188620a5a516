"""Which lines the signature sheet of a printed edition has, and which are still empty."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive.models import Edition, PaperFact

Kind = PaperFact.Kind
OF_CLASS_BOOK = (
    Kind.HOMEROOM,
    Kind.OFFICE,
    Kind.PRINCIPAL,
    Kind.STAMP,
    Kind.EDGE_STAMP,
    Kind.SCAN,
    Kind.STORED,
)
LINES: Mapping[str, tuple[Kind, ...]] = {
    Edition.Kind.CLASS_BOOK: (Kind.PRINTED, *OF_CLASS_BOOK),
    Edition.Kind.BLANK_BOOK: (Kind.PRINTED, Kind.STAMP, Kind.EDGE_STAMP, Kind.STORED),
    Edition.Kind.CLASS_SUMMARY: (
        Kind.PRINTED,
        Kind.HOMEROOM,
        Kind.PRINCIPAL,
        Kind.STAMP,
        Kind.SCAN,
        Kind.STORED,
    ),
}
"""By kind of paper. The subject teachers of a class book come after its printing, as the book names them."""


@dataclass(frozen=True, slots=True)
class Line:
    """`who` is whom the paper names; `fact` what was recorded, if anything."""

    kind: Kind
    who: str = ""
    subject: str = ""
    fact: PaperFact | None = None

    @property
    def key(self) -> str:
        return f"{self.kind.value}:{self.subject}"


def has_sheet(edition: Edition) -> bool:
    """An interim edition is for comparing: it is printed, and nobody signs it."""
    return edition.kind in LINES and edition.is_issued and not edition.is_interim


def read_sheet(edition: Edition) -> list[Line]:
    """The lines in the order in which the paper goes round. `edition` comes with its payload."""
    standing = edition.paper_facts.standing().select_related("recorded_by")
    facts = {(fact.kind, fact.subject): fact for fact in standing}
    return [
        Line(line.kind, line.who, line.subject, facts.get((line.kind, line.subject)))
        for line in _lines(edition)
    ]


def _lines(edition: Edition) -> Iterator[Line]:
    book = json.loads(edition.payload)["book"]
    named = {Kind.HOMEROOM: book["homeroom_teacher"], Kind.PRINCIPAL: book["principal"]}
    for kind in LINES[edition.kind]:
        yield Line(kind, named.get(kind, ""))
        if kind == Kind.PRINTED and edition.kind == Edition.Kind.CLASS_BOOK:
            for course in book["courses"]:
                yield Line(Kind.TEACHER, ", ".join(course["teachers"]), course["subject"])
