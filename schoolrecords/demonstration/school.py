"""Build the whole demonstration school, or a smaller one for a test."""

from collections.abc import Mapping, Sequence

from accounts.models import User
from accounts.writing import recorded_write
from gradebook.actions.school import Calendar, found_school, open_year, set_calendar
from gradebook.actions.teaching import open_class
from gradebook.models import Course, Period, SchoolYear
from schoolrecords.demonstration import (
    attendance,
    corrections,
    governance,
    marks,
    movements,
    phrases,
    plan,
    profiles,
    remarks,
    roster,
    units,
    windows,
    year_end,
)
from schoolrecords.demonstration.marks import Pupil
from schoolrecords.demonstration.staff import hire
from schoolrecords.demonstration.teaching import TaughtCourse, Timetable

SEED = 2026
Sheet = tuple[TaughtCourse, Sequence[Pupil]]


NOVEMBER, MAY = "november", "may"
MOMENTS = (NOVEMBER, MAY)


@recorded_write
def build(
    *, seed: int = SEED, classes: Sequence[plan.ClassPlan] = plan.CLASSES, moment: str = NOVEMBER
) -> None:
    """All or nothing: an interrupted run leaves an empty database, not half a school.

    `moment`: in November the first semester is under way; in May the year is over and its results are decided.
    """
    people = hire(seed)
    year = _found(by=people["hieutruong"])
    governance.rule(year, people)
    sheets = _open_classes(classes, year, people, seed)
    units.settle(year, people)
    remarks.write(sheets, remarks.AUTUMN, seed)
    phrases.share(by=people["totruong"])
    if moment == MAY:
        remarks.write(sheets, remarks.SPRING, seed)
        year_end.live_until_may(year, sheets, people, seed)
    else:
        _live_until_today(year, sheets, people, seed)


def _found(*, by: User) -> SchoolYear:
    found_school(name=plan.SCHOOL, governing_body=plan.GOVERNING_BODY, place=plan.PLACE, by=by)
    year = open_year(
        name=plan.YEAR,
        starts_on=plan.FIRST_DAY,
        second_semester_on=plan.SECOND_SEMESTER,
        ends_on=plan.LAST_DAY,
        by=by,
    )
    calendar = Calendar(plan.FIRST_DAY, plan.SECOND_SEMESTER, plan.LAST_DAY, plan.TESTS)
    set_calendar(year=year, calendar=calendar, by=by)
    return year


def _open_classes(
    classes: Sequence[plan.ClassPlan], year: SchoolYear, people: Mapping[str, User], seed: int
) -> list[Sheet]:
    principal, clerk = people["hieutruong"], people["vanthu"]
    timetable = Timetable(people, by=principal)
    sheets: list[Sheet] = []
    for each in classes:
        school_class = open_class(year=year, name=each.name, grade=each.grade, by=principal)
        enrolments = roster.enrol(each, school_class, seed, by=clerk)
        pupils = marks.with_abilities(each, enrolments, seed)
        sheets.extend((taught, pupils) for taught in timetable.plan_class(each, school_class))
    profiles.number_register(by=clerk)
    return sheets


def _live_until_today(
    year: SchoolYear, sheets: Sequence[Sheet], people: Mapping[str, User], seed: int
) -> None:
    principal, administrator = people["hieutruong"], people["quantri"]
    periods = {period.code: period for period in Period.objects.filter(semester__year=year)}
    midterm, final = periods[marks.MIDTERM], periods[marks.FINAL]
    windows.open_midterm(midterm, principal=principal, administrator=administrator)
    _enter(marks.MIDTERM, sheets, seed)
    windows.turn_to_final(midterm, final, principal=principal, administrator=administrator)
    _enter(marks.FINAL, sheets, seed)
    corrections.ask([taught for taught, _ in sheets if taught.course.kind == Course.Kind.SCORED], people)
    movements.happen(year, people)
    attendance.call_rolls(year, seed, plan.NOVEMBER_LESSON)
    windows.order_make_up_tests(midterm, principal=principal)
    windows.plan_the_year(periods, principal=principal, administrator=administrator)


def _enter(period: str, sheets: Sequence[Sheet], seed: int) -> None:
    for taught, pupils in sheets:
        marks.enter(period, taught, pupils, seed)
