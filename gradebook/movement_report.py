"""Who came and left: the list of movements, and how many pupils each class had, got and lost (S1-20, S1-49)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import User
from gradebook.actions.movement_desk import RECORDED
from gradebook.models import Enrolment, Movement, SchoolClass, SchoolYear

_KINDS = sorted(RECORDED)


@dataclass(frozen=True, slots=True)
class Span:
    """The days a report is about, both included; None: no end, as in the year that is under way."""

    first: date
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.first <= day and not self.is_after(day)

    def is_after(self, day: date) -> bool:
        return self.last is not None and day > self.last


@dataclass(frozen=True, slots=True)
class ClassCount:
    """`at_first` + `came` − `left` = `now`, always."""

    school_class: SchoolClass
    at_first: int
    came: int
    left: int

    @property
    def now(self) -> int:
        return self.at_first + self.came - self.left


def months(year: SchoolYear) -> list[date]:
    """The first days of the months from the year's beginning to the end of the summer after it."""
    start = year.starts_on.replace(day=1)
    return [_month(start, number) for number in range(12)]


def span(year: SchoolYear, month: date | None) -> Span:
    return Span(month, _month(month, 1) - timedelta(days=1)) if month else Span(year.starts_on)


def _month(start: date, later: int) -> date:
    years, month = divmod(start.month - 1 + later, 12)
    return date(start.year + years, month + 1, 1)


def read_list(year: SchoolYear | None, user: User) -> "Iterable[Movement]":
    """The movements of the year that this person may see, the latest first."""
    rows: Iterable[Movement] = (
        Movement.objects.visible_to(user)
        .of_year(year)
        .filter(kind__in=_KINDS)
        .select_related("student", "origin__school_class", "target__school_class", "decision")
        .order_by("-on", "-pk")
    )
    return rows


def read_counts(classes: Iterable[SchoolClass], days: Span) -> list[ClassCount]:
    """One line a class, from today's roll backwards: whatever moved after the days is taken back. Five queries."""
    classes = list(SchoolClass.objects.filter(pk__in=[each.pk for each in classes]).select_related("year"))
    events = list(_events(classes))
    rolls = dict(
        Enrolment.objects.on_roll()
        .filter(school_class__in=classes)
        .values("school_class")
        .annotate(pupils=Count("pk"))
        .values_list("school_class", "pupils")
    )
    return [
        _count(each, [e for e in events if e[0] == each.pk], rolls.get(each.pk, 0), days) for each in classes
    ]


Event = tuple[int, date, int]
"""(class, day, +1 or −1)"""


def _count(school_class: SchoolClass, events: list[Event], roll: int, days: Span) -> ClassCount:
    at_last = roll - sum(change for _, day, change in events if days.is_after(day))
    came = sum(change == 1 for _, day, change in events if day in days)
    left = sum(change == -1 for _, day, change in events if day in days)
    return ClassCount(school_class, at_last - came + left, came, left)


def _events(classes: list[SchoolClass]) -> Iterator[Event]:
    """Every pupil who came after the first day or left. Lists imported in the course of the year have no movement."""
    starts = {each.pk: each.year.starts_on for each in classes}
    rows = Movement.objects.standing().filter(kind__in=_KINDS)
    concerned = rows.filter(Q(origin__school_class__in=classes) | Q(target__school_class__in=classes))
    for each in concerned.select_related("origin", "target"):
        for place, change in ((each.origin, -1), (each.target, 1)):
            if place and place.school_class_id in starts:
                yield place.school_class_id, each.on, change
    places = Enrolment.objects.listed().filter(school_class__in=classes)
    standing = Movement.objects.standing()
    began = places.exclude(Exists(standing.filter(target=OuterRef("pk"))))
    for class_id, since in began.values_list("school_class", "since"):
        if since > starts[class_id]:
            yield class_id, since, 1
    ended = places.filter(status=Enrolment.Status.LEFT).exclude(
        Exists(standing.filter(origin=OuterRef("pk")))
    )
    for class_id, until in ended.values_list("school_class", "until"):
        yield class_id, until, -1
