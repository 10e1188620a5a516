"""The bags of one year, class by class, and the media with copies of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Prefetch, QuerySet

from archive.models import Bag, Edition, Medium, MediumEvent
from gradebook.models import SchoolClass, SchoolYear


@dataclass(frozen=True, slots=True)
class Place:
    """A class with its bags, newest first."""

    school_class: SchoolClass
    bags: Sequence[Bag]
    has_book: bool
    changed_at: datetime | None
    """When a paper of the class was last printed or signed."""

    @property
    def last(self) -> Bag | None:
        return self.bags[0] if self.bags else None

    @property
    def is_outdated(self) -> bool:
        """The class has papers or signatures that its last bag does not hold."""
        last = self.last
        return bool(last and last.sha256 and self.changed_at and self.changed_at > last.requested_at)

    @property
    def may_ask(self) -> bool:
        return self.has_book and (self.last is None or self.last.is_finished)


def of_year(year: SchoolYear | None) -> list[Place]:
    """Five queries."""
    if year is None:
        return []
    bags: dict[int, list[Bag]] = defaultdict(list)
    found = Bag.objects.filter(school_class__year=year).select_related("school_class__year", "requested_by")
    for bag in found.order_by("-number"):
        bags[bag.school_class_id].append(bag)
    issued = Edition.objects.issued().filter(school_class__year=year).exclude(kind=Edition.Kind.BLANK_BOOK)
    with_book = set(issued.filter(kind=Edition.Kind.CLASS_BOOK).values_list("school_class", flat=True))
    changed = _changes(issued)
    return [
        Place(each, bags[each.pk], each.pk in with_book, changed.get(each.pk))
        for each in year.classes.order_by("grade", "name")
    ]


def _changes(issued: "QuerySet[Edition]") -> dict[int, datetime]:
    """By class: the end of its last rendering, or its last signature."""
    found = issued.order_by().values_list("school_class")
    changed = dict(found.annotate(at=Max("rendering__heartbeat")))
    for school_class, at in found.annotate(at=Max("signatures__signed_at")).exclude(at=None):
        changed[school_class] = max(at, changed[school_class])
    return changed


def without_bag(year: SchoolYear) -> "QuerySet[SchoolClass]":
    """A medium that lacks these looks like one that has every class."""
    made = Bag.objects.made().filter(school_class__year=year)
    found: QuerySet[SchoolClass] = year.classes.exclude(pk__in=made.values("school_class"))
    return found.order_by("grade", "name")


def media(year: SchoolYear | None) -> "QuerySet[Medium]":
    """With what became of each, the latest last."""
    events = Prefetch("events", MediumEvent.objects.select_related("noted_by"))
    found: QuerySet[Medium] = Medium.objects.filter(year=year).select_related("made_by", "year")
    return found.prefetch_related(events)
