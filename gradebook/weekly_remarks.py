"""Weekly remarks as they are read: of one week, of a semester, and which courses still lack one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When

from accounts.models import User
from gradebook.models import (
    Enrolment,
    Level,
    MarkKind,
    Policy,
    Remark,
    SchoolClass,
    TeachingAssignment,
    Window,
)
from gradebook.models.remarks import RemarkQuerySet
from gradebook.models.teaching import CourseQuerySet
from gradebook.weeks import DAY, WEEK, Weeks


@dataclass(frozen=True, slots=True)
class Group:
    """What was said of one pupil, or of the class when there is none."""

    pupil: Enrolment | None
    remarks: list[Remark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WeekSheet:
    groups: list[Group]
    withdrawn: list[Remark]
    """For who wrote them and for who reads the school."""


def read_week(school_class: SchoolClass, week: date, user: User) -> WeekSheet:
    rows = list(_in_list_order(school_class).visible_to(user).readable_by(user).filter(week=week))
    return WeekSheet(
        grouped(row for row in rows if not row.is_withdrawn), [row for row in rows if row.is_withdrawn]
    )


def of_semester(school_class: SchoolClass, semester: int) -> RemarkQuerySet:
    """What stands of a semester: by week, the class first and then its pupils. One query for the calendar."""
    first, last = Weeks.of(school_class.year).span(semester)
    rows: RemarkQuerySet = _in_list_order(school_class).standing().filter(week__range=(first, last))
    return rows.order_by("week", *_LIST_ORDER)


def on_pupil(enrolment: Enrolment, user: User) -> list[Remark]:
    """What stands of one pupil in the class, the latest week first, as far as this person reads it. One query."""
    rows = Remark.objects.filter(enrolment=enrolment).visible_to(user).standing().with_what_is_shown()
    return list(rows.order_by("-week", "-written_at", "-pk"))


def grouped(rows: Iterable[Remark]) -> list[Group]:
    """Consecutive rows of one pupil together."""
    groups: list[Group] = []
    for row in rows:
        if not groups or groups[-1].pupil != row.enrolment:
            groups.append(Group(row.enrolment))
        groups[-1].remarks.append(row)
    return groups


_LIST_ORDER = (F("enrolment__number").asc(nulls_first=True), "enrolment", "written_at", "pk")


def _in_list_order(school_class: SchoolClass) -> RemarkQuerySet:
    rows: RemarkQuerySet = Remark.objects.filter(school_class=school_class)
    return rows.with_what_is_shown().order_by(*_LIST_ORDER)


def open_in(courses: CourseQuerySet, week: date) -> CourseQuerySet:
    """Courses in whose week may still be written: the semester's end was not locked on order, the year not closed."""
    sunday = week + WEEK - DAY
    end = Q(period__code="CN", period__semester__starts_on__lte=sunday) | Q(
        period__code="CK1", period__semester__ends_on__gte=sunday
    )
    locked = Window.objects.locked_on_order().filter(end, course=OuterRef("pk"), kind=MarkKind.ASSESSMENT)
    found: CourseQuerySet = courses.filter(
        ~Exists(locked),
        school_class__year__status="open",
        school_class__year__starts_on__lte=sunday,
        school_class__year__ends_on__gte=week,
    )
    return found


def lacking(courses: CourseQuerySet, week: date) -> CourseQuerySet:
    """Subjects taught today where the school asks for a remark each week (S3 V.3) and this week has none."""
    level = Case(
        *[When(school_class__grade__in=level.grades, then=Value(level.value)) for level in Level],
        output_field=CharField(),
    )
    asked = Policy.objects.filter(
        weekly_remarks=True, level=OuterRef("level"), year=OuterRef("school_class__year")
    )
    taught = TeachingAssignment.objects.current().filter(course=OuterRef("pk"))
    written = Remark.objects.standing().filter(course=OuterRef("pk"), week=week)
    found: CourseQuerySet = (
        open_in(courses.of_subjects(), week)
        .alias(level=level)
        .filter(Exists(asked), Exists(taught), ~Exists(written))
        .select_related("subject", "school_class")
        .order_by("school_class__grade", "school_class__name", "subject__order")
    )
    return found
