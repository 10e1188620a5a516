"""What still stands against closing a school year, and how it was closed and reopened."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from gradebook.decided import decided
from gradebook.models import Enrolment, LockOrder, SchoolClass, SchoolYear, Window
from gradebook.outcomes import CALLED_BACK


@dataclass(frozen=True, slots=True)
class Closing:
    """Open books by class with the names of their periods, orders that wait, pupils without a final outcome."""

    open_books: list[tuple[SchoolClass, list[str]]]
    orders: list[LockOrder]
    undecided: list[Enrolment]

    @property
    def is_ready(self) -> bool:
        return not (self.open_books or self.orders or self.undecided)

    def stands(self, waived: Collection[int]) -> bool:
        """Whether something stands against it although these pupils are let pass."""
        return bool(
            self.open_books or self.orders or {pupil.pk for pupil in self.undecided}.difference(waived)
        )


def read_closing(year: SchoolYear) -> Closing:
    """Six queries, however many pupils there are."""
    orders = LockOrder.objects.waiting().filter(period__semester__year=year)
    return Closing(
        _open_books(year), list(orders.select_related("period", "school_class")), undecided_pupils(year)
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


def _open_books(year: SchoolYear) -> list[tuple[SchoolClass, list[str]]]:
    rows = Window.objects.filter(course__school_class__year=year, is_open=True)
    periods: dict[SchoolClass, dict[str, None]] = defaultdict(dict)
    rows = rows.select_related("course__school_class", "period")
    for row in rows.order_by("course__school_class__grade", "course__school_class__name", "period__order"):
        periods[row.course.school_class][str(row.period)] = None
    return [(school_class, list(names)) for school_class, names in periods.items()]


def closings(year: SchoolYear) -> list[Any]:
    """The versions of the year that changed its state, the first without one left out; the latest first."""
    versions = list(
        SchoolYear.history.filter(id=year.pk).select_related("history_user").order_by("history_id")
    )
    pairs = pairwise(versions)
    return [later for earlier, later in pairs if later.status != earlier.status][::-1]
