"""What every page shows: the school, its year and where this person can go."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Permission
from gradebook.models import School, SchoolYear

Allowed = Callable[[User], bool]


def _with(permission: Permission) -> Allowed:
    return lambda user: user.may(permission)


NAVIGATION: list[tuple[Any, str, Allowed]] = [
    (_("Home"), "home", lambda user: True),
    (_("Classes"), "gradebook:classes", lambda user: True),
    (_("Pupils"), "gradebook:pupils", lambda user: True),
    (_("Corrections"), "corrections:requests", lambda user: True),
    (_("Lock board"), "gradebook:lock_board", _with(Permission.READ_LOCK_BOARD)),
    (_("Import"), "gradebook:imports", _with(Permission.IMPORT_PUPILS)),
    (_("Archive"), "archive:index", _with(Permission.READ_ARCHIVE)),
    (_("People"), "accounts:people", _with(Permission.READ_ACCOUNTS)),
]


def portal(request: HttpRequest) -> dict[str, Any]:
    """Lazy: a fragment that shows no masthead costs no query."""
    return {"portal": SimpleLazyObject(lambda: _portal(request))}


def _portal(request: HttpRequest) -> dict[str, Any]:
    school, year = School.objects.first(), SchoolYear.objects.first()
    user = getattr(request, "user", None)
    return {
        "school_name": school.name if school else "",
        "year_name": str(year or ""),
        "roles": user.role_names if isinstance(user, User) else [],
        "navigation": _navigation(user, request.path) if isinstance(user, User) else [],
    }


def _navigation(user: User, path: str) -> list[dict[str, Any]]:
    if path.startswith(("/courses/", "/transcripts/", "/summer/", "/assessment-rules/")):
        path = reverse("gradebook:classes")  # reached from there
    if path.startswith(("/register/", "/profiles/")):
        path = reverse("gradebook:pupils")
    links = [(label, reverse(name)) for label, name, allowed in NAVIGATION if allowed(user)]
    return [
        {"label": label, "url": url, "current": path == url if url == "/" else path.startswith(url)}
        for label, url in links
    ]
