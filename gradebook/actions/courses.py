"""Courses before their first mark: laid out anew, added beside the curriculum, withdrawn.

A column is never taken from a course: the course is withdrawn, with its history, and another opened in its place.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.text import slugify

from accounts import audit, permissions
from accounts.models import User
from accounts.recorded import create_many, update_many
from accounts.writing import recorded_write
from gradebook.actions.school import year_to_set_up
from gradebook.actions.teaching import ONE_DAY, CoursePlan, Extra, open_courses
from gradebook.assessment.catalogue import in_book_order
from gradebook.models import Column, Course, Mark, SchoolClass, Subject, TeachingAssignment, Window
from gradebook.years import hold_windows

OWN_SUBJECTS_FROM = 500
"""Place of the school's own subjects: after the curriculum's, before the homeroom sheet."""


class CourseInUse(ValueError):
    """Marks were entered, or once were, in these `courses`."""

    def __init__(self, courses: Collection[Course]) -> None:
        super().__init__(", ".join(map(str, courses)))
        self.courses = list(courses)


class SubjectKnown(ValueError):
    """A subject of this name is in the curriculum, or one of the classes has it already."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a school may set of a course that the curriculum proposes."""

    lessons_per_year: int
    semesters: tuple[int, ...] = (1, 2)
    strands: tuple[str, ...] = ()


@recorded_write
def shape_courses(*, courses: Sequence[Course], shape: Shape, by: User) -> list[Course]:
    """Lay courses out anew, with their teachers. Raises CourseInUse, YearClosed and PermissionDenied."""
    _hold(courses, by)
    plans = {course: _shaped(plan, shape) for course, plan in ((each, plan_of(each)) for each in courses)}
    changed = {course: plan for course, plan in plans.items() if plan != plan_of(course)}
    return _replace(changed, by)


@recorded_write
def set_thematic(*, courses: Sequence[Course], by: User) -> list[Course]:
    """Turn the thematic studies of these courses on or off, each to the other state. Raises as shape_courses."""
    _hold(courses, by)
    turned = {}
    for course in courses:
        plan = plan_of(course)
        turned[course] = replace(plan, extra=replace(plan.extra, thematic=not plan.extra.thematic))
    return _replace(turned, by)


@recorded_write
def withdraw_courses(*, courses: Sequence[Course], by: User) -> None:
    """Take courses without marks out of their classes. Raises CourseInUse, YearClosed and PermissionDenied."""
    _hold(courses, by)
    _withdraw(courses, by)


@recorded_write
def add_own_subject(
    *, classes: Sequence[SchoolClass], name: str, kind: str, lessons_per_year: int, by: User
) -> list[Course]:
    """Open a subject of the school's own in classes. Raises SubjectKnown, YearClosed and PermissionDenied."""
    for pk in {school_class.year_id for school_class in classes}:
        year_to_set_up(pk, by=by)
    subject = _own_subject(" ".join(name.split()), by)
    if Course.objects.filter(subject=subject, school_class__in=classes).exists():
        raise SubjectKnown
    plan = CoursePlan(subject=subject, kind=kind, lessons_per_year=lessons_per_year)
    courses = [
        course
        for school_class in classes
        for course in open_courses(school_class=school_class, plans=[plan], by=by)
    ]
    audit.record(
        by=by, verb="gradebook.subject.added", target=subject, classes=[str(each) for each in classes]
    )
    return courses


def plan_of(course: Course) -> CoursePlan:
    """The plan by which the course's columns were made."""
    columns = list(course.columns.select_related("period__semester").order_by("order"))
    regular = [column for column in columns if column.kind == Column.Kind.REGULAR]
    taught = [column for column in columns if column.kind in (Column.Kind.FINAL, Column.Kind.LEVEL)]
    periodic = [column.ordinal for column in columns if column.kind == Column.Kind.PERIODIC]
    return CoursePlan(
        subject=course.subject,
        kind=course.kind,
        lessons_per_year=course.lessons_per_year,
        tested=frozenset(column.period.code for column in columns if column.kind == Column.Kind.SCORE),
        strands=tuple(dict.fromkeys(column.strand for column in regular if column.strand)),
        extra=Extra(
            thematic=course.is_thematic,
            periodic=max(periodic, default=0),
            semesters=tuple(sorted({column.period.semester.number for column in taught})) or (1, 2),
        ),
    )


