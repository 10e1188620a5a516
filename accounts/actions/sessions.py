"""End sessions and lift locks: one's own, or those of an account one manages."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from accounts import audit, lockout, policies, sessions
from accounts.models import OpenSession, User
from accounts.writing import recorded_write


@recorded_write
def end_sessions(*, account: User, by: User, only: "QuerySet[OpenSession] | None" = None) -> int:
    """All of an account's, or those of `only`."""
    if account != by and not policies.may_manage(by, account):
        raise PermissionDenied
    own = OpenSession.objects.filter(user=account)
    count = sessions.end(own if only is None else only.filter(user=account))
    audit.record(by=by, verb="accounts.session.ended", target=account, count=count)
    return count


@recorded_write
def unlock(*, account: User, by: User) -> None:
    if not policies.may_manage(by, account):
        raise PermissionDenied
    lockout.unlock(account)
    audit.record(by=by, verb="accounts.account.unlocked", target=account)
