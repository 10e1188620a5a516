"""Powers of the principal in other hands: given, ended, and what was done under them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import journal
from accounts.actions.delegations import AlreadyEnded, NotDelegated, delegate_power, end_delegation
from accounts.decorators import permission_required
from accounts.deeds import deeds_of, with_deeds
from accounts.forms.delegations import DelegationForm
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import Delegation
from accounts.roles import Permission

PER_PAGE = 50


@require_safe
@permission_required(Permission.READ_ACCOUNTS)
def delegations(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = DelegationForm(giver=request.user) if request.user.may(Permission.DELEGATE_POWERS) else None
    return _list(request, form)


@require_POST
@permission_required(Permission.DELEGATE_POWERS)
def give(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = DelegationForm(request.POST, giver=request.user)
    if form.is_valid():
        try:
            given = delegate_power(**form.wanted, by=request.user)
        except NotDelegated as problem:
            form.refuse(problem)
        else:
            text = _("%(name)s has the power until %(date)s.")
            messages.success(request, text % {"name": given.receiver, "date": f"{given.until:%d/%m/%Y}"})
            return redirect_to(reverse("accounts:delegations"))
    return _list(request, form)


@require_safe
@permission_required(Permission.READ_ACCOUNTS)
def delegation(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(_all(), pk=pk)
    page = Paginator(deeds_of(shown), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "delegation": shown,
        "page": page,
        "entries": journal.entries(page),
        "today": timezone.localdate(),
    }
    return render(request, "accounts/delegation.html", context)


@require_POST
@permission_required(Permission.DELEGATE_POWERS)
def end(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    ended = get_object_or_404(Delegation.objects.select_related("receiver"), pk=pk)
    try:
        end_delegation(delegation=ended, by=request.user)
    except AlreadyEnded:
        messages.error(request, _("This delegation had ended before."))
    else:
        messages.success(request, _("%(name)s has this power no longer.") % {"name": ended.receiver})
    return redirect_to(reverse("accounts:delegations"))


def _all() -> "QuerySet[Delegation]":
    return with_deeds(Delegation.objects.select_related("giver", "receiver", "ended_by"))


def _list(request: AuthenticatedHttpRequest, form: DelegationForm | None) -> HttpResponse:
    today = timezone.localdate()
    in_force = Delegation.objects.not_over(today)
    context = {
        "standing": _all().filter(pk__in=in_force).order_by("receiver__full_name", "since"),
        "page": Paginator(_all().exclude(pk__in=in_force), PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "today": today,
    }
    status = 422 if form and form.errors else 200
    return render(request, "accounts/delegations.html", context, status=status)
