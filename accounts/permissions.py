"""Object grants. The only module that imports guardian.

Grants are derived from assignments (who teaches a course, who leads a class) in the same action; nothing else
writes them, and a test holds the two equal.
"""

from typing import TypeVar

from django.db import models
from guardian.shortcuts import assign_perm, get_objects_for_user, remove_perm

from accounts.models import User

ModelT = TypeVar("ModelT", bound=models.Model)


def grant(permission: str, *, to: User, on: models.Model) -> None:
    assign_perm(permission, to, on)


def revoke(permission: str, *, to: User, on: models.Model) -> None:
    remove_perm(permission, to, on)


def granted(queryset: "models.QuerySet[ModelT]", *, to: User, permission: str) -> "models.QuerySet[ModelT]":
    """The rows of queryset on which this person holds the grant."""
    found: models.QuerySet[ModelT] = get_objects_for_user(
        to, permission, klass=queryset, with_superuser=False, accept_global_perms=False, use_groups=False
    )
    return found
