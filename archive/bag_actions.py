"""Ask for bags of classes, try again when one failed, note who took one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import audit, jobs
from accounts.models import User
from accounts.writing import recorded_write
from archive import policies, tasks
from archive.models import Bag, Edition
from gradebook.models import SchoolClass, SchoolYear


@dataclass(frozen=True, slots=True)
class Asked:
    """Counts in = counts out: every class is in one of the three."""

    bags: list[Bag] = field(default_factory=list)
    waiting: list[SchoolClass] = field(default_factory=list)
    """Their last bag is not finished yet."""
    without_book: list[SchoolClass] = field(default_factory=list)
    """No class book has been issued: there is nothing to keep."""


@recorded_write
def request_bags(*, year: SchoolYear, classes: Iterable[SchoolClass], by: User) -> Asked:
    """One order for one class or for all: the rows now, the bags by the worker. Statements grow with the bags only."""
    _check(by)
    wanted = {school_class.pk for school_class in classes}
    held = SchoolClass.objects.select_for_update().filter(year=year, pk__in=wanted).order_by("pk")
    asked, books, last = Asked(), _with_book(wanted), _last_bags(wanted)
    for school_class in held:
        before = last.get(school_class.pk)
        if school_class.pk not in books:
            asked.without_book.append(school_class)
        elif before and not before.is_finished:
            asked.waiting.append(school_class)
        else:
            asked.bags.append(_bag(school_class, before, by))
    if asked.bags:
        names = [bag.school_class.name for bag in asked.bags]
        audit.record(by=by, verb="archive.bags.ordered", target=year, bags=len(names), classes=names)
    return asked


def _with_book(classes: set[int]) -> set[int]:
    books = Edition.objects.issued().filter(kind=Edition.Kind.CLASS_BOOK, school_class__in=classes)
    return set(books.values_list("school_class", flat=True))


def _last_bags(classes: set[int]) -> dict[int, Bag]:
    return {
        bag.school_class_id: bag for bag in Bag.objects.filter(school_class__in=classes).order_by("number")
    }


def _bag(school_class: SchoolClass, before: Bag | None, by: User) -> Bag:
    """The next number; it refers to the last bag that was made. A failed one keeps its number."""
    made = before if before is None or before.sha256 else before.previous
    number = before.number + 1 if before else 1
    bag: Bag = Bag.objects.create(school_class=school_class, number=number, previous=made, **jobs.fresh(by))
    transaction.on_commit(partial(tasks.wake_for_bag, bag.pk))
    return bag


@recorded_write
def retry_bag(*, bag: Bag, by: User) -> None:
    """Raises accounts.jobs.NotFailed."""
    _check(by)
    jobs.queue_again(bag)
    audit.record(by=by, verb="archive.bag.retried", target=bag)
    transaction.on_commit(partial(tasks.wake_for_bag, bag.pk))


@recorded_write
def record_download(*, bag: Bag, by: User) -> None:
    """A copy has left the portal: who took it is part of the record."""
    audit.record(by=by, verb="archive.bag.downloaded", target=bag, sha256=bag.sha256)


def _check(by: User) -> None:
    if not policies.may_keep(by):
        raise PermissionDenied
