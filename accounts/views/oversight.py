"""What a manager keeps an eye on: the watch list, the journal, the rules of sign-in (S0-18, S2-25)."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import journal, watch
from accounts.actions import remind, set_security
from accounts.decorators import permission_required
from accounts.forms.accounts import JournalFilter, SecurityForm
from accounts.http import AuthenticatedHttpRequest, posted, redirect_to
from accounts.models import SecuritySettings
from accounts.roles import Permission
from accounts.views.slips import chosen_accounts
from accounts.views.tabs import tabs_of

PAGE_SIZE = 50


@require_safe
@permission_required(Permission.MANAGE_ACCOUNTS)
def watch_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    context = {
        "rows": watch.watched(),
        "rules": SecuritySettings.current(),
        "tabs": tabs_of(request.user, "watch_list"),
    }
    return render(request, "accounts/watch_list.html", context)


@require_POST
@permission_required(Permission.MANAGE_ACCOUNTS)
def watch_remind(request: AuthenticatedHttpRequest) -> HttpResponse:
    accounts = chosen_accounts(request)
    if not accounts:
        messages.error(request, _("Choose at least one account."))
        return redirect_to(reverse("accounts:watch_list"))
    count = remind(
        accounts,
        subject=_("Please choose a new password"),
        text=_("Sign in at %s and choose a new password under “My account”.") % settings.PUBLIC_URL,
        by=request.user,
    )
    text = ngettext("%d person is reminded.", "%d people are reminded.", count)
    messages.success(request, text % count)
    return redirect_to(reverse("accounts:watch_list"))


@require_safe
@permission_required(Permission.MANAGE_ACCOUNTS)
def journal_page(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = JournalFilter(request.GET)
    form.is_valid()  # a date that cannot be read is marked in the form and does not narrow the list
    page = Paginator(journal.events(**form.cleaned_data), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "entries": journal.entries(page),
        "tabs": tabs_of(request.user, "account_journal"),
    }
    return render(request, "accounts/journal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.SET_SECURITY)
def security(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = SecurityForm(posted(request), initial=model_to_dict(SecuritySettings.current()))
    if not form.is_valid():
        context = {"form": form, "tabs": tabs_of(request.user, "security")}
        return render(request, "accounts/security.html", context, status=422 if form.errors else 200)
    set_security(**form.cleaned_data, by=request.user)
    messages.success(request, _("The rules of sign-in are set."))
    return redirect_to(reverse("accounts:security"))
