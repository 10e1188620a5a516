"""Signing in: user name and password, then, where one is set up, a code."""

import time
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit, devices, sessions
from accounts.actions import second_factor
from accounts.forms.sign_in import CodeForm, SignInForm
from accounts.http import posted
from accounts.models import User
from accounts.origin import address_of, browser_of

_PENDING = "pending_sign_in"
_PENDING_SECONDS = 300


class SignIn(LoginView):
    authentication_form = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        user: User = form.get_user()
        if not second_factor.has_second_factor(user):
            return _signed_in(self.request, user, self.get_success_url())
        self.request.session[_PENDING] = {
            "user": user.pk,
            "proof": user.get_session_auth_hash(),
            "at": int(time.time()),
            "next": self.get_success_url(),
        }
        return redirect("accounts:sign_in_code")

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, "expired"):  # right, so Django reports no failure
            audit.record(by=None, verb="accounts.session.expired", target=form.user_cache)
        response.status_code = 429 if form.is_locked else 200
        return response


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    user = _pending(request)
    if user is None:
        return redirect("accounts:sign_in")
    form = CodeForm(posted(request))
    if not form.is_valid():
        return _code_page(request, form)
    answer = second_factor.verify(user=user, typed=form.cleaned_data["code"])
    if answer.accepted:
        next_url = request.session.pop(_PENDING)["next"]
        return _signed_in(request, user, next_url, with_second_factor=True)
    if answer.wait_until is not None:
        moment = date_format(timezone.localtime(answer.wait_until), "H:i:s")
        form.add_error("code", _("Too many wrong codes. The next one is looked at from %s.") % moment)
    else:
        form.add_error("code", _("This code is wrong or was used before. Wait for the next one."))
    return _code_page(request, form)


@login_not_required
@never_cache
@require_safe
def who(request: HttpRequest) -> JsonResponse:
    """Who is signed in in this browser, with a token for posting: a page that was open before asks it.

    The number is null when nobody is.
    """
    user = request.user
    person = {"person": user.pk, "name": str(user)} if user.is_authenticated else {"person": None}
    return JsonResponse({**person, "token": get_token(request)})


def _code_page(request: HttpRequest, form: CodeForm) -> HttpResponse:
    return render(request, "accounts/sign_in_code.html", {"form": form}, status=422 if form.errors else 200)


def _pending(request: HttpRequest) -> User | None:
    """Who has proved the password a moment ago; a password changed since proves nothing."""
    pending = request.session.get(_PENDING)
    if not pending or time.time() - pending["at"] > _PENDING_SECONDS:
        return None
    user = User.objects.filter(pk=pending["user"], is_active=True).first()
    if user is None or not constant_time_compare(pending["proof"], user.get_session_auth_hash()):
        return None
    return user


def _signed_in(
    request: HttpRequest, user: User, next_url: str, *, with_second_factor: bool = False
) -> HttpResponse:
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    if with_second_factor:
        request.session[sessions.SECOND_FACTOR] = True
    response = HttpResponseRedirect(next_url)
    if devices.welcome(request, response, user, letter=_letter(request)):
        messages.info(
            request, _("You have not signed in on this device before. Your other devices are told of it.")
        )
    return cast(HttpResponse, response)


def _letter(request: HttpRequest) -> tuple[str, str]:
    text = _(
        "Your account was used to sign in on a device it had not been used on before: %(browser)s, %(address)s.\n\n"
        "If it was you, there is nothing to do. If not, sign in at once, choose a new password and tell the school."
    )
    return _("A new device signed in with your account"), text % {
        "browser": browser_of(request) or _("unknown browser"),
        "address": address_of(request),
    }
