from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import policies, sessions
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import SecuritySettings, User

Handler = Callable[[HttpRequest], HttpResponse]
_SECOND_FACTOR = {"accounts:second_factor", "accounts:second_factor_start", "accounts:second_factor_confirm"}


def idle_sessions_end(get_response: Handler) -> Handler:
    """A computer in the staff room that was left signed in (ASVS 7.3.1)."""

    def answer(request: AuthenticatedHttpRequest) -> HttpResponse:
        if request.user.is_authenticated and sessions.is_idle(request):
            logout(request)
            messages.warning(
                request, _("You were signed out because nobody had used the portal for a while.")
            )
        return get_response(request)

    return answer  # type: ignore[return-value]  # the request has a user by then


class SignInRequired(LoginRequiredMiddleware):
    """Sends to sign in, and back to a page that can be opened.

    A form posted after the session expired did nothing: coming back to its address would say 405. Lead back
    to the page with the form instead, and say that nothing was done. A script gets 401 and keeps what it has.
    """

    def handle_no_permission(  # type: ignore[override]  # the stubs promise a redirect, whatever is asked
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        if not request.accepts("text/html"):
            return HttpResponse(status=401)
        messages.warning(
            request, _("You had been signed out, so nothing was done. Sign in and repeat the last step.")
        )
        return redirect_to_login(_page_of(request))


def _page_of(request: HttpRequest) -> str:
    referer = urlsplit(request.headers.get("referer", ""))
    return referer.path if referer.netloc == request.get_host() and referer.path else "/"


class FirstThingsFirst:
    """Who still has to choose a password or set up a second factor gets that page, and no other.

    A script gets 403 with the address of that page in `X-First`, and keeps what it has.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: AuthenticatedHttpRequest, view: Callable[..., Any], *_args: Any
    ) -> HttpResponse | None:
        is_open = not getattr(view, "login_required", True)
        if is_open or not request.user.is_authenticated:
            return None
        page, allowed = _first_thing(request)
        here = request.resolver_match.view_name if request.resolver_match else ""
        if not page or here in allowed | {page, "accounts:sign_out"}:
            return None
        if not request.accepts("text/html"):
            return HttpResponse(status=403, headers={"X-First": reverse(page)})
        return redirect_to(reverse(page))


def _first_thing(request: AuthenticatedHttpRequest) -> tuple[str, set[str]]:
    if request.user.must_change_password:
        return "accounts:password", set()
    if not request.session.get(sessions.SECOND_FACTOR) and _needs_second_factor(request.user):
        return "accounts:second_factor", _SECOND_FACTOR
    return "", set()


def _needs_second_factor(user: User) -> bool:
    """Asked only of those who signed in without one."""
    if not user.roles & policies.SECOND_FACTOR_ROLES:
        return False
    return SecuritySettings.current().second_factor_required
