"""Who may do what in the class book."""

from accounts.models import User
from accounts.permissions import granted
from accounts.roles import Permission
from gradebook.models import Column, Course, SchoolClass


def may_enter_marks(user: User, course: Course) -> bool:
    return bool(_strands_of(user, course))


def may_propose(user: User, school_class: SchoolClass) -> bool:
    """The homeroom teacher."""
    own = SchoolClass.objects.filter(pk=school_class.pk)
    return granted(own, to=user, permission=SchoolClass.LEAD).exists()


def may_close_year(user: User) -> bool:
    """The principal, and the administrator who enters the principal's decision (S3-53, S3-64)."""
    return user.may(Permission.ISSUE_DECISIONS) or user.may(Permission.TURN_YEAR)


def owned_columns(user: User, course: Course, columns: list[Column]) -> list[Column]:
    """The columns this teacher owns: all, or those of the strands taught (S3 V: each part by its teacher)."""
    strands = _strands_of(user, course)
    return [column for column in columns if "" in strands or column.strand in strands]


def _strands_of(user: User, course: Course) -> set[str]:
    """What this person teaches of the course today; "" is all of it.

    Both the grant and an assignment of today: the one is kept in time by the other.
    """
    if not granted(Course.objects.filter(pk=course.pk), to=user, permission=Course.ENTER_MARKS).exists():
        return set()
    return set(course.assignments.current().filter(teacher=user).values_list("strand", flat=True))
