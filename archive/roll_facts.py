"""The roll of a class's year as its book prints it: the half-days called, who was missing, who closed which month."""

from typing import Any

from django.utils import timezone

from gradebook.attendance_rules import PRESENT
from gradebook.models import Absence, AttendanceMonth, Enrolment, RollCall, SchoolClass

Facts = dict[str, Any]


def freeze_roll(school_class: SchoolClass) -> Facts:
    """Three queries. `absences` are number in the list, day, half-day and kind. The class needs its year."""
    year = school_class.year
    return {
        "starts_on": year.starts_on.isoformat(),
        "ends_on": year.ends_on.isoformat(),
        "called": [
            [day.isoformat(), half]
            for day, half in RollCall.objects.filter(school_class=school_class).values_list("day", "half_day")
        ],
        "absences": _absences(school_class),
        "closed": _closed(school_class),
    }


def _absences(school_class: SchoolClass) -> list[list[Any]]:
    rows = (
        Absence.objects.filter(enrolment__school_class=school_class)
        .exclude(enrolment__status=Enrolment.Status.CANCELLED)
        .exclude(kind=PRESENT)
        .order_by("day", "half_day", "enrolment__number")
        .values_list("enrolment__number", "day", "half_day", "kind")
    )
    return [[number, day.isoformat(), half, kind] for number, day, half, kind in rows]


def _closed(school_class: SchoolClass) -> list[Facts]:
    months = AttendanceMonth.objects.filter(school_class=school_class, closed_at__isnull=False)
    return [
        {
            "month": f"{month.first_day:%Y-%m}",
            "by": month.closed_by.full_name if month.closed_by else "",
            "on": timezone.localdate(month.closed_at).isoformat(),
        }
        for month in months.select_related("closed_by")
    ]
