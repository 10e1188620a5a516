"""Which school year a page is about, and whether a year may still be written.

Closing takes every window of the year and then the year's row. Whoever holds one of either and finds the year open
knows that it stays open until they commit. Locks are taken in that order by everybody: rows of classes and windows
first, the year last.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from accounts.prepared import Prepared
from gradebook.models import SchoolYear, Window


class YearClosed(ValueError):
    """The school year is closed: nothing of it is written until the principal reopens it (rules.md 5.4)."""


def latest_open_year() -> SchoolYear | None:
    """The year that lists are imported into."""
    return SchoolYear.objects.filter(status=SchoolYear.Status.OPEN).first()


def years() -> list[SchoolYear]:
    """The latest first."""
    return _YEARS.ask()


_YEARS = Prepared[SchoolYear](SchoolYear.objects.all)


def current_year(among: Sequence[SchoolYear] | None = None) -> SchoolYear | None:
    """The latest open year that has begun; in the summer after its closing, the one that begins next.

    A portal with closed years only shows the last of them, to be read. One query, or none with the years at hand.
    """
    found, today = years() if among is None else among, timezone.localdate()
    still_open = [year for year in found if year.is_open]
    begun = [year for year in still_open if year.starts_on <= today]
    return next(iter([*begun, *reversed(still_open), *found]), None)


def chosen_year(request: HttpRequest, among: Sequence[SchoolYear] | None = None) -> SchoolYear | None:
    """`?year=2025-2026` asks for another year; one that does not exist gives the current one."""
    found = years() if among is None else among
    asked = request.GET.get("year", "")
    return next((year for year in found if year.name == asked), current_year(found))


def hold_windows(**of: Any) -> list[Window]:
    """The windows of courses, classes or a year under their locks, in everybody's order, before the year."""
    rows = Window.objects.select_for_update(of=("self",)).filter(**of)
    return list(rows.order_by("pk"))


def hold(year_id: int) -> SchoolYear:
    """The year under its lock, open or closed."""
    year: SchoolYear = SchoolYear.objects.select_for_update(no_key=True).get(pk=year_id)
    return year


def hold_open(year_id: int) -> SchoolYear:
    """The year under its lock, for a write that holds none of its windows. Raises YearClosed."""
    return _open(hold(year_id))


def check_open(year_id: int) -> SchoolYear:
    """The year as it is now, for a write that holds one of its windows. Raises YearClosed."""
    year: SchoolYear = SchoolYear.objects.get(pk=year_id)
    return _open(year)


def _open(year: SchoolYear) -> SchoolYear:
    if not year.is_open:
        raise YearClosed
    return year
