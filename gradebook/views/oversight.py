"""Who checks what: everybody sees it, who issues decisions sets it (S0-04, S0-05, S4-06)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import User
from accounts.roles import Permission
from gradebook.actions.oversight import EndsBeforeItBegins, end_oversight, give_oversight
from gradebook.checks import IN_ORDER, read_checks
from gradebook.forms.oversight import REFUSALS, OversightForm
from gradebook.models import Oversight


@require_safe
def oversight(request: AuthenticatedHttpRequest) -> HttpResponse:
    may_set = request.user.may(Permission.ISSUE_DECISIONS)
    leaders = [row for row in read_checks(timezone.localdate()) if row.scopes or may_set]
    return render(request, "gradebook/oversight.html", {"leaders": leaders, "may_set": may_set})


@require_safe
@permission_required(Permission.ISSUE_DECISIONS)
def leader(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(User, pk=pk), OversightForm())


@require_POST
@permission_required(Permission.ISSUE_DECISIONS)
def give(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    form = OversightForm(request.POST)
    if form.is_valid():
        try:
            give_oversight(leader=person, **form.wanted, by=request.user)
        except REFUSALS as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("It is written down what %(name)s checks.") % {"name": person})
            return redirect_to(reverse("gradebook:oversight_leader", args=[pk]))
    return _page(request, person, form)


@require_POST
@permission_required(Permission.ISSUE_DECISIONS)
def end(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    scope = get_object_or_404(Oversight.objects.select_related("leader"), pk=pk)
    try:
        end_oversight(scope=scope, until=max(timezone.localdate(), scope.since), by=request.user)
    except EndsBeforeItBegins:
        messages.error(request, _("This had ended before."))
    else:
        messages.success(request, _("This ends today."))
    return redirect_to(reverse("gradebook:oversight_leader", args=[scope.leader_id]))


def _page(request: AuthenticatedHttpRequest, person: User, form: OversightForm) -> HttpResponse:
    rows = person.oversight.select_related("subject").order_by(*IN_ORDER)
    today = timezone.localdate()
    context = {
        "leader": person,
        "form": form,
        "standing": rows.not_over(today),
        "former": rows.exclude(pk__in=person.oversight.not_over(today)),
        "today": today,
    }
    return render(request, "gradebook/oversight_leader.html", context, status=422 if form.errors else 200)
