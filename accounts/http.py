from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class AuthenticatedHttpRequest(HttpRequest):
    """A request behind LoginRequiredMiddleware: the user is a person, never anonymous."""

    user: User
    htmx: HtmxDetails


def redirect_to(url: str) -> HttpResponse:
    """303: what follows a POST is a GET."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return cast(HttpResponse, response)


def posted(request: HttpRequest) -> QueryDict | None:
    """What binds a form: an empty POST too, which `request.POST or None` would take for a first look."""
    return request.POST if request.method == "POST" else None


def is_key(text: str) -> bool:
    """Whether posted text is the key of a row; a number of thousands of digits is not, and `int` would refuse it."""
    return text.isascii() and text.isdigit() and len(text) < 19
