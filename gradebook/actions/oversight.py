"""Who checks which grade and which subject, as the annex of the principal's decision says (S0-04, S0-05, S4-06)."""

from datetime import date

from django.core.exceptions import PermissionDenied

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook.checks import LEADERS
from gradebook.models import Oversight, Subject


class NotALeader(ValueError):
    """The person neither leads the school nor a department today."""


class NothingNew(ValueError):
    """Nothing was chosen that the person does not check in these days already."""


class EndsBeforeItBegins(ValueError):
    """The last day lies before the first one, or it had ended before."""


@recorded_write
def give_oversight(
    *,
    leader: User,
    grades: list[int],
    subjects: list[Subject],
    since: date,
    by: User,
    until: date | None = None,
) -> list[Oversight]:
    """Give a leader grades and subjects to check; what they check already is left as it stands."""
    _require_decider(by, leader)
    leader = User.objects.select_for_update().get(pk=leader.pk)
    if not leader.is_active or not leader.roles & LEADERS:
        raise NotALeader
    if until is not None and until < since:
        raise EndsBeforeItBegins
    standing = {(row.grade, row.subject_id) for row in leader.oversight.not_over(since)}
    scopes = [Oversight(grade=grade) for grade in grades] + [Oversight(subject=each) for each in subjects]
    fresh = [scope for scope in scopes if (scope.grade, scope.subject_id) not in standing]
    if not fresh:
        raise NothingNew
    for scope in fresh:
        scope.leader, scope.since, scope.until = leader, since, until
        scope.save_by(by)
    audit.record(
        by=by,
        verb="gradebook.oversight.given",
        target=leader,
        grades=grades,
        subjects=[subject.pk for subject in subjects],
    )
    return fresh


@recorded_write
def end_oversight(*, scope: Oversight, until: date, by: User) -> None:
    """`until` is the last day."""
    _require_decider(by, scope.leader)
    scope = Oversight.objects.select_for_update(of=("self",)).select_related("leader").get(pk=scope.pk)
    if until < scope.since or (scope.until is not None and scope.until < until):
        raise EndsBeforeItBegins
    scope.until = until
    scope.save_by(by)
    audit.record(
        by=by, verb="gradebook.oversight.ended", target=scope.leader, scope=scope.pk, until=f"{until}"
    )


def _require_decider(by: User, leader: User) -> None:
    """Who decides by delegation only gives themselves nothing to read."""
    if not by.may(Permission.ISSUE_DECISIONS):
        raise PermissionDenied
    if by.pk == leader.pk and not by.may_by_role(Permission.ISSUE_DECISIONS):
        raise PermissionDenied