def in_use(courses: Collection[Course]) -> list[Course]:
    """Those in which a mark stands or stood."""
    used = set(
        Mark.objects.filter(column__course__in=courses).values_list("column__course", flat=True).distinct()
    )
    return [course for course in courses if course.pk in used]


def _hold(courses: Sequence[Course], by: User) -> None:
    """Lock the windows and the years: no first mark slips in between the check and the change."""
    hold_windows(course__in=courses)
    for pk in sorted({course.school_class.year_id for course in courses}):
        year_to_set_up(pk, by=by)
    if used := in_use(courses):
        raise CourseInUse(used)


def _shaped(plan: CoursePlan, shape: Shape) -> CoursePlan:
    extra = replace(plan.extra, semesters=shape.semesters)
    return replace(plan, lessons_per_year=shape.lessons_per_year, strands=shape.strands, extra=extra)


def _replace(plans: dict[Course, CoursePlan], by: User) -> list[Course]:
    assignments = list(
        TeachingAssignment.objects.filter(course__in=plans, is_withdrawn=False).select_related("teacher")
    )
    windows = {
        (window.course_id, window.period_id, window.kind): window
        for window in Window.objects.filter(course__in=plans).exclude(order=None)
    }
    _withdraw(list(plans), by)
    opened = []
    for old, plan in plans.items():
        [new] = open_courses(school_class=old.school_class, plans=[plan], by=by)
        _move_teachers(new, plan, [each for each in assignments if each.course_id == old.pk], by)
        moved = list(new.windows.all())
        for window in moved:
            if before := windows.get((old.pk, window.period_id, window.kind)):
                window.is_open, window.closes_at, window.order = (
                    before.is_open,
                    before.closes_at,
                    before.order,
                )
        update_many(Window, moved, fields=["is_open", "closes_at", "order"], by=by)
        audit.record(by=by, verb="gradebook.course.shaped", target=new, lessons=plan.lessons_per_year)
        opened.append(new)
    return opened


def _move_teachers(
    course: Course, plan: CoursePlan, assignments: Sequence[TeachingAssignment], by: User
) -> None:
    kept = [each for each in assignments if each.strand in ("", *plan.strands)]
    moved = [
        TeachingAssignment(
            course=course,
            teacher=each.teacher,
            strand=each.strand,
            since=each.since,
            until=each.until,
            acting_for_id=each.acting_for_id,
            decision_id=each.decision_id,
        )
        for each in kept
    ]
    create_many(TeachingAssignment, moved, by=by)
    standing = course.assignments.not_over(timezone.localdate())
    for teacher in User.objects.filter(pk__in=standing.values("teacher")):
        permissions.grant(Course.ENTER_MARKS, to=teacher, on=course)


def _withdraw(courses: Sequence[Course], by: User) -> None:
    today = timezone.localdate()
    assignments = list(
        TeachingAssignment.objects.not_over(today)
        .filter(course__in=courses)
        .select_related("course", "teacher")
    )
    for each in assignments:
        permissions.revoke(Course.ENTER_MARKS, to=each.teacher, on=each.course)
        each.is_withdrawn = each.since >= today
        each.until = max(each.since, today - ONE_DAY)
    update_many(TeachingAssignment, assignments, fields=["until", "is_withdrawn"], by=by)
    for course in courses:
        course.is_withdrawn = True
    update_many(Course, courses, fields=["is_withdrawn"], by=by)
    for course in courses:
        audit.record(by=by, verb="gradebook.course.withdrawn", target=course)


def _own_subject(name: str, by: User) -> Subject:
    """The school's subject of this name, made when it is new."""
    if name.casefold() in {known.name.casefold() for known in in_book_order()}:
        raise SubjectKnown
    own: list[Subject] = list(
        Subject.objects.filter(order__gte=OWN_SUBJECTS_FROM).exclude(code=Course.HOMEROOM_CODE)
    )
    for subject in own:
        if subject.name.casefold() == name.casefold():
            return subject
    place = max((subject.order for subject in own), default=OWN_SUBJECTS_FROM - 1) + 1
    subject = Subject(code=f"rieng-{place}-{slugify(name)[:28]}".strip("-"), name=name, order=place)
    subject.save_by(by)
    return subject
