"""Have the whole history checked."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import audit, jobs, tasks
from accounts.models import User, Verification
from accounts.roles import Permission
from accounts.writing import recorded_write


class StillChecking(ValueError):
    """A check is under way; another would only read the same rows twice."""


@recorded_write
def request_verification(*, by: User) -> Verification:
    """Queue a check for the worker. Raises StillChecking, PermissionDenied."""
    if not by.may(Permission.READ_CORRECTIONS):
        raise PermissionDenied
    if Verification.objects.unfinished().exists():
        raise StillChecking
    verification: Verification = Verification.objects.create(**jobs.fresh(by))
    audit.record(by=by, verb="accounts.history.check_requested", target=verification)
    transaction.on_commit(partial(tasks.wake, verification.pk))
    return verification
