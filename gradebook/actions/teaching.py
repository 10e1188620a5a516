"""Courses and who teaches them. Grants are written in the same action as the assignment they follow from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from accounts import audit, permissions
from accounts.models import User
from accounts.recorded import create_many
from accounts.writing import recorded_write
from gradebook import layout
from gradebook.actions.school import year_to_set_up
from gradebook.assessment import schemes
from gradebook.assessment.schemes import Circular
from gradebook.models import (
    Column,
    Course,
    Decision,
    Level,
    MarkKind,
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


class OwnAssignment(ValueError):
    """Nobody gives a book to themselves: who sets up the year and teaches too has it done by somebody else."""


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """A course to be. `tested`: the periods with a test (primary); `strands` own the regular columns in turn (S3 V)."""

    subject: Subject
    kind: str
    lessons_per_year: int
    tested: frozenset[str] = frozenset()
    strands: tuple[str, ...] = ()
    extra: Extra = NO_EXTRA


@recorded_write
def open_class(*, year: SchoolYear, name: str, grade: int, by: User, scheme: str = "") -> SchoolClass:
    """Open a class with its homeroom sheet, under the rules in force for its grade and the year's choices.

    `scheme` is for years that were kept elsewhere. Raises UnknownScheme for a code or a year that has no rules,
    YearClosed and PermissionDenied.
    """
    year_to_set_up(year.pk, by=by)
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
    """Open one subject in a class, see `open_courses`."""
    plan = CoursePlan(subject, kind, lessons_per_year, tested, strands, extra)
    return open_courses(school_class=school_class, plans=[plan], by=by)[0]


@recorded_write
def open_courses(*, school_class: SchoolClass, plans: Iterable[CoursePlan], by: User) -> list[Course]:
    """Open subjects in a class: their columns for the year and a locked window for each period.

    Raises YearClosed and PermissionDenied.
    """
    year_to_set_up(school_class.year_id, by=by)
    planned = [
        (
            plan,
            Course(
                school_class=school_class,
                subject=plan.subject,
                kind=plan.kind,
                lessons_per_year=plan.lessons_per_year,
                is_thematic=plan.extra.thematic,
            ),
        )
        for plan in plans
    ]
    courses = create_many(Course, [course for _, course in planned], by=by)
    periods = {p.code: p for p in Period.objects.filter(semester__year=school_class.year_id)}
    columns = [column for plan, course in planned for column in _columns(course, plan, periods)]
    create_many(Column, columns, by=by)
    create_many(Window, _windows(courses, columns, periods), by=by)
    return courses


def _windows(
    courses: Iterable[Course], columns: Iterable[Column], periods: Mapping[str, Period]
) -> Iterator[Window]:
    """One for each kind of mark of a period; attendance and remarks ask for one where there is no column too."""
    kinds: dict[tuple[int, int], list[MarkKind]] = {}
    for column in columns:
        kinds.setdefault((column.course_id, column.period_id), []).append(MarkKind.of(column.kind))
    for course in courses:
        for period in periods.values():
            for kind in dict.fromkeys(kinds.get((course.pk, period.pk), [MarkKind.ASSESSMENT])):
                yield Window(course=course, period=period, kind=kind)


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
    """Raises OwnAssignment, YearClosed and PermissionDenied."""
    year_to_set_up(course.school_class.year_id, by=by)
    if teacher == by:
        raise OwnAssignment
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
    """End an assignment; the grant goes unless another open assignment still needs it.

    Raises YearClosed and PermissionDenied.
    """
    year_to_set_up(assignment.course.school_class.year_id, by=by)
    assignment.until = until
    assignment.save_by(by)
    course, teacher = assignment.course, assignment.teacher
    if not course.assignments.not_over(timezone.localdate()).filter(teacher=teacher).exists():
        permissions.revoke(Course.ENTER_MARKS, to=teacher, on=course)
    audit.record(by=by, verb="gradebook.assignment.ended", target=course, teacher=teacher.pk)


@recorded_write
def appoint_homeroom_teacher(*, school_class: SchoolClass, teacher: User, since: date, by: User) -> None:
    """Give the class to a teacher, and with it the homeroom sheet; whoever led it before gives both up.

    Raises OwnAssignment, YearClosed and PermissionDenied.
    """
    year_to_set_up(school_class.year_id, by=by)
    if teacher == by:
        raise OwnAssignment
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


@dataclass(frozen=True, slots=True)
class Placement:
    """Who teaches a course, or one strand of it, from now on; nobody when `teacher` is None."""

    course: Course
    teacher: User | None
    strand: str = ""


@recorded_write
def place_teachers(*, placements: Sequence[Placement], since: date, by: User) -> None:
    """Hand courses over: who taught them until now ends the day before. Substitutions run on.

    A homeroom sheet carries its class with it. Raises DayOutside, AccountClosed, OwnAssignment, YearClosed and
    PermissionDenied.
    """
    for placement in placements:
        school_class = placement.course.school_class
        if not _earliest(school_class.year) <= since <= school_class.year.ends_on:
            raise DayOutside
        if placement.teacher is not None and not placement.teacher.is_active:
            raise AccountClosed
        if placement.course.kind == Course.Kind.HOMEROOM and placement.teacher is not None:
            appoint_homeroom_teacher(school_class=school_class, teacher=placement.teacher, since=since, by=by)
        else:
            _hand_over(placement, since, by)


class DayOutside(ValueError):
    """Teaching begins in the school year or in the month before it."""


class AccountClosed(ValueError):
    """The teacher's account is disabled."""


def _earliest(year: SchoolYear) -> date:
    return year.starts_on - timedelta(days=31)


def _hand_over(placement: Placement, since: date, by: User) -> None:
    course, teacher = placement.course, placement.teacher
    standing = list(
        course.assignments.filter(strand=placement.strand, until=None).select_related(
            "teacher", "course__school_class"
        )
    )
    for assignment in standing:
        if assignment.teacher != teacher:
            end_assignment(assignment=assignment, until=max(since - ONE_DAY, assignment.since), by=by)
    if teacher is not None and teacher not in [assignment.teacher for assignment in standing]:
        assign_teacher(course=course, teacher=teacher, since=since, strand=placement.strand, by=by)


def _homeroom_subject(by: User) -> Subject:
    """The sheet's name, the same in every class; it stands after all subjects."""
    found: Subject | None = Subject.objects.filter(code=Course.HOMEROOM_CODE).first()
    if found is None:
        found = Subject(code=Course.HOMEROOM_CODE, name="Chủ nhiệm", order=HOMEROOM_ORDER)
        found.save_by(by)
    return found


def _columns(course: Course, plan: CoursePlan, periods: Mapping[str, Period]) -> Iterator[Column]:
    places = list(_places(course, plan.tested, plan.extra))
    regular = max((place.ordinal for place in places if place.kind == Column.Kind.REGULAR), default=0)
    for order, place in enumerate(places, start=1):
        yield Column(
            course=course,
            period=periods[place.period],
            kind=place.kind,
            trait=place.trait,
            ordinal=place.ordinal,
            order=order,
            strand=_strand(place, regular, plan.strands),
        )


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
