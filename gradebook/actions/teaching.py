"""Courses and who teaches them. Grants are written in the same action as the assignment they follow from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from accounts import audit, permissions
from accounts.models import User
from accounts.recorded import create_many
from accounts.writing import recorded_write
from gradebook import layout
from gradebook.assessment import schemes
from gradebook.assessment.schemes import Circular
from gradebook.models import (
    Column,
    Course,
    Decision,
    Level,
    Period,
    Policy,
    SchoolClass,
    SchoolYear,
    Subject,
    TeachingAssignment,
    Window,
)

ONE_DAY = timedelta(days=1)
HOMEROOM_ORDER = 1000


@dataclass(frozen=True, slots=True)
class Extra:
    """What a secondary course has beside the usual columns.

    `thematic`: the class takes its thematic studies (TT 22/2021, article 6, clause 3). `periodic`: 45-minute tests
    a semester, before TT 26/2020. `semesters`: in which it is taught; the other one then has no columns, and the year
    is the semester taught.
    """

    thematic: bool = False
    periodic: int = 0
    semesters: tuple[int, ...] = (1, 2)


NO_EXTRA = Extra()


@recorded_write
def open_class(*, year: SchoolYear, name: str, grade: int, by: User, scheme: str = "") -> SchoolClass:
    """Open a class with its homeroom sheet, under the rules in force for its grade and the year's choices.

    `scheme` is for years that were kept elsewhere. Raises UnknownScheme for a code or a year that has no rules.
    """
    policy = Policy.objects.get(year=year, level=Level.of_grade(grade))
    rules = (
        schemes.parse(scheme)
        if scheme
        else schemes.with_choices(schemes.in_force(grade, year.starts_on.year), policy.words)
    )
    school_class = SchoolClass(year=year, name=name, grade=grade, scheme=rules.code)
    school_class.save_by(by)
    open_course(
        school_class=school_class,
        subject=_homeroom_subject(by),
        kind=Course.Kind.HOMEROOM,
        lessons_per_year=0,
        by=by,
    )
    return school_class


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
    extra: Extra = NO_EXTRA,
) -> Course:
    """Open a subject in a class: its columns for the year and a locked window for each period.

    `tested` names the periods with a test (primary); `strands` owns the regular columns in turn (S3 V).
    """
    course = Course(school_class=school_class, subject=subject, kind=kind, lessons_per_year=lessons_per_year)
    course.save_by(by)
    periods = {p.code: p for p in Period.objects.filter(semester__year=school_class.year)}
    places = list(_places(course, tested, extra))
    regular = max((place.ordinal for place in places if place.kind == Column.Kind.REGULAR), default=0)
    columns = [
        Column(
            course=course,
            period=periods[place.period],
            kind=place.kind,
            trait=place.trait,
            ordinal=place.ordinal,
            order=order,
            strand=_strand(place, regular, strands),
        )
        for order, place in enumerate(places, start=1)
    ]
    create_many(Column, columns, by=by)
    create_many(Window, [Window(course=course, period=period) for period in periods.values()], by=by)
    return course


@dataclass(frozen=True, slots=True)
class StandIn:
    """A substitute teaches for somebody until a day, by a decision; who is replaced keeps the course."""

    acting_for: User
    until: date
    decision: Decision


@recorded_write
def assign_teacher(
    *, course: Course, teacher: User, since: date, by: User, strand: str = "", stand_in: StandIn | None = None
) -> TeachingAssignment:
    assignment = TeachingAssignment(course=course, teacher=teacher, since=since, strand=strand)
    if stand_in is not None:
        assignment.acting_for, assignment.until = stand_in.acting_for, stand_in.until
        assignment.decision = stand_in.decision
    assignment.save_by(by)
    permissions.grant(Course.ENTER_MARKS, to=teacher, on=course)
    audit.record(by=by, verb="gradebook.assignment.made", target=course, teacher=teacher.pk, strand=strand)
    return assignment


@recorded_write
def end_assignment(*, assignment: TeachingAssignment, until: date, by: User) -> None:
    """End an assignment; the grant goes when no assignment needs it any more, today or with its last day."""
    assignment.until = until
    assignment.save_by(by)
    course, teacher = assignment.course, assignment.teacher
    if not course.assignments.not_over(timezone.localdate()).filter(teacher=teacher).exists():
        permissions.revoke(Course.ENTER_MARKS, to=teacher, on=course)
    audit.record(by=by, verb="gradebook.assignment.ended", target=course, teacher=teacher.pk)


@recorded_write
def appoint_homeroom_teacher(*, school_class: SchoolClass, teacher: User, since: date, by: User) -> None:
    """Give the class to a teacher, and with it the homeroom sheet; whoever led it before gives both up."""
    sheet = school_class.courses.filter(kind=Course.Kind.HOMEROOM).first()
    if school_class.homeroom_teacher is not None:
        permissions.revoke(SchoolClass.LEAD, to=school_class.homeroom_teacher, on=school_class)
        for assignment in TeachingAssignment.objects.filter(course=sheet, until=None):
            end_assignment(assignment=assignment, until=max(since - ONE_DAY, assignment.since), by=by)
    school_class.homeroom_teacher = teacher
    school_class.save_by(by)
    permissions.grant(SchoolClass.LEAD, to=teacher, on=school_class)
    if sheet is not None:
        assign_teacher(course=sheet, teacher=teacher, since=since, by=by)
    audit.record(by=by, verb="gradebook.homeroom.appointed", target=school_class, teacher=teacher.pk)


def _homeroom_subject(by: User) -> Subject:
    """The sheet's name, the same in every class; it stands after all subjects."""
    found: Subject | None = Subject.objects.filter(code=Course.HOMEROOM_CODE).first()
    if found is None:
        found = Subject(code=Course.HOMEROOM_CODE, name="Chủ nhiệm", order=HOMEROOM_ORDER)
        found.save_by(by)
    return found


def _places(course: Course, tested: frozenset[str], extra: Extra) -> Iterable[layout.Place]:
    scheme = schemes.parse(course.school_class.scheme)
    if course.kind == Course.Kind.HOMEROOM:
        return layout.homeroom(course.school_class.grade, scheme.circular)
    if course.kind == Course.Kind.PRIMARY:
        return layout.primary(tested=tested)
    regular = layout.regular_count(course.kind, course.lessons_per_year)
    regular += extra.thematic and scheme.options.thematic_mark_is_additional
    # The old formula has no midterm: without a 45-minute test it would never give an average.
    periodic = max(extra.periodic, 1) if scheme.circular is Circular.TT58_2011 else extra.periodic
    return layout.secondary(regular=regular, periodic=periodic, semesters=extra.semesters)


def _strand(place: layout.Place, regular: int, strands: tuple[str, ...]) -> str:
    if not strands or place.kind != Column.Kind.REGULAR:
        return ""
    return strands[(place.ordinal - 1) * len(strands) // regular]
