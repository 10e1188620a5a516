"""What every page shows: the school, its year and where this person can go."""

from collections.abc import Callable
from typing import Any, TypeGuard

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.prepared import Prepared
from accounts.roles import Permission, Role
from corrections.inbox import waiting
from gradebook.models import School
from gradebook.models.imports import PERMISSIONS
from gradebook.years import current_year

Allowed = Callable[[User], bool]


def _with(permission: Permission) -> Allowed:
    return lambda user: user.may(permission)


def _imports(user: User) -> bool:
    """Whoever imports reaches the exports from there."""
    return any(map(user.may, PERMISSIONS.values()))


def _papers(user: User) -> bool:
    """Who prints; leaders and the administrator reach the papers from the archive."""
    return user.may(Permission.REQUEST_BOOK) or not user.may(Permission.READ_ARCHIVE)


_SCHOOL = Prepared[School](School.objects.all)
NAVIGATION: list[tuple[Any, str, Allowed]] = [
    (_("Home"), "home", lambda user: True),
    (_("Classes"), "gradebook:classes", lambda user: True),
    (_("Pupils"), "gradebook:pupils", lambda user: True),
    (_("Corrections"), "corrections:requests", lambda user: True),
    (_("Lock board"), "gradebook:lock_board", _with(Permission.READ_LOCK_BOARD)),
    (_("Import"), "gradebook:imports", _imports),
    (_("Export"), "gradebook:exports", lambda user: user.may(Permission.READ_SCHOOL) and not _imports(user)),
    (_("Regulation"), "gradebook:decisions", lambda user: bool(user.roles)),
    (_("Papers"), "archive:papers", _papers),
    (_("Archive"), "archive:index", _with(Permission.READ_ARCHIVE)),
    (_("People"), "accounts:people", _with(Permission.READ_ACCOUNTS)),
]


def portal(request: HttpRequest) -> dict[str, Any]:
    """Lazy: a fragment that shows no masthead costs no query."""
    return {"portal": SimpleLazyObject(lambda: _portal(request))}


def _portal(request: HttpRequest) -> dict[str, Any]:
    school, year = next(iter(_SCHOOL.ask()), None), current_year()
    user = getattr(request, "user", None)
    return {
        "school_name": school.name if school else "",
        "year_name": str(year or ""),
        "roles": _roles(user) if isinstance(user, User) else [],
        "navigation": _navigation(user, request.path) if _may_go_on(user) else [],
    }


def _may_go_on(user: object) -> TypeGuard[User]:
    return isinstance(user, User) and not user.must_change_password


def _roles(user: User) -> list[str]:
    if not user.delegated:
        return user.role_names
    return [*user.role_names, gettext("powers of the principal by delegation")]


def _waiting(user: User) -> int | None:
    """On every page only for those who have a part in the requests of others; the home page tells everybody."""
    takes_part = Role.DEPARTMENT_HEAD in user.roles or user.may(Permission.READ_CORRECTIONS)
    return waiting(user).count() if takes_part else None


def _navigation(user: User, path: str) -> list[dict[str, Any]]:
    if path.startswith(
        (
            "/courses/",
            "/transcripts/",
            "/summer/",
            "/assessment-rules/",
            "/school-years/",
            "/year-set-up/",
            "/substitutes/",
            "/movements/",
            "/attendance/",
            "/phrases/",
            "/my-sheets/",
        )
    ):
        path = reverse("gradebook:classes")  # reached from there
    if path.startswith(("/accounts/", "/departments/", "/delegations/", "/oversight/", "/permission-list/")):
        path = reverse("accounts:people")
    if path.startswith(("/board/", "/policy/")):
        path = reverse("gradebook:decisions")
    if path.startswith(("/register/", "/profiles/")):
        path = reverse("gradebook:pupils")
    if path.startswith("/exports/") and _imports(user):
        path = reverse("gradebook:imports")
    counts = {reverse("corrections:requests"): _waiting(user)}
    links = [(label, reverse(name)) for label, name, allowed in NAVIGATION if allowed(user)]
    return [
        {
            "label": label,
            "url": url,
            "current": path == url if url == "/" else path.startswith(url),
            "count": counts.get(url),
        }
        for label, url in links
    ]
