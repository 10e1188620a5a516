"""The register of printing and sealing of a year, and how far the paper of each class is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import translation

from accounts import audit
from accounts.models import User
from accounts.writing import recorded_write
from archive import wording
from archive.models import Edition, PaperFact, PaperFactQuerySet
from archive.paper.sheet import OF_CLASS_BOOK
from gradebook.import_templates import school_name
from gradebook.models import Course, SchoolClass, SchoolYear
from gradebook.spreadsheets.writing import write_table

Kind = PaperFact.Kind
HEADINGS = (
    "Số",
    "Ngày",
    "Việc",
    "Văn bản",
    "Lớp, người",
    "Bản in số",
    "Mã trên trang",
    "Số trang",
    "Số bản",
    "Người ghi",
    "Ghi chú",
    "Hủy bỏ vì",
)
COLUMNS = (Kind.PRINTED, Kind.TEACHER, *OF_CLASS_BOOK)
"""Of the year's overview."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`missing` says how many lines are still empty; the first fact stands for the column."""

    kind: Kind
    fact: PaperFact | None
    done: int
    of: int

    @property
    def is_done(self) -> bool:
        return self.done >= self.of


@dataclass(frozen=True, slots=True)
class Row:
    """A class with its final book, if there is one, and a cell for each column."""

    school_class: SchoolClass
    edition: Edition | None
    signed: int
    """How many electronic signatures its file carries."""
    cells: Sequence[Cell]
    before: PaperFact | None
    """Where the paper of an earlier edition lies, until that of this one is in its box."""

    @property
    def missing(self) -> int:
        return sum(max(cell.of - cell.done, 0) for cell in self.cells)


def overview(year: SchoolYear | None) -> list[Row]:
    """Every class of the year; statements do not grow with the classes."""
    if year is None:
        return []
    books = {book.school_class_id: book for book in _final_books(year)}
    facts: dict[int, dict[str, list[PaperFact]]] = defaultdict(lambda: defaultdict(list))
    for fact in PaperFact.objects.standing().filter(edition__in=[book.pk for book in books.values()]):
        facts[fact.edition_id][fact.kind].append(fact)
    before = _stored_before(year, books.values())
    return [_row(each, books.get(each.pk), facts, before.get(each.pk)) for each in _classes(year)]


def _stored_before(year: SchoolYear, books: Iterable[Edition]) -> dict[int, PaperFact]:
    """By class, the box of the last edition before these that was put into one."""
    of_books = PaperFact.objects.standing().filter(
        kind=Kind.STORED, edition__kind=Edition.Kind.CLASS_BOOK, edition__school_class__year=year
    )
    earlier = of_books.exclude(edition__in=[book.pk for book in books]).select_related("edition")
    return {
        fact.edition.school_class_id: fact
        for fact in earlier.defer("edition__payload").order_by("edition__number")
    }


def _final_books(year: SchoolYear) -> QuerySet[Edition]:
    """The newest book of each class, unless it is an interim one."""
    books = Edition.objects.issued().without_payload().latest_of_each()
    found: QuerySet[Edition] = books.filter(
        kind=Edition.Kind.CLASS_BOOK, is_interim=False, school_class__year=year
    )
    return found.annotate(signed=Count("signatures"))


def _classes(year: SchoolYear) -> QuerySet[SchoolClass]:
    subjects = Count(
        "courses", filter=~Q(courses__kind=Course.Kind.HOMEROOM) & Q(courses__in=Course.objects.all())
    )
    found: QuerySet[SchoolClass] = year.classes.annotate(subjects=subjects).order_by("grade", "name")
    return found


def _row(
    school_class: SchoolClass,
    book: Edition | None,
    facts: dict[int, dict[str, list[PaperFact]]],
    before: PaperFact | None,
) -> Row:
    if book is None:
        return Row(school_class, None, 0, [], before)
    cells = []
    for kind in COLUMNS:
        found = facts[book.pk][kind]
        of = school_class.subjects if kind == Kind.TEACHER else 1  # type: ignore[attr-defined]
        cells.append(Cell(kind, found[0] if found else None, len(found), of))
    if facts[book.pk][Kind.STORED]:
        before = None
    return Row(school_class, book, book.signed, cells, before)  # type: ignore[attr-defined]


def register(year: SchoolYear | None) -> PaperFactQuerySet:
    """Every numbered line of the year, the newest first; withdrawn ones stay in it."""
    about = ("edition__school_class", "edition__teacher", "edition__course__subject")
    found: PaperFactQuerySet = (
        PaperFact.objects.filter(year=year, number__isnull=False)
        .select_related(*about, "recorded_by", "withdrawn_by")
        .defer("edition__payload")
        .order_by("-number")
    )
    return found


@recorded_write
def export_register(*, year: SchoolYear, by: User) -> tuple[str, bytes]:
    """The name and content of a workbook, in the order of the numbers."""
    with translation.override("vi"):
        lines = [_words(fact) for fact in register(year).order_by("number")]
    titles = [school_name(), f"SỔ IN VÀ ĐÓNG DẤU NĂM HỌC {year.name}"]
    audit.record(by=by, verb="archive.register.exported", target=year, rows=len(lines))
    return f"So in va dong dau {year.name}.xlsx", write_table(HEADINGS, lines, titles, "Sổ in, đóng dấu")


def _words(fact: PaperFact) -> list[str]:
    edition = fact.edition
    return [
        str(fact.number),
        f"{fact.done_on:%d/%m/%Y}",
        str(fact.get_kind_display()),
        str(edition.get_kind_display()),
        wording.whose(edition),
        str(edition.number),
        edition.code,
        str(edition.pages),
        str(fact.copies or ""),
        fact.recorded_by.full_name,
        fact.note,
        fact.withdrawn_why,
    ]
