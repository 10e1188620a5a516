"""What the school was called before, and the days that a next year would have."""

from datetime import date
from itertools import pairwise
from typing import Any

from django.utils import timezone

from gradebook.models import School, SchoolYear
from gradebook.year_dates import YearDates

FACTS = ("name", "governing_body", "place")
SEPTEMBER, MAY = 9, 5


def school_changes() -> list[dict[str, Any]]:
    """Every version of the school's facts but the first, latest first: who, when, and what stood before."""
    rows = list(School.history.filter(id=1).select_related("history_user").order_by("history_id"))
    labels = {field.name: field.verbose_name for field in School._meta.fields if field.name in FACTS}
    return [
        {
            "row": new,
            "parts": [
                (label, getattr(old, name), getattr(new, name))
                for name, label in labels.items()
                if getattr(old, name) != getattr(new, name)
            ],
        }
        for old, new in pairwise(rows)
    ][::-1]


def proposed_dates() -> YearDates:
    """One year after the last one; for a first year, from the fifth of September to the end of May."""
    last = SchoolYear.objects.order_by("-starts_on").first()
    if last is None:
        today = timezone.localdate()
        first = today.year if today.month >= MAY else today.year - 1
        return YearDates(date(first, SEPTEMBER, 5), date(first + 1, 1, 15), date(first + 1, MAY, 31))
    return following_dates(last)


def following_dates(year: SchoolYear) -> YearDates:
    """The days of the year, one year later."""
    second = year.semesters.get(number=2)
    return YearDates(year.starts_on, second.starts_on, year.ends_on).one_year_later
