"""What a bag holds of a class: files of the store byte for byte, and the data they were made of."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.files import WriteOnceStore
from archive.bags.tables import csv_of
from archive.files import name_of, newest_signatures
from archive.models import Edition, PaperFact, Signature, Snapshot
from archive.store import editions, signed, snapshots
from gradebook.models import Enrolment, SchoolClass, Student
from gradebook.register import read_lines
from transcripts.models import Transcript
from transcripts.payload import canonical

BOOKS, SIGNED, DATA, REGISTER = "books", "signed", "payloads", "register"
REGISTER_COLUMNS = {
    "number": "Số đăng bộ",
    "name": "Họ và tên",
    "birth_date": "Ngày sinh",
    "sex": "Giới tính",
    "ethnicity": "Dân tộc",
    "birthplace": "Nơi sinh",
    "address": "Nơi ở",
    "parents": "Cha, mẹ, người giám hộ",
    "admitted_on": "Ngày vào trường",
    "class_name": "Vào lớp",
    "came_from": "Chuyển đến từ",
    "left_on": "Ngày ra trường",
    "leaving": "Lý do ra trường",
}


@dataclass(frozen=True, slots=True)
class Holdings:
    """The editions are read once, so that files, data and the list of them are of the same moment."""

    school_class: SchoolClass
    editions: list[Edition]
    last: frozenset[int]
    """Those of them whose place no other has taken."""

    @classmethod
    def of(cls, school_class: SchoolClass) -> "Holdings":
        """Every book and paper of the class as it was last issued, and as it was ever signed.

        Blank books say nothing of anybody, and what a decision has destroyed is in no bag.
        """
        kept = Edition.objects.filter(school_class=school_class, certificate=None).issued()
        papers = kept.exclude(kind=Edition.Kind.BLANK_BOOK)
        last = frozenset(papers.latest_of_each().values_list("pk", flat=True))
        found = papers.filter(Q(pk__in=last) | _is_signed()).without_payload()
        about = found.select_related("school_class__year", "course__subject", "student", "previous")
        return cls(school_class, list(about.order_by("kind", "part", "student", "number")), last)

    @property
    def is_interim(self) -> bool:
        return any(edition.is_interim for edition in self.editions if edition.pk in self.last)

    def described(self) -> list[dict[str, Any]]:
        return [{**described(edition), "is_last": edition.pk in self.last} for edition in self.editions]

    def files(self) -> Iterator["KeptFile"]:
        for source in FILES:
            yield from source(self)

    def texts(self) -> Iterator["Text"]:
        for source in TEXTS:
            yield from source(self)


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that goes into the bag as it lies in the store."""

    folder: str
    name: str
    store: WriteOnceStore
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Text:
    folder: str
    name: str
    text: str


def _is_signed() -> Q:
    """With a key, or on paper as somebody has recorded: later editions do not make it paper that counts for nothing."""
    on_paper = PaperFact.objects.standing().exclude(kind__in=[PaperFact.Kind.PRINTED, PaperFact.Kind.STORED])
    return Q(Exists(Signature.objects.filter(edition=OuterRef("pk")))) | Q(
        Exists(on_paper.filter(edition=OuterRef("pk")))
    )


def _books(holdings: Holdings) -> Iterator[KeptFile]:
    for edition in holdings.editions:
        yield KeptFile(BOOKS, book_name(edition), editions, edition.path, edition.sha256)


def _snapshots(holdings: Holdings) -> Iterator[KeptFile]:
    for taken in Snapshot.objects.filter(school_class=holdings.school_class).order_by("number"):
        name = f"{taken.number:03}-{taken.reason}-{taken.sha256[:16]}.json"
        yield KeptFile("snapshots", name, snapshots, taken.path, taken.sha256)


def _signed(holdings: Holdings) -> Iterator[KeptFile]:
    """The file with every signature; those before it are its beginning."""
    newest = newest_signatures(holdings.editions)
    for edition in holdings.editions:
        if signature := newest.get(edition.pk):
            name = name_of(edition, signature)
            yield KeptFile(SIGNED, name, signed, signature.path, signature.sha256)


FILES: tuple[Callable[[Holdings], Iterator[KeptFile]], ...] = (_books, _signed, _snapshots)


def _payloads(holdings: Holdings) -> Iterator[Text]:
    """One at a time: a payload is a whole class book."""
    for edition in holdings.editions:
        text = Edition.objects.values_list("payload", flat=True).get(pk=edition.pk)
        yield Text(DATA, data_name(edition), text)


def _transcripts(holdings: Holdings) -> Iterator[Text]:
    """As they were last issued to the pupils of the class."""
    issued = Transcript.objects.standing().filter(enrolment__school_class=holdings.school_class)
    for transcript in issued.order_by("enrolment__number", "pk").iterator(chunk_size=20):
        yield Text("transcripts", f"{transcript.fingerprint[:32]}.json", transcript.payload)


def _register(holdings: Holdings) -> Iterator[Text]:
    """The lines of the register of everybody who was in the class, for people (CSV) and programs (JSON)."""
    enrolled = Enrolment.objects.filter(school_class=holdings.school_class)
    of_class = enrolled.exclude(status=Enrolment.Status.CANCELLED).values("student")
    pupils = Student.objects.filter(pk__in=of_class).order_by("register_number", "sort_key")
    lines = [{**asdict(line), "number": line.number or ""} for line in read_lines(pupils)]
    rows = [{name: line[name] for name in REGISTER_COLUMNS} for line in lines]
    facts = {"format": "register-extract", "version": 1, "lines": [_plain(row) for row in rows]}
    yield Text(REGISTER, "so-dang-bo.json", canonical(facts))
    table = csv_of(REGISTER_COLUMNS.values(), ([_cell(value) for value in row.values()] for row in rows))
    yield Text(REGISTER, "so-dang-bo.csv", table)


TEXTS: tuple[Callable[[Holdings], Iterator[Text]], ...] = (_payloads, _transcripts, _register)


def book_name(edition: Edition) -> str:
    """The kind's own folder; the code tells two papers of one name apart."""
    stem, _dot, suffix = edition.file_name.rpartition(".")
    return f"{edition.kind}/{stem}-{edition.code}.{suffix}"


def data_name(edition: Edition) -> str:
    return f"{edition.code}.json"


def described(edition: Edition) -> dict[str, Any]:
    """A line of the list by which the bag's files are checked against each other."""
    return {
        "kind": edition.kind,
        "part": edition.part,
        "number": edition.number,
        "code": edition.code,
        "requested_at": edition.requested_at.isoformat(),
        "is_interim": edition.is_interim,
        "pages": edition.pages,
        "file": f"data/{BOOKS}/{book_name(edition)}",
        "sha256": edition.sha256,
        "payload": f"data/{DATA}/{data_name(edition)}",
        "fingerprint": edition.fingerprint,
        "previous": edition.previous.fingerprint if edition.previous else "",
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _cell(value: Any) -> str:
    """No formula of a name that begins with a sign."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = "; ".join(value) if isinstance(value, tuple) else str("" if value is None else value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
