"""What somebody reads because they check it: as head of a department, or by the oversight given to them."""

from django.db.models import Q
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import Role


def checked_courses(user: User) -> Q:
    """Courses: what the members of the department teach today (S1-39), and what is overseen (S0-04, S0-05).

    Subqueries of one statement, so that a page asks no more for heads and leaders than for others.
    """
    scopes = user.oversight.on(timezone.localdate())
    of_scope = Q(school_class__grade__in=scopes.filter(subject=None).values("grade")) | Q(
        subject__in=scopes.filter(grade=None).values("subject")
    )
    return _of_members(user, "course") | Q(of_scope, school_class__year__status="open")


def checked_classes(user: User) -> Q:
    """Classes with such a course."""
    scopes = user.oversight.on(timezone.localdate())
    of_scope = Q(grade__in=scopes.filter(subject=None).values("grade")) | Q(
        pk__in=scopes.filter(grade=None, subject__courses__is_withdrawn=False).values(
            "subject__courses__school_class"
        )
    )
    return _of_members(user, "course__school_class") | Q(of_scope, year__status="open")


def _of_members(user: User, taught: str) -> Q:
    if Role.DEPARTMENT_HEAD not in user.roles:
        return Q(pk__in=[])
    today = timezone.localdate()
    not_over = Q(user__teaching__until=None) | Q(user__teaching__until__gte=today)
    members = Membership.objects.led_by(user, today)
    teaching = members.filter(not_over, user__teaching__since__lte=today, user__teaching__is_withdrawn=False)
    return Q(pk__in=teaching.values(f"user__teaching__{taught}"))
