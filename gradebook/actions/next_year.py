"""The next year where nobody has set it up: its dates, and what the school chose for this one."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from accounts.recorded import update_many
from accounts.writing import recorded_write
from gradebook.actions.school import open_year
from gradebook.models import Policy, SchoolYear, Semester


class NoNextYear(ValueError):
    """The next year does not exist and nobody gave its dates."""


class WrongDates(ValueError):
    """The dates of the next year do not follow one another, or begin before this year ends."""


@dataclass(frozen=True)
class NextYear:
    starts_on: date
    second_semester_on: date
    ends_on: date

    @property
    def name(self) -> str:
        return f"{self.starts_on.year}-{self.starts_on.year + 1}"


def proposed_dates(year: SchoolYear) -> NextYear:
    """The days of this year, one year later."""
    second = Semester.objects.get(year=year, number=2)
    return NextYear(_later(year.starts_on), _later(second.starts_on), _later(year.ends_on))


@recorded_write
def open_next(year: SchoolYear, dates: NextYear | None, *, by: User) -> SchoolYear:
    """Open the year after this one, with its policies as they were. Raises NoNextYear, WrongDates."""
    if dates is None:
        raise NoNextYear
    if not year.ends_on < dates.starts_on < dates.second_semester_on < dates.ends_on:
        raise WrongDates
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
        policy.choices = before[policy.level].choices
        policy.whole_regular_marks = before[policy.level].whole_regular_marks
    fields = ["choices", "whole_regular_marks"]
    update_many(Policy, copies, fields=fields, by=by, reason=f"as in {year.name}", origin="turn of the year")


def _later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)
