from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _


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
