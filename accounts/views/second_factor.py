"""Set up a second factor, and the recovery codes that are shown once."""

import base64
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import sessions
from accounts.actions import second_factor as actions
from accounts.forms.sign_in import CodeForm, ProofForm
from accounts.http import AuthenticatedHttpRequest, redirect_to


@never_cache
@require_safe
def second_factor(request: AuthenticatedHttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
def second_factor_start(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Who finds a computer signed in could otherwise lock its owner out with a phone of their own."""
    proof = ProofForm(request.user, request.POST)
    if not proof.is_valid():
        return _page(request, proof=proof)
    actions.start(user=request.user)
    return redirect_to(reverse("accounts:second_factor"))


@never_cache
@require_POST
def second_factor_confirm(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form)
    user, key = request.user, request.session.session_key
    codes = actions.confirm(user=user, typed=form.cleaned_data["code"], kept=key)
    if not codes:
        form.add_error(
            "code", _("This code is wrong. Check that the clock of the phone is right, and wait a moment.")
        )
        return _page(request, form=form)
    request.session[sessions.SECOND_FACTOR] = True
    sessions.renew(request, user)
    return _codes_page(request, codes)


@never_cache
@require_POST
def recovery_codes(request: AuthenticatedHttpRequest) -> HttpResponse:
    proof = ProofForm(request.user, request.POST)
    if not actions.has_second_factor(request.user) or not proof.is_valid():
        return _page(request, proof=proof)
    return _codes_page(request, actions.renew_recovery_codes(user=request.user))


@require_POST
def second_factor_remove(request: AuthenticatedHttpRequest) -> HttpResponse:
    proof = ProofForm(request.user, request.POST)
    if not proof.is_valid():
        return _page(request, proof=proof)
    actions.remove(account=request.user, by=request.user)
    request.session.pop(sessions.SECOND_FACTOR, None)
    messages.success(request, _("The second factor is removed. Your password alone opens the account again."))
    return redirect_to(reverse("accounts:own_account"))


def _page(
    request: AuthenticatedHttpRequest, *, form: CodeForm | None = None, proof: ProofForm | None = None
) -> HttpResponse:
    user = request.user
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    context: dict[str, Any] = {
        "form": form or CodeForm(),
        "proof": proof or ProofForm(user),
        "has_factor": actions.has_second_factor(user),
        "codes_left": actions.codes_left(user),
    }
    if device is not None:
        secret = base64.b32encode(device.bin_key).decode()
        context["secret"] = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        context["qr"] = segno.make(device.config_url, micro=False).svg_data_uri(
            scale=5, border=3, light="#fff"
        )
    return render(request, "accounts/second_factor.html", context, status=422 if form or proof else 200)


def _codes_page(request: AuthenticatedHttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "accounts/recovery_codes.html", {"codes": codes})
