"""Slips with one-time passwords: shown in answer to the form that made them, and never again."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.actions import Slip, reset_passwords
from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import Membership, User
from accounts.names import sort_key
from accounts.roles import Permission


@never_cache
@require_POST
@permission_required(Permission.MANAGE_ACCOUNTS)
def password_reset(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(User, pk=pk)
    return slips_page(request, reset_passwords([account], by=request.user))


@never_cache
@require_POST
@permission_required(Permission.MANAGE_ACCOUNTS)
def slips(request: AuthenticatedHttpRequest) -> HttpResponse:
    """For the accounts ticked in the watch list."""
    accounts = chosen_accounts(request)
    if not accounts:
        messages.error(request, _("Choose at least one account."))
        return redirect_to(reverse("accounts:watch_list"))
    return slips_page(request, reset_passwords(accounts, by=request.user))


def slips_page(request: AuthenticatedHttpRequest, made: Sequence[Slip]) -> HttpResponse:
    context = {"slips": _by_department(made), "address": settings.PUBLIC_URL}
    return render(request, "accounts/slips.html", context)


def _by_department(made: Sequence[Slip]) -> list[tuple[Slip, str]]:
    """Each slip with the department that tells namesakes apart and hands the slips out."""
    members = Membership.objects.on(timezone.localdate()).filter(user__in=[slip.account for slip in made])
    units = dict(members.values_list("user", "department__name"))
    found = [(slip, units.get(slip.account.pk, "")) for slip in made]
    return sorted(found, key=lambda each: (each[1], sort_key(each[0].account.full_name)))


def chosen_accounts(request: AuthenticatedHttpRequest) -> list[User]:
    chosen = [key for key in request.POST.getlist("account") if key.isdecimal() and len(key) < 19]
    return list(User.objects.filter(pk__in=chosen, is_active=True))
