"""The archive's shelf of one year: classes and the editions of their books."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.models import AuditEvent, User
from archive.actions import ARCHIVE_CHECKED, EDITION_CHECKED
from archive.models import Edition, EditionQuerySet, PaperOrder
from gradebook.models import SchoolClass, SchoolYear

MOST_PAPERS, MOST_ORDERS = 300, 3


@dataclass(frozen=True, slots=True)
class Shelf:
    """A class with its editions, newest first."""

    school_class: SchoolClass
    editions: Sequence[Edition]

    @property
    def last(self) -> Edition | None:
        return self.editions[0] if self.editions else None

    @property
    def may_ask(self) -> bool:
        """Asking again while the last edition is being made would make the same book twice."""
        return self.last is None or self.last.rendering.is_finished


def of_year(year: SchoolYear | None) -> list[Shelf]:
    if year is None:
        return []
    editions: dict[int, list[Edition]] = defaultdict(list)
    books = Edition.objects.without_payload().filter(kind=Edition.Kind.CLASS_BOOK)
    found = books.filter(school_class__year=year)
    for edition in found.select_related("rendering", "requested_by").order_by("-number"):
        editions[edition.school_class_id].append(edition)
    classes = year.classes.select_related("homeroom_teacher").order_by("grade", "name")
    return [Shelf(school_class, editions[school_class.pk]) for school_class in classes]


def papers_of(user: User, year: SchoolYear | None) -> EditionQuerySet:
    """What this person may read beside the class books, the latest first; of each paper the last edition.

    Transcripts that have a file are listed class by class: a class has forty of them.
    """
    papers = Edition.objects.without_payload().readable_by(user).of_year(year).newest()
    return (
        papers.exclude(kind=Edition.Kind.CLASS_BOOK)
        .exclude(Q(kind=Edition.Kind.TRANSCRIPT) & ~Q(sha256=""))
        .select_related("school_class", "course__subject", "teacher", "student", "requested_by", "rendering")
        .order_by("-requested_at", "-pk")[:MOST_PAPERS]
    )


def transcripts_of(user: User, year: SchoolYear | None) -> list[tuple[int, str, int]]:
    """The classes of the year in which transcripts were printed: key, name, of how many pupils."""
    readable = Edition.objects.issued().latest_of_each().readable_by(user).of_year(year)
    classes = readable.filter(kind=Edition.Kind.TRANSCRIPT).order_by(
        "school_class__grade", "school_class__name"
    )
    counted = classes.values_list("school_class", "school_class__name").annotate(pupils=Count("pk"))
    return list(counted)


def orders_of(user: User, year: SchoolYear | None, *, every: bool = False) -> list[PaperOrder]:
    """This person's last orders of many papers; one more than is shown says that there are others."""
    given = PaperOrder.objects.filter(ordered_by=user, year=year)
    return list(given if every else given[: MOST_ORDERS + 1])


def last_check(edition: Edition) -> AuditEvent | None:
    checks = AuditEvent.objects.filter(
        verb=EDITION_CHECKED, target_type="archive.edition", target_id=edition.pk
    )
    return checks.order_by("-at").first()


def last_archive_check() -> AuditEvent | None:
    return AuditEvent.objects.filter(verb=ARCHIVE_CHECKED).order_by("-at").first()
