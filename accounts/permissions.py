"""Object grants. The only module that imports guardian.

Grants are derived from assignments (who teaches a course, who leads a class) in the same action; nothing else
writes them, and a test holds the two equal.
"""

from collections.abc import Sequence
from typing import TypeVar

from django.db import models
from guardian.shortcuts import assign_perm, get_objects_for_user, remove_perm

from accounts.models import User

ModelT = TypeVar("ModelT", bound=models.Model)


def grant(permission: str, *, to: User, on: models.Model) -> None:
    assign_perm(permission, to, on)


def grant_each(permission: str, *, to: User, on: Sequence[models.Model]) -> None:
    """The same on several objects, in a constant number of statements; what is granted already stays so."""
    model = type(on[0])
    held = granted(model._default_manager.all(), to=to, permission=permission)
    missing = {each.pk for each in on} - set(
        held.filter(pk__in=[each.pk for each in on]).values_list("pk", flat=True)
    )
    if missing:
        assign_perm(permission, to, model._default_manager.filter(pk__in=missing))  # type: ignore[arg-type]


def revoke(permission: str, *, to: User, on: models.Model) -> None:
    remove_perm(permission, to, on)


def granted(queryset: "models.QuerySet[ModelT]", *, to: User, permission: str) -> "models.QuerySet[ModelT]":
    """The rows of queryset on which this person holds the grant."""
    found: models.QuerySet[ModelT] = get_objects_for_user(
        to, permission, klass=queryset, with_superuser=False, accept_global_perms=False, use_groups=False
    )
    return found
