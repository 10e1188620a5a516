"""Object grants. The only module that imports guardian.

Grants are derived from assignments (who teaches a course, who leads a class) in the same action; nothing else
writes them, and a test holds the two equal.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import models
from guardian.shortcuts import assign_perm, remove_perm
from guardian.utils import get_user_obj_perms_model

from accounts.models import User
from accounts.prepared import Given

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


def granted(
    queryset: "models.QuerySet[ModelT]", *, to: User | Given, permission: str
) -> "models.QuerySet[ModelT]":
    """The rows of queryset on which this person holds the grant."""
    return queryset.filter(pk__in=granted_keys(queryset.model, to=to, permission=permission))


def granted_keys(
    model: type[models.Model], *, to: User | Given, permission: str
) -> "models.QuerySet[models.Model, int]":
    """The keys of the rows on which this person holds the grant, as a subquery.

    Straight from the table of grants: guardian's own shortcut joins the model once more, for groups and for rights
    over a whole model, which nobody here has.
    """
    table: Any = get_user_obj_perms_model(model)  # type: ignore[arg-type]  # takes the class as well as a row
    grants = table.objects.filter(user=to, permission__codename=permission)
    return grants.values_list("content_object", flat=True)  # type: ignore[no-any-return]
