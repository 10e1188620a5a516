"""Grants whose last assignment is over go. Access ended with the day already: both are asked for."""

from datetime import date

from django.db.models import Exists, OuterRef

from accounts import audit, permissions
from gradebook.models import Course, CourseUserObjectPermission, TeachingAssignment


def revoke_expired(today: date) -> int:
    """For every night: what assignments no longer imply is taken back. Returns how many grants went."""
    needed = TeachingAssignment.objects.not_over(today).filter(
        course=OuterRef("content_object"), teacher=OuterRef("user")
    )
    expired = CourseUserObjectPermission.objects.exclude(Exists(needed)).filter(
        permission__codename=Course.ENTER_MARKS
    )
    rows = list(expired.select_related("user", "content_object__subject", "content_object__school_class"))
    for row in rows:
        permissions.revoke(Course.ENTER_MARKS, to=row.user, on=row.content_object)
        audit.record(by=None, verb="gradebook.grant.expired", target=row.content_object, teacher=row.user_id)
    return len(rows)
