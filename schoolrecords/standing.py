"""What a person stands for beside the daily work: powers by delegation, what they check, their departments."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Delegation, Membership, User
from gradebook.checks import IN_ORDER
from gradebook.models import Oversight, SchoolClass


@dataclass(frozen=True, slots=True)
class Check:
    """A grade or a subject, with the classes to look into."""

    scope: Oversight
    classes: list[SchoolClass]


@dataclass(frozen=True, slots=True)
class Standing:
    powers: list[Delegation]
    checks: list[Check]
    memberships: list[Membership]

    def __bool__(self) -> bool:
        return bool(self.powers or self.checks or self.memberships)


def read_standing(user: User) -> Standing:
    today = timezone.localdate()
    scopes = list(user.oversight.on(today).select_related("subject").order_by(*IN_ORDER))
    memberships = user.memberships.on(today).select_related("department")
    return Standing(user.delegations, list(_checks(scopes)) if scopes else [], list(memberships))


def _checks(scopes: Iterable[Oversight]) -> Iterable[Check]:
    """Two queries, however many scopes there are."""
    classes = list(SchoolClass.objects.filter(year__status="open").prefetch_related("courses"))
    for scope in scopes:
        yield Check(scope, [each for each in classes if _falls_under(each, scope)])


def _falls_under(school_class: SchoolClass, scope: Oversight) -> bool:
    if scope.subject_id is None:
        return school_class.grade == scope.grade
    return any(course.subject_id == scope.subject_id for course in school_class.courses.all())
