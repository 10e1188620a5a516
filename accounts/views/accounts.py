"""The list of accounts, one account, a new one, and its particulars (S0-17, S0-18, S2-24, S3-03, S4-17)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import lockout, policies, sessions, watch
from accounts.actions import StaffCodeTaken, UserNameTaken, create_accounts, edit_account, second_factor
from accounts.decorators import permission_required
from accounts.forms.accounts import AccountFilter, AccountForm, NewAccountForm, RoleForm
from accounts.http import AuthenticatedHttpRequest, posted, redirect_to
from accounts.journal import entries_about
from accounts.models import HeldRole, SecuritySettings, User
from accounts.names import search_key, sort_key
from accounts.roles import Permission
from accounts.views.slips import slips_page
from accounts.views.tabs import tabs_of

PAGE_SIZE = 50
RECENT = 20
_ACTIVE = {"": True, "disabled": False}


@require_safe
@permission_required(Permission.MANAGE_ACCOUNTS)
def accounts(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = AccountFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(_found(chosen), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "locked": lockout.locked(page.object_list),
        "tabs": tabs_of(request.user, "accounts"),
    }
    return render(request, "accounts/accounts.html", context)


@require_safe
@permission_required(Permission.MANAGE_ACCOUNTS)
def account(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return account_page(request, get_object_or_404(User, pk=pk))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.MANAGE_ACCOUNTS)
def account_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = NewAccountForm(posted(request), initial={"since": timezone.localdate()})
    if form.is_valid():
        try:
            return slips_page(request, create_accounts([form.row], by=request.user))
        except UserNameTaken:
            form.add_error("username", _("This user name belongs to somebody else."))
        except StaffCodeTaken:
            form.add_error("staff_code", _("This staff code belongs to somebody else."))
    return render(request, "accounts/account_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.MANAGE_ACCOUNTS)
def account_edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(User, pk=pk)
    initial = {"full_name": shown.full_name, "staff_code": shown.staff_code, "email": shown.email}
    form = AccountForm(posted(request), initial=initial)
    if form.is_valid():
        try:
            edit_account(account=shown, **form.cleaned_data, by=request.user)
        except StaffCodeTaken:
            shown.refresh_from_db()  # not what the refused form made of it
            form.add_error("staff_code", _("This staff code belongs to somebody else."))
        else:
            messages.success(request, _("Saved."))
            return redirect_to(reverse("accounts:account", args=[pk]))
    context = {"form": form, "account": shown}
    return render(request, "accounts/account_edit.html", context, status=422 if form.errors else 200)


def account_page(
    request: AuthenticatedHttpRequest, shown: User, role_form: RoleForm | None = None
) -> HttpResponse:
    context = {
        "account": shown,
        "held_roles": _roles(shown),
        "role_form": role_form or RoleForm(initial={"since": timezone.localdate()}),
        "sessions": sessions.of(shown),
        "has_factor": second_factor.has_second_factor(shown),
        "locked": lockout.locked([shown]),
        "findings": list(watch.password_findings(shown, SecuritySettings.current(), timezone.now())),
        "entries": entries_about(shown, RECENT),
        **_may(request.user, shown),
    }
    return render(request, "accounts/account.html", context, status=422 if role_form else 200)


def _may(by: User, shown: User) -> dict[str, bool]:
    return {
        "may_manage": policies.may_manage(by, shown),
        "may_change_standing": policies.may_change_standing(by, shown),
        "is_self": by == shown,
    }


def _roles(shown: User) -> list[tuple[HeldRole, bool]]:
    """Each with whether it can still be ended."""
    today = timezone.localdate()
    held = shown.held_roles.filter(is_withdrawn=False).order_by("-since", "role")
    return [(row, row.until is None or row.until >= today) for row in held]


def _found(chosen: dict[str, Any]) -> list[User]:
    """Searched here and not in the database, so that diacritics matter on neither (and a school has hundreds)."""
    today = timezone.localdate()
    found = User.objects.with_roles_on(today)
    if (state := chosen.get("state", "")) in _ACTIVE:
        found = found.filter(is_active=_ACTIVE[state])
    if role := chosen.get("role"):
        found = found.filter(pk__in=HeldRole.objects.on(today).filter(role=role).values("user"))
    wanted = search_key(chosen.get("q", ""))
    people = [user for user in found if wanted in _searched(user)]
    return sorted(people, key=lambda user: sort_key(user.full_name))


def _searched(user: User) -> str:
    return search_key(f"{user.full_name} {user.username} {user.staff_code} {user.email}")
