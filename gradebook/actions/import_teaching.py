"""Writes lists of classes and of assignments, through the actions that pages use."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from accounts import audit, permissions
from accounts.models import User
from accounts.recorded import create_many
from gradebook.actions.curriculum import open_curriculum
from gradebook.actions.teaching import appoint_homeroom_teacher, end_assignment, open_class
from gradebook.importing.assignments import AssignmentFate
from gradebook.importing.classes import ClassFate
from gradebook.importing.plans import Plan
from gradebook.models import Course, Import, TeachingAssignment
from gradebook.years import latest_open_year

ONE_DAY = timedelta(days=1)


def write_classes(plan: Plan, upload: Import, by: User, today: date) -> None:
    """A list of classes is short, so each is opened by the action of its own."""
    for entry in (*plan.added, *plan.filled):
        _write_class(entry.fate, by)


def _write_class(fate: ClassFate, by: User) -> None:
    school_class = fate.school_class
    if school_class is None:
        year = latest_open_year()
        if year is None:
            raise TypeError("A plan without a year adds nothing.")
        school_class = open_class(year=year, name=fate.name, grade=fate.grade, by=by)
    if fate.opens_courses:
        open_curriculum(school_class=school_class, chosen=fate.chosen, thematic=fate.thematic, by=by)
    if fate.teacher and school_class.homeroom_teacher is None:
        appoint_homeroom_teacher(
            school_class=school_class, teacher=fate.teacher, since=school_class.year.starts_on, by=by
        )


def write_assignments(plan: Plan, upload: Import, by: User, today: date) -> None:
    """Assignments and grants of the whole file together; who is replaced teaches until the day before."""
    fates: list[AssignmentFate] = [entry.fate for entry in (*plan.added, *plan.filled)]
    new = []
    for fate in fates:
        since = _since(fate, today)
        for replaced in fate.replaced:
            end_assignment(assignment=replaced, until=max(since - ONE_DAY, replaced.since), by=by)
        new.append(
            TeachingAssignment(course=fate.course, teacher=fate.teacher, strand=fate.strand, since=since)
        )
    create_many(TeachingAssignment, new, by=by, reason=upload.file_name, origin=upload.origin)
    _grant(fates)
    if new:
        audit.record(by=by, verb="gradebook.assignment.imported", target=upload, made=len(new))


def _since(fate: AssignmentFate, today: date) -> date:
    """Who is the first to teach a course has it from the year's first day; who replaces somebody, from today."""
    first = fate.course.school_class.year.starts_on
    return max(first, today) if fate.replaced else first


def _grant(fates: Sequence[AssignmentFate]) -> None:
    courses: dict[User, list[Course]] = defaultdict(list)
    for fate in fates:
        courses[fate.teacher].append(fate.course)
    for teacher, taught in courses.items():
        permissions.grant_each(Course.ENTER_MARKS, to=teacher, on=taught)
