"""How long what is kept, what is due, and the decisions by which something was destroyed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from archive import retention
from archive.models import Destruction, Document, RetentionRule
from archive.retention_forms import DestructionForm, RuleForm


@require_safe
@permission_required(Permission.READ_ARCHIVE)
def rules(request: AuthenticatedHttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@permission_required(Permission.ISSUE_DECISIONS)
def set_rule(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = RuleForm(request.POST)
    if not form.is_valid():
        return _page(request, rule_form=form)
    retention.set_rule(facts=form.cleaned_data, by=request.user)
    messages.success(request, _("The retention is set. Lines before it stay in the history."))
    return redirect_to(reverse("archive:retention"))


@require_POST
@permission_required(Permission.ISSUE_DECISIONS)
def destroy(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = DestructionForm(request.POST, due=retention.due(timezone.localdate()))
    if not form.is_valid():
        return _page(request, destruction_form=form)
    try:
        decided = retention.decide_destruction(**form.chosen, by=request.user)
    except retention.NotDue:
        messages.warning(request, _("Nothing of this kind and year is due any more."))
        return redirect_to(reverse("archive:retention"))
    return redirect_to(reverse("archive:destruction", args=[decided.pk]))


@require_safe
@permission_required(Permission.READ_ARCHIVE)
def destruction(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The certificates, and which files nobody has removed yet."""
    shown = get_object_or_404(Destruction.objects.select_related("year", "rule", "decided_by"), pk=pk)
    files = [file for each in shown.certificates.all() for file in retention.files_of(each)]
    left = sum(file.is_left for file in files)
    context = {"destruction": shown, "files": files, "left": left}
    return render(request, "archive/destruction.html", context)


def _page(
    request: AuthenticatedHttpRequest,
    *,
    rule_form: RuleForm | None = None,
    destruction_form: DestructionForm | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    in_force, due = retention.in_force(today), retention.due(today)
    context = {
        "kinds": [(kind.label, in_force.get(kind.value)) for kind in Document],
        "due": due,
        "to_come": RetentionRule.objects.filter(effective_from__gt=today),
        "destructions": Destruction.objects.select_related("year", "decided_by"),
        "may_decide": request.user.may(Permission.ISSUE_DECISIONS),
        "rule_form": rule_form or RuleForm(),
        "destruction_form": destruction_form or DestructionForm(due=due),
    }
    refused = rule_form or destruction_form
    return render(request, "archive/retention.html", context, status=422 if refused else 200)
