"""Which grants there are, and which the assignments imply: the two must be equal."""

from django.utils import timezone

from gradebook.models import (
    Course,
    CourseUserObjectPermission,
    SchoolClass,
    SchoolClassUserObjectPermission,
    TeachingAssignment,
)

Grant = tuple[str, int, int]
"""(permission, user id, object id)"""


def held() -> list[Grant]:
    return sorted(
        (row.permission.codename, row.user_id, row.content_object_id)
        for table in (CourseUserObjectPermission, SchoolClassUserObjectPermission)
        for row in table.objects.select_related("permission")
    )


def implied() -> list[Grant]:
    """An assignment carries its grant until its last day is over, whether it has begun or not."""
    standing = TeachingAssignment.objects.not_over(timezone.localdate())
    teaching = standing.values_list("teacher", "course")
    leading = SchoolClass.objects.exclude(homeroom_teacher=None).values_list("homeroom_teacher", "pk")
    return sorted(
        {(Course.ENTER_MARKS, user, course) for user, course in teaching}
        | {(SchoolClass.LEAD, user, school_class) for user, school_class in leading}
    )
