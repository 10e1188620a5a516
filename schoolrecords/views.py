"""The pages that may see every app: home, language."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from schoolrecords.account_tasks import account_tasks
from schoolrecords.standing import read_standing
from schoolrecords.worklist import tasks_of, teaches


@require_safe
def home(request: AuthenticatedHttpRequest) -> HttpResponse:
    tasks = [*account_tasks(request), *tasks_of(request.user)]
    context = {
        "tasks": tasks,
        "standing": read_standing(request.user),
        "is_locked_out": not tasks and teaches(request.user),
    }
    return render(request, "schoolrecords/home.html", context)


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie and go back to the page."""
    next_url = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(next_url, allowed_hosts={request.get_host()}):
        next_url = "/"
    response = redirect_to(next_url)
    code = request.POST.get("language", "")
    if check_for_language(code):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 24 * 3600, samesite="Lax", httponly=True
        )
    return response


@login_not_required
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before a sign-in or sign-out in another tab: nothing was done, and how to go on."""
    return render(request, "form_expired.html", status=403)
