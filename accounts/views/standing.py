"""The verbs of an account's page: each is one POST, answered by the page again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.actions import LastPrincipal, RoleHeld, WrongDates, second_factor
from accounts.decorators import permission_required
from accounts.forms.accounts import EndRoleForm, RoleForm
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import HeldRole, User
from accounts.roles import Permission
from accounts.views.accounts import account_page

LAST_PRINCIPAL = gettext_lazy(
    "The school would be left without a principal. Give the role to somebody else first."
)


@require_POST
@permission_required(Permission.MANAGE_ACCOUNTS)
def role_give(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            actions.give_role(user=account, **form.given, by=request.user)
        except RoleHeld:
            form.add_error("role", _("The person holds this role already in these days."))
        except WrongDates:
            form.add_error("until", _("This is before the first day."))
        else:
            messages.success(request, _("The role is given."))
            return _back(account)
    return account_page(request, account, form)


@require_POST
@permission_required(Permission.MANAGE_ACCOUNTS)
def role_end(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(HeldRole.objects.select_related("user"), pk=pk)
    form = EndRoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose when the role ends."))
        return _back(held.user)
    try:
        actions.end_role(held=held, until=form.until, by=request.user)
    except LastPrincipal:
        messages.error(request, LAST_PRINCIPAL)
    except WrongDates:
        messages.error(request, _("This role ended before."))
    else:
        messages.success(request, _("The role is ended."))
    return _back(held.user)


@require_POST
@permission_required(Permission.MANAGE_ACCOUNTS)
def account_disable(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(User, pk=pk)
    try:
        actions.disable_account(account=account, by=request.user)
    except LastPrincipal:
        messages.error(request, LAST_PRINCIPAL)
    else:
        messages.success(request, _("The account is disabled. End its roles too if the person has left."))
    return _back(account)


@require_POST
@permission_required(Permission.MANAGE_ACCOUNTS)
def account_enable(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(User, pk=pk)
    actions.enable_account(account=account, by=request.user)
    messages.success(request, _("The account is enabled."))
    return _back(account)


@require_POST
@permission_required(Permission.MANAGE_ACCOUNTS)
def account_unlock(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(User, pk=pk)
    actions.unlock(account=account, by=request.user)
    messages.success(request, _("Signing in is possible again."))
    return _back(account)


@require_POST
@permission_required(Permission.MANAGE_ACCOUNTS)
def account_sign_out(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(User, pk=pk)
    count = actions.end_sessions(account=account, by=request.user)
    messages.success(request, ngettext("%d session is ended.", "%d sessions are ended.", count) % count)
    return _back(account)


@require_POST
@permission_required(Permission.MANAGE_ACCOUNTS)
def account_remove_factor(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(User.objects.exclude(pk=request.user.pk), pk=pk)
    second_factor.remove(account=account, by=request.user)
    messages.success(request, _("The second factor is removed; the person can set up a new one."))
    return _back(account)


def _back(account: User) -> HttpResponse:
    return redirect_to(reverse("accounts:account", args=[account.pk]))
