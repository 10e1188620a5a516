"""What somebody reads because they check it: as head of a department, or by the oversight given to them."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Membership, User
from accounts.prepared import Given
from accounts.roles import Role


def checked_courses(user: User | Given, today: date | Given, scopes: "QuerySet[Any]", *, is_head: bool) -> Q:
    """Courses: what the members of the department teach today (S1-39), and what is overseen (S0-04, S0-05).

    `scopes`: the oversight of that person. Subqueries of one statement, so that a page asks no more for leaders
    than for others.
    """
    of_scope = Q(school_class__grade__in=scopes.filter(subject=None).values("grade")) | Q(
        subject__in=scopes.filter(grade=None).values("subject")
    )
    overseen = Q(of_scope, school_class__year__status="open")
    return _of_members(user, today, "course") | overseen if is_head else overseen


def checked_classes(user: User) -> Q:
    """Classes with such a course."""
    today = timezone.localdate()
    scopes = user.oversight.on(today)
    of_scope = Q(grade__in=scopes.filter(subject=None).values("grade")) | Q(
        pk__in=scopes.filter(grade=None, subject__courses__is_withdrawn=False).values(
            "subject__courses__school_class"
        )
    )
    overseen = Q(of_scope, year__status="open")
    is_head = Role.DEPARTMENT_HEAD in user.roles
    return _of_members(user, today, "course__school_class") | overseen if is_head else overseen


def _of_members(user: User | Given, today: date | Given, taught: str) -> Q:
    not_over = Q(user__teaching__until=None) | Q(user__teaching__until__gte=today)
    members = Membership.objects.led_by(user, today)
    teaching = members.filter(not_over, user__teaching__since__lte=today, user__teaching__is_withdrawn=False)
    return Q(pk__in=teaching.values(f"user__teaching__{taught}"))
