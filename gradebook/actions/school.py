"""Set up the school, its years and policies."""

from collections.abc import Mapping
from datetime import date, timedelta

from accounts import audit
from accounts.models import User
from accounts.recorded import create_many
from accounts.writing import recorded_write
from gradebook.layout import PERIODS_OF, SUMMER
from gradebook.models import Level, Period, Policy, School, SchoolYear, Semester


@recorded_write
def found_school(*, name: str, governing_body: str, place: str, by: User) -> School:
    """Create the one school of this installation."""
    school = School(pk=1, name=name, governing_body=governing_body, place=place)
    school.save_by(by)
    return school


@recorded_write
def open_year(*, name: str, starts_on: date, second_semester_on: date, ends_on: date, by: User) -> SchoolYear:
    """Open a school year with its two semesters, their periods, the summer and a policy for every level."""
    year = SchoolYear(name=name, starts_on=starts_on, ends_on=ends_on)
    year.save_by(by)
    spans: Mapping[int, tuple[date, date]] = {
        1: (starts_on, second_semester_on - timedelta(days=1)),
        2: (second_semester_on, ends_on),
    }
    for number, codes in PERIODS_OF.items():
        semester = Semester(year=year, number=number, starts_on=spans[number][0], ends_on=spans[number][1])
        semester.save_by(by)
        summer = (SUMMER,) if number == max(PERIODS_OF) else ()
        create_many(
            Period,
            [
                Period(semester=semester, code=code, order=2 * number + place)
                for place, code in enumerate((*codes, *summer))
            ],
            by=by,
        )
    create_many(
        Policy,
        [Policy(year=year, level=level, profile_deadline=_profile_deadline(year)) for level in Level],
        by=by,
    )
    audit.record(by=by, verb="gradebook.year.opened", target=year)
    return year


def _profile_deadline(year: SchoolYear) -> date:
    """15 September (S3 VII.1.1), or the first day of a year that begins later."""
    return max(year.starts_on, date(year.starts_on.year, 9, 15))
