"""The next year where nobody has set it up: its dates, and what the school chose for this one."""

from django.db import models

from accounts.models import User
from accounts.recorded import update_many
from accounts.writing import recorded_write
from gradebook.actions.school import open_year
from gradebook.models import Policy, SchoolYear
from gradebook.policy_settings import SETTINGS
from gradebook.year_dates import BadDates, YearDates

LASTING = [
    "choices",
    *(name for name, setting in SETTINGS.items() if not isinstance(setting.field, models.DateField)),
]
"""What a school rules for more than one year: everything but the days of the one."""


class NoNextYear(ValueError):
    """The next year does not exist and nobody gave its dates."""


@recorded_write
def open_next(year: SchoolYear, dates: YearDates | None, *, by: User) -> SchoolYear:
    """Open the year after this one, with its policies as they were. Raises NoNextYear, BadDates."""
    if dates is None:
        raise NoNextYear
    if dates.starts_on <= year.ends_on:
        raise BadDates({"starts_on": "follows"})
    opened = open_year(
        name=dates.name,
        starts_on=dates.starts_on,
        second_semester_on=dates.second_semester_on,
        ends_on=dates.ends_on,
        by=by,
    )
    _copy_policies(year, opened, by)
    return opened


def _copy_policies(year: SchoolYear, opened: SchoolYear, by: User) -> None:
    """What the school chose stands until somebody chooses otherwise; history says where it came from."""
    before = {policy.level: policy for policy in Policy.objects.filter(year=year)}
    copies = [policy for policy in Policy.objects.filter(year=opened) if policy.level in before]
    for policy in copies:
        for name in LASTING:
            setattr(policy, name, getattr(before[policy.level], name))
    update_many(Policy, copies, fields=LASTING, by=by, reason=f"as in {year.name}", origin="turn of the year")
