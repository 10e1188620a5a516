"""Who may do what in the class book."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, DateField, ExpressionWrapper, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.permissions import granted, granted_keys
from accounts.prepared import Given, Prepared
from accounts.roles import Permission, Role
from gradebook.models import Column, Course, Policy, SchoolClass, Student, TeachingAssignment
from gradebook.models.teaching import CourseQuerySet


def owner_strand(strand: str, taken: Collection[str]) -> str:
    """The part whose teacher owns a column: its own strand where somebody teaches that one, else the whole subject.

    So the teacher of the whole enters midterm, final and comments, and the strands that nobody else holds; never
    the columns of a colleague (S3 V, note to 2).
    """
    return strand if strand in taken else ""


@dataclass(frozen=True, slots=True)
class Teaching:
    """Who teaches a course today, and which strands of it the reader teaches; "" is the whole subject."""

    assignments: list[TeachingAssignment]
    strands: frozenset[str]

    def owned(self, columns: Sequence[Column]) -> list[Column]:
        return [column for column in columns if self._part(column) in self.strands]

    def owners(self, column: Column) -> list[User]:
        """Whose column it is; nobody's when the whole subject has no teacher."""
        part = self._part(column)
        return [row.teacher for row in self.assignments if row.strand == part]

    def _part(self, column: Column) -> str:
        return owner_strand(column.strand, {row.strand for row in self.assignments})


def read_teaching(course: Course, user: User) -> Teaching:
    """In one query. To own, it takes both the grant and an assignment of today: the one follows the other in time."""
    rows = _TEACHING.ask(course=course.pk, user=user.pk, today=timezone.localdate())
    return Teaching(
        rows, frozenset(row.strand for row in rows if row.is_granted and row.teacher_id == user.pk)
    )


def _teaching() -> "QuerySet[Any]":
    with_grant = granted_keys(Course, to=Given("user"), permission=Course.ENTER_MARKS)
    return (  # type: ignore[no-any-return]
        TeachingAssignment.objects.filter(course=Given("course"))
        .on(Given("today", DateField()))
        .annotate(is_granted=ExpressionWrapper(Q(course__in=with_grant), BooleanField()))
        .select_related("teacher", "acting_for")
        .order_by("pk")
    )


_TEACHING = Prepared[Any](_teaching)


def strands_of(user: User) -> dict[int, set[str]]:
    """What this person teaches today in open years: the strands by course; "" is all of it. One query."""
    strands: dict[int, set[str]] = {}
    taught = user.teaching.current().filter(course__school_class__year__status="open")
    for course_id, strand in taught.values_list("course_id", "strand"):
        strands.setdefault(course_id, set()).add(strand)
    return strands


def may_enter_marks(user: User, course: Course) -> bool:
    return bool(read_teaching(course, user).strands)


def taught_courses(user: User, school_class: SchoolClass) -> CourseQuerySet:
    """The sheets of a class in which this person writes today, the homeroom sheet among them."""
    return _written_by(user).filter(school_class=school_class)


def courses_written_by(user: User) -> CourseQuerySet:
    """The sheets of open years in which this person writes today, by class and subject."""
    found = _written_by(user).filter(school_class__year__status="open", is_withdrawn=False)
    return found.select_related("subject", "school_class__year").order_by(
        "school_class__grade", "school_class__name", "subject__order"
    )


def _written_by(user: User) -> CourseQuerySet:
    with_grant = granted(Course.objects.all(), to=user, permission=Course.ENTER_MARKS)
    found: CourseQuerySet = Course.objects.filter(pk__in=with_grant)
    return found.filter(pk__in=user.teaching.current().values("course"))


def may_propose(user: User, school_class: SchoolClass) -> bool:
    """The homeroom teacher."""
    own = SchoolClass.objects.filter(pk=school_class.pk)
    return granted(own, to=user, permission=SchoolClass.LEAD).exists()


def may_close_year(user: User) -> bool:
    """The principal, and the administrator who enters the principal's decision (S3-53, S3-64)."""
    return user.may(Permission.ISSUE_DECISIONS) or user.may(Permission.TURN_YEAR)


def owned_columns(user: User, course: Course, columns: list[Column]) -> list[Column]:
    return read_teaching(course, user).owned(columns)


def may_edit_profile(user: User, student: Student) -> bool:
    """Who keeps the profiles, and the homeroom teacher of the class in which the pupil is now (S1 Đ7.1)."""
    if user.may(Permission.MANAGE_PUPILS):
        return True
    led = granted(SchoolClass.objects.all(), to=user, permission=SchoolClass.LEAD)
    return bool(student.enrolments.now().filter(school_class__in=led).exists())


def may_fill_profiles(user: User, school_class: SchoolClass) -> bool:
    return user.may(Permission.MANAGE_PUPILS) or may_propose(user, school_class)


def profile_deadline(school_class: SchoolClass) -> date | None:
    policy = Policy.objects.filter(year=school_class.year_id, level=school_class.level).first()
    return policy.profile_deadline if policy else None


def profile_is_free(student: Student, today: date) -> bool:
    """Until the day set for the pupil's level and year; a pupil who is in no class now has no such day."""
    enrolment = student.enrolments.now().select_related("school_class").first()
    if enrolment is None:
        return False
    deadline = profile_deadline(enrolment.school_class)
    return deadline is None or today <= deadline


def may_print_register(user: User) -> bool:
    return user.may(Permission.REQUEST_BOOK) or user.may(Permission.MANAGE_PUPILS)


def may_keep_attendance(user: User, school_class: SchoolClass) -> bool:
    """The homeroom teacher calls the roll and closes the months (S0-42, S1-51, S3-12)."""
    return may_propose(user, school_class)


def may_reopen_attendance(user: User) -> bool:
    """The principal, and the administrator on the principal's word; who keeps the roll does not reopen it alone."""
    return may_close_year(user)


def may_keep_phrases(user: User) -> bool:
    """Who writes comments keeps phrases for them, and so does who keeps the school's."""
    return user.may(Permission.SHARE_PHRASES) or bool(
        user.roles & {Role.HOMEROOM_TEACHER, Role.SUBJECT_TEACHER}
    )


def may_draw_up_orders(user: User) -> bool:
    """The principal gives orders to open and lock books, the administrator proposes them."""
    return user.may(Permission.ORDER_LOCK) or user.may(Permission.EXECUTE_LOCK)
