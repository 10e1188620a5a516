"""Who checks what, gathered by person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q

from accounts.models import HeldRole, User
from accounts.names import sort_key
from accounts.roles import Role
from gradebook.models import Oversight

IN_ORDER = (F("grade").asc(nulls_last=True), "subject__order")
"""Grades first, on every database."""
LEADERS = frozenset({Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.DEPARTMENT_HEAD})
"""Who may be given something to check: the school's leaders and the heads of departments (S0, rows 2 and 3)."""


@dataclass(frozen=True, slots=True)
class Checks:
    """One leader with what they check on a day, or from a later one."""

    leader: User
    scopes: list[Oversight] = field(default_factory=list)

    @property
    def grades(self) -> list[int]:
        return [scope.grade for scope in self.scopes if scope.grade is not None]

    @property
    def subjects(self) -> list[str]:
        return [scope.subject.name for scope in self.scopes if scope.subject is not None]


def read_checks(day: date) -> list[Checks]:
    """Everybody who may be given something to check, and who checks something, in two queries."""
    scopes = list(Oversight.objects.not_over(day).select_related("leader", "subject").order_by(*IN_ORDER))
    leading = HeldRole.objects.on(day).filter(role__in=LEADERS).values("user")
    people = User.objects.filter(
        Q(pk__in=leading, is_active=True) | Q(pk__in=[scope.leader_id for scope in scopes])
    )
    return _by_leader(people, scopes)


def _by_leader(people: Iterable[User], scopes: Iterable[Oversight]) -> list[Checks]:
    found = {user.pk: Checks(user) for user in sorted(people, key=lambda user: sort_key(user.full_name))}
    for scope in scopes:
        found[scope.leader_id].scopes.append(scope)
    return list(found.values())
