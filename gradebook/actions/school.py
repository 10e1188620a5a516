"""Set up the school, its years and policies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from accounts import audit
from accounts.models import User
from accounts.recorded import create_many, update_many
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook.layout import PERIODS_OF, SUMMER
from gradebook.models import Level, Period, Policy, School, SchoolYear, Semester
from gradebook.year_dates import BadDates, Span, YearDates, exam_problems, year_problems
from gradebook.years import hold_open


def year_to_set_up(pk: int, *, by: User) -> SchoolYear:
    """The year, held until the transaction ends. Raises PermissionDenied and YearClosed."""
    if not by.may(Permission.SET_UP_YEAR):
        raise PermissionDenied
    return hold_open(pk)


@recorded_write
def found_school(*, name: str, governing_body: str, place: str, by: User) -> School:
    """Create the one school of this installation."""
    school = School(pk=1, name=name, governing_body=governing_body, place=place)
    school.save_by(by)
    return school


@recorded_write
def describe_school(*, name: str, governing_body: str, place: str, by: User) -> School:
    """Change what documents print of the school. Documents issued before keep what they say."""
    if not by.may(Permission.SET_UP_YEAR):
        raise PermissionDenied
    school: School = School.objects.select_for_update().get()
    facts = {"name": name, "governing_body": governing_body, "place": place}
    if any(getattr(school, field) != value for field, value in facts.items()):
        for field, value in facts.items():
            setattr(school, field, value)
        school.save_by(by)
        audit.record(by=by, verb="gradebook.school.described", target=school)
    return school


@recorded_write
def open_year(*, name: str, starts_on: date, second_semester_on: date, ends_on: date, by: User) -> SchoolYear:
    """Open a school year with its two semesters, their periods, the summer and a policy for every level.

    Raises BadDates and PermissionDenied.
    """
    if not by.may(Permission.SET_UP_YEAR):
        raise PermissionDenied
    # The school's row serialises: two who open the same year at once must not both find it missing.
    list(School.objects.select_for_update(no_key=True))
    dates = YearDates(starts_on, second_semester_on, ends_on, name)
    if problems := year_problems(dates, _others("")):
        raise BadDates(problems)
    year = SchoolYear(name=name, starts_on=starts_on, ends_on=ends_on)
    year.save_by(by)
    for number, span in dates.semesters.items():
        _open_semester(year, number, span, by)
    create_many(
        Policy,
        [Policy(year=year, level=level, profile_deadline=_profile_deadline(year)) for level in Level],
        by=by,
    )
    audit.record(by=by, verb="gradebook.year.opened", target=year)
    return year


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a year, and from when until when each period has its tests."""

    starts_on: date
    second_semester_on: date
    ends_on: date
    tests: Mapping[str, Span | None]
    """By period code; None: not set yet."""


@recorded_write
def set_calendar(*, year: SchoolYear, calendar: Calendar, by: User) -> None:
    """Set the days of a year and of its tests. Raises BadDates, YearClosed and PermissionDenied."""
    year = year_to_set_up(year.pk, by=by)
    dates = YearDates(calendar.starts_on, calendar.second_semester_on, calendar.ends_on, year.name)
    problems = year_problems(dates, _others(year.name)) or exam_problems(dates, calendar.tests)
    if problems:
        raise BadDates(problems)
    year.starts_on, year.ends_on = calendar.starts_on, calendar.ends_on
    year.save_by(by)
    semesters = list(year.semesters.order_by("number"))
    for semester in semesters:
        semester.starts_on, semester.ends_on = dates.semesters[semester.number]
    update_many(Semester, semesters, fields=["starts_on", "ends_on"], by=by)
    periods = list(Period.objects.filter(semester__year=year, code__in=calendar.tests))
    for period in periods:
        period.tests_from, period.tests_until = calendar.tests[period.code] or (None, None)
    update_many(Period, periods, fields=["tests_from", "tests_until"], by=by)
    audit.record(by=by, verb="gradebook.calendar.set", target=year)


def _open_semester(year: SchoolYear, number: int, span: Span, by: User) -> None:
    semester = Semester(year=year, number=number, starts_on=span[0], ends_on=span[1])
    semester.save_by(by)
    summer = (SUMMER,) if number == max(PERIODS_OF) else ()
    periods = [
        Period(semester=semester, code=code, order=2 * number + place)
        for place, code in enumerate((*PERIODS_OF[number], *summer))
    ]
    create_many(Period, periods, by=by)


def _others(name: str) -> Mapping[str, Span]:
    return {year.name: (year.starts_on, year.ends_on) for year in SchoolYear.objects.exclude(name=name)}


def _profile_deadline(year: SchoolYear) -> date:
    """15 September (S3 VII.1.1), or the first day of a year that begins later."""
    return max(year.starts_on, date(year.starts_on.year, 9, 15))
