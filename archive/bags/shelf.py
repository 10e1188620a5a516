"""The bags of one year, class by class, and the media with copies of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from archive.models import Bag, Edition, Medium, MediumEvent
from gradebook.models import SchoolClass, SchoolYear


@dataclass(frozen=True, slots=True)
class Place:
    """A class with its bags, newest first."""

    school_class: SchoolClass
    bags: Sequence[Bag]
    has_book: bool

    @property
    def last(self) -> Bag | None:
        return self.bags[0] if self.bags else None

    @property
    def may_ask(self) -> bool:
        return self.has_book and (self.last is None or self.last.is_finished)


def of_year(year: SchoolYear | None) -> list[Place]:
    """Three queries."""
    if year is None:
        return []
    bags: dict[int, list[Bag]] = defaultdict(list)
    found = Bag.objects.filter(school_class__year=year).select_related("school_class__year", "requested_by")
    for bag in found.order_by("-number"):
        bags[bag.school_class_id].append(bag)
    issued = Edition.objects.issued().filter(kind=Edition.Kind.CLASS_BOOK, school_class__year=year)
    with_book = set(issued.values_list("school_class", flat=True))
    return [
        Place(school_class, bags[school_class.pk], school_class.pk in with_book)
        for school_class in year.classes.order_by("grade", "name")
    ]


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
