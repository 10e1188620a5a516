"""Courses and who teaches them. Grants are written in the same action as the assignment they follow from."""

from collections.abc import Iterable
from datetime import date

from accounts import audit, permissions
from accounts.models import User
from accounts.recorded import create_many
from accounts.writing import recorded_write
from gradebook import layout
from gradebook.models import Column, Course, Period, SchoolClass, Subject, TeachingAssignment, Window


@recorded_write
def open_course(
    *,
    school_class: SchoolClass,
    subject: Subject,
    kind: str,
    lessons_per_year: int,
    by: User,
    tested: frozenset[str] = frozenset(),
    strands: tuple[str, ...] = (),
) -> Course:
    """Open a subject in a class: its columns for the year and a locked window for each period.

    `tested` names the periods with a test (primary); `strands` owns the regular columns in turn (S3 V).
    """
    course = Course(school_class=school_class, subject=subject, kind=kind, lessons_per_year=lessons_per_year)
    course.save_by(by)
    periods = {p.code: p for p in Period.objects.filter(semester__year=school_class.year)}
    places = _places(course, tested)
    columns = [
        Column(
            course=course,
            period=periods[place.period],
            kind=place.kind,
            ordinal=place.ordinal,
            order=order,
            strand=_strand(place, course, strands),
        )
        for order, place in enumerate(places, start=1)
    ]
    create_many(Column, columns, by=by)
    create_many(Window, [Window(course=course, period=period) for period in periods.values()], by=by)
    return course


@recorded_write
def assign_teacher(
    *, course: Course, teacher: User, since: date, by: User, strand: str = ""
) -> TeachingAssignment:
    assignment = TeachingAssignment(course=course, teacher=teacher, since=since, strand=strand)
    assignment.save_by(by)
    permissions.grant(Course.ENTER_MARKS, to=teacher, on=course)
    audit.record(by=by, verb="gradebook.assignment.made", target=course, teacher=teacher.pk, strand=strand)
    return assignment


@recorded_write
def end_assignment(*, assignment: TeachingAssignment, until: date, by: User) -> None:
    """End an assignment; the grant goes unless another open assignment still needs it."""
    assignment.until = until
    assignment.save_by(by)
    course, teacher = assignment.course, assignment.teacher
    if not course.assignments.filter(teacher=teacher, until=None).exists():
        permissions.revoke(Course.ENTER_MARKS, to=teacher, on=course)
    audit.record(by=by, verb="gradebook.assignment.ended", target=course, teacher=teacher.pk)


@recorded_write
def appoint_homeroom_teacher(*, school_class: SchoolClass, teacher: User, by: User) -> None:
    if school_class.homeroom_teacher is not None:
        permissions.revoke(SchoolClass.LEAD, to=school_class.homeroom_teacher, on=school_class)
    school_class.homeroom_teacher = teacher
    school_class.save_by(by)
    permissions.grant(SchoolClass.LEAD, to=teacher, on=school_class)
    audit.record(by=by, verb="gradebook.homeroom.appointed", target=school_class, teacher=teacher.pk)


def _places(course: Course, tested: frozenset[str]) -> Iterable[layout.Place]:
    if course.kind == Course.Kind.PRIMARY:
        return layout.primary(tested=tested)
    return layout.secondary(regular=layout.regular_marks(course.kind, course.lessons_per_year))


def _strand(place: layout.Place, course: Course, strands: tuple[str, ...]) -> str:
    if not strands or place.kind != Column.Kind.REGULAR:
        return ""
    regular = layout.regular_marks(course.kind, course.lessons_per_year)
    return strands[(place.ordinal - 1) * len(strands) // regular]
