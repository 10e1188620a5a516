"""Who may do what in the portal, as the regulations want it listed and printed (S4, annex 1; S0-32, S1-07, S3-59).

The annex itself is not among the sources; its columns follow what the regulations name: people, departments, roles,
and the classes and subjects that each person keeps.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch

from accounts.models import DatedQuerySet, Delegation, Department, HeldRole, Membership, User
from accounts.names import sort_key
from accounts.roles import ROLE_PERMISSIONS, Permission, Role
from gradebook.checks import Checks, read_checks
from gradebook.models import SchoolClass, TeachingAssignment


@dataclass(frozen=True, slots=True)
class Taught:
    """A subject and the classes it is taught in; `acting_for` names who is replaced, until when."""

    subject: str
    acting_for: str
    until: date | None
    classes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Person:
    user: User
    roles: list[HeldRole]
    memberships: list[Membership]
    leads: list[str]
    teaches: list[Taught]


@dataclass(frozen=True, slots=True)
class PermissionList:
    day: date
    people: list[Person]
    matrix: list[tuple[Permission, list[bool]]]
    delegations: list[Delegation]
    checks: list[Checks]
    departments: list[Department]


def read_permission_list(day: date) -> PermissionList:
    """As it stands on the day, in a number of queries that does not grow with the school."""
    standing = Membership.objects.on(day).select_related("user", "department").order_by("-is_head", "pk")
    departments = Department.objects.prefetch_related(Prefetch("memberships", standing))
    delegations = Delegation.objects.on(day).select_related("giver", "receiver")
    return PermissionList(
        day,
        _people(day, standing),
        [(power, [power in ROLE_PERMISSIONS[role] for role in Role]) for power in Permission],
        list(delegations.order_by("receiver__full_name", "pk")),
        [row for row in read_checks(day) if row.scopes],
        list(departments),
    )


def _people(day: date, standing: DatedQuerySet) -> list[Person]:
    """Every account that can sign in and holds something; a disabled one may do nothing."""
    memberships = Prefetch("memberships", standing, to_attr="memberships_today")
    users = User.objects.with_roles_on(day).filter(is_active=True).prefetch_related(memberships)
    leads, teaches = _leads(), _teaches()
    return [
        Person(user, user.roles_that_day, user.memberships_today, leads[user.pk], teaches[user.pk])  # type: ignore[attr-defined]
        for user in sorted(users, key=lambda user: sort_key(user.full_name))
    ]


def _leads() -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    led = SchoolClass.objects.filter(year__status="open").exclude(homeroom_teacher=None)
    for user, name in led.values_list("homeroom_teacher", "name"):
        found[user].append(name)
    return found


def _teaches() -> dict[int, list[Taught]]:
    """By teacher; one line for each subject, and one for each person replaced in it."""
    assignments = (
        TeachingAssignment.objects.current()
        .filter(course__school_class__year__status="open")
        .exclude(course__kind="homeroom")
        .select_related("course__subject", "course__school_class", "acting_for")
        .order_by("course__subject__order", "course__school_class__grade", "course__school_class__name", "pk")
    )
    found: dict[int, dict[tuple[str, str], Taught]] = defaultdict(dict)
    for row in assignments:
        replaced = row.acting_for.full_name if row.acting_for else ""
        subject, name = row.course.subject.name, row.course.school_class.name
        taught = found[row.teacher_id].setdefault(
            (subject, replaced), Taught(subject, replaced, row.until if replaced else None)
        )
        if name not in taught.classes:
            taught.classes.append(name)
    return defaultdict(list, {teacher: list(lines.values()) for teacher, lines in found.items()})
