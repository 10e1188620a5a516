"""My account: password, sessions, devices, and what happened to it (S0-40, S0-53, S1-03, S2-31, S4-41)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import devices, sessions, watch
from accounts.actions import change_password, end_sessions, second_factor
from accounts.forms.sign_in import OwnPasswordForm
from accounts.http import AuthenticatedHttpRequest, posted, redirect_to
from accounts.journal import entries_about
from accounts.models import OpenSession

RECENT = 15


@require_safe
def own_account(request: AuthenticatedHttpRequest) -> HttpResponse:
    user = request.user
    context = {
        "sessions": sessions.of(user),
        "current_key": request.session.session_key,
        "new_devices": devices.to_confirm(request, user),
        "has_factor": second_factor.has_second_factor(user),
        "codes_left": second_factor.codes_left(user),
        "reminder": watch.reminder_for(user),
        "entries": entries_about(user, RECENT),
        "held_roles": user.held_roles.filter(is_withdrawn=False).order_by("-since"),
    }
    return render(request, "accounts/own_account.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = OwnPasswordForm(request.user, posted(request))
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "accounts/password.html", {"form": form}, status=status)
    change_password(
        user=request.user, password=form.cleaned_data["new_password1"], kept=request.session.session_key
    )
    sessions.renew(request, request.user)
    messages.success(request, _("Your new password is set. Everywhere else you have been signed out."))
    return redirect_to(reverse("home"))


@require_POST
def session_end(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(OpenSession, pk=pk, user=request.user)
    end_sessions(account=request.user, by=request.user, only=OpenSession.objects.filter(pk=session.pk))
    messages.success(request, _("This session is ended."))
    return redirect_to(reverse("accounts:own_account"))


@require_POST
def sessions_end(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All but this one."""
    others = OpenSession.objects.exclude(session_key=request.session.session_key)
    count = end_sessions(account=request.user, by=request.user, only=others)
    text = ngettext("%d other session is ended.", "%d other sessions are ended.", count)
    messages.success(request, text % count)
    return redirect_to(reverse("accounts:own_account"))


@require_POST
def device_confirm(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    device = get_object_or_404(devices.to_confirm(request, request.user), pk=pk)
    devices.confirm(device, by=request.user)
    messages.success(request, _("Good. This device is known from now on."))
    return redirect_to(reverse("accounts:own_account"))
