"""Who may do what in the class book."""

from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q

from accounts.models import User
from accounts.permissions import granted
from gradebook.models import Column, Course, SchoolClass, TeachingAssignment


@dataclass(frozen=True, slots=True)
class Teaching:
    """Who teaches a course today, and which strands of it somebody owns; "" is all of it."""

    assignments: list[TeachingAssignment]
    strands: frozenset[str]

    def owned(self, columns: list[Column]) -> list[Column]:
        """The columns owned: all, or those of the strands taught (S3 V: each part by its teacher)."""
        return [column for column in columns if "" in self.strands or column.strand in self.strands]


def read_teaching(course: Course, user: User) -> Teaching:
    """In one query. To own, it takes both the grant and an assignment of today: the one follows the other in time."""
    with_grant = granted(Course.objects.filter(pk=course.pk), to=user, permission=Course.ENTER_MARKS)
    rows = list(
        course.assignments.current()
        .annotate(is_granted=ExpressionWrapper(Q(course__in=with_grant), BooleanField()))
        .select_related("teacher", "acting_for")
        .order_by("pk")
    )
    return Teaching(
        rows, frozenset(row.strand for row in rows if row.is_granted and row.teacher_id == user.pk)
    )


def may_enter_marks(user: User, course: Course) -> bool:
    return bool(read_teaching(course, user).strands)


def may_propose(user: User, school_class: SchoolClass) -> bool:
    """The homeroom teacher."""
    own = SchoolClass.objects.filter(pk=school_class.pk)
    return granted(own, to=user, permission=SchoolClass.LEAD).exists()


def owned_columns(user: User, course: Course, columns: list[Column]) -> list[Column]:
    return read_teaching(course, user).owned(columns)
