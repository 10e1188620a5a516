"""What still stands against closing a school year, and how it was closed and reopened."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from gradebook import origins
from gradebook.decided import decided
from gradebook.models import Enrolment, LockOrder, Period, SchoolClass, SchoolYear, Window, still_open
from gradebook.outcomes import CALLED_BACK


@dataclass(frozen=True, slots=True)
class Closing:
    """The classes with open books by period, orders that wait, pupils without a final outcome.

    `is_empty`: nobody was in a class of the year yet, which is being set up.
    """

    open_books: list[tuple[str, list[SchoolClass]]]
    orders: list[LockOrder]
    undecided: list[Enrolment]
    is_empty: bool

    @property
    def open_classes(self) -> int:
        return len({school_class.pk for _, classes in self.open_books for school_class in classes})

    @property
    def is_ready(self) -> bool:
        return not (self.open_books or self.orders or self.undecided or self.is_empty)

    def stands(self, waived: Collection[int]) -> bool:
        """Whether something stands against it although these pupils are let pass."""
        return bool(
            self.open_books
            or self.orders
            or self.is_empty
            or {pupil.pk for pupil in self.undecided}.difference(waived)
        )


def read_closing(year: SchoolYear) -> Closing:
    """Nine queries, however many pupils there are."""
    orders = LockOrder.objects.waiting().filter(period__semester__year=year)
    return Closing(
        _open_books(year),
        list(orders.select_related("period", "school_class")),
        undecided_pupils(year),
        is_empty=not Enrolment.objects.listed().filter(school_class__year=year).exists(),
    )


def undecided_pupils(year: SchoolYear) -> list[Enrolment]:
    """The pupils on roll of whom nobody has decided yet where they go: by class and list order."""
    on_roll = Enrolment.objects.on_roll().filter(school_class__year=year)
    known = decided(on_roll)
    final = {pk for pk, found in known.items() if found.outcome not in CALLED_BACK}
    pupils = on_roll.select_related("student", "school_class").order_by(
        "school_class__grade", "school_class__name", "number"
    )
    return [pupil for pupil in pupils if pupil.pk not in final]


def _open_books(year: SchoolYear) -> list[tuple[str, list[SchoolClass]]]:
    opened = Window.objects.filter(still_open(), course__school_class__year=year)
    pairs = opened.order_by("period__order", "course__school_class__grade", "course__school_class__name")
    classes = SchoolClass.objects.in_bulk(pairs.values_list("course__school_class", flat=True))
    found: dict[str, list[SchoolClass]] = defaultdict(list)
    for code, pk in dict.fromkeys(pairs.values_list("period__code", "course__school_class")):
        found[str(Period.Code(code).label)].append(classes[pk])
    return list(found.items())


def closings(year: SchoolYear) -> list[Any]:
    """The versions of the year that changed its state, the first without one left out; the latest first.

    Each with its `source` in words: the decision that closed the year.
    """
    versions = list(
        SchoolYear.history.filter(id=year.pk).select_related("history_user").order_by("history_id")
    )
    for version in versions:
        version.source = origins.sentence(version.history_origin)
    pairs = pairwise(versions)
    return [later for earlier, later in pairs if later.status != earlier.status][::-1]
