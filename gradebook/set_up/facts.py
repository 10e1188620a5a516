"""What the school was called before, and the days that a next year would have."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.utils import timezone

from gradebook.models import School, SchoolYear

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


def proposed_dates() -> dict[str, date]:
    """One year after the last one; for a first year, from the fifth of September to the end of May."""
    last = SchoolYear.objects.order_by("-starts_on").first()
    if last is None:
        today = timezone.localdate()
        first = today.year if today.month >= MAY else today.year - 1
        return {
            "starts_on": date(first, SEPTEMBER, 5),
            "second_semester_on": date(first + 1, 1, 15),
            "ends_on": date(first + 1, MAY, 31),
        }
    second = last.semesters.get(number=2)
    return {
        "starts_on": _next_year(last.starts_on),
        "second_semester_on": _next_year(second.starts_on),
        "ends_on": _next_year(last.ends_on),
    }


def _next_year(day: date) -> date:
    leap = day.month == 2 and day.day == 29
    return (day - timedelta(days=1) if leap else day).replace(year=day.year + 1)
