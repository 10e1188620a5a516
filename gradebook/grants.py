"""Grants whose last assignment is over go. Access ended with the day already: both are asked for."""

from datetime import date

from django.db.models import Exists, OuterRef

from accounts import audit, permissions
from gradebook.models import Course, CourseUserObjectPermission, SchoolYear, TeachingAssignment


def revoke_expired(today: date) -> int:
    """For every night: what assignments no longer imply is taken back. Returns how many grants went."""
    # Whoever assigns holds the year: no grant goes that is needed again since a moment ago.
    list(SchoolYear.objects.select_for_update(no_key=True).order_by("pk"))
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
