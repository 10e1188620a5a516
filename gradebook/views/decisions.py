"""The register of decisions: list, one decision with what rests on it, its scan, and who has read it."""

import logging

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, posted, redirect_to
from accounts.roles import Permission
from gradebook import scans
from gradebook.actions.decision_register import (
    REFUSALS,
    ScanChanged,
    acknowledge,
    edit_decision,
    enter_decision,
)
from gradebook.colleagues import colleagues
from gradebook.decision_uses import uses
from gradebook.downloads import private_file
from gradebook.forms.decision_register import DecisionPaperForm, UnderstoodForm, editing
from gradebook.models import Decision, SchoolYear
from gradebook.years import chosen_year, years

PAGE_SIZE = 30
logger = logging.getLogger(__name__)


@require_safe
def decisions(request: AuthenticatedHttpRequest) -> HttpResponse:
    found = years()
    year = chosen_year(request, found)
    rows = Decision.objects.visible_to(request.user).filter(year=year).select_related("decided_by")
    about = request.GET.get("about", "")
    if about in Decision.About.values:
        rows = rows.filter(about=about)
    context = {
        "year": year,
        "years": found,
        "about": about,
        "matters": Decision.About.choices,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "unread": set(Decision.objects.unread_by(request.user).values_list("pk", flat=True)),
        "may_enter": _may_enter(request, year),
    }
    return render(request, "gradebook/decisions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ISSUE_DECISIONS)
def enter(request: AuthenticatedHttpRequest) -> HttpResponse:
    year = chosen_year(request)
    if year is None:
        raise Http404
    form = DecisionPaperForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            decision = enter_decision(year=year, paper=form.paper, upload=form.upload, by=request.user)
        except REFUSALS as problem:
            form.refuse(problem)
        else:
            messages.success(
                request, _("Decision %(number)s is in the register.") % {"number": decision.number}
            )
            return redirect_to(reverse("gradebook:decision", args=[decision.pk]))
    return _form_page(request, {"form": form, "year": year})


@require_safe
def decision(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _decision_page(request, _visible(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ISSUE_DECISIONS)
def edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    form = DecisionPaperForm(posted(request), request.FILES or None, **editing(found))
    if request.method == "POST" and form.is_valid():
        try:
            edit_decision(decision=found, paper=form.paper, upload=form.upload, by=request.user)
        except REFUSALS as problem:
            form.refuse(problem)
        else:
            messages.success(
                request, _("The register is corrected; what stood there before stays in the history.")
            )
            return redirect_to(reverse("gradebook:decision", args=[pk]))
    return _form_page(request, {"form": form, "year": found.year, "decision": found})


@require_safe
def scan(request: AuthenticatedHttpRequest, pk: int, inline: bool) -> HttpResponse:
    found = _visible(request, pk)
    if not found.scan_path:
        raise Http404
    try:
        data = scans.DECISIONS.genuine(found.scan_path, found.scan_sha256)
    except OSError:
        logger.error("The scan of decision %s is missing or altered in the file store", found.pk)
        messages.error(request, _("The stored file is not the one handed in. Tell the administrator."))
        return _decision_page(request, found, status=409)
    kind = scans.content_type(found.scan_path)
    return private_file(data, name=found.scan_name, content_type=kind, inline=inline)


@require_POST
def confirm(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    form = UnderstoodForm(request.POST)
    if not form.is_valid():
        return _decision_page(request, found, form, status=422)
    try:
        acknowledge(decision=found, seen=form.cleaned_data["seen"], by=request.user)
    except ScanChanged:
        messages.error(request, _("The scan was replaced meanwhile. Read it again."))
    else:
        messages.success(request, _("It is recorded that you have read this decision."))
    return redirect_to(reverse("gradebook:decision", args=[pk]))


def _visible(request: AuthenticatedHttpRequest, pk: int) -> Decision:
    rows = Decision.objects.visible_to(request.user).select_related("year", "decided_by")
    found: Decision = get_object_or_404(rows, pk=pk)
    return found


def _may_enter(request: AuthenticatedHttpRequest, year: SchoolYear | None) -> bool:
    is_open = year is not None and year.is_open
    return is_open and request.user.may(Permission.ISSUE_DECISIONS)


def _form_page(request: AuthenticatedHttpRequest, context: dict[str, object]) -> HttpResponse:
    status = 422 if context["form"].errors else 200  # type: ignore[attr-defined]
    return render(request, "gradebook/decision_form.html", context, status=status)


def _decision_page(
    request: AuthenticatedHttpRequest, found: Decision, form: UnderstoodForm | None = None, status: int = 200
) -> HttpResponse:
    read_at = {row.user_id: row.at for row in found.acknowledgements.all()}
    readers = []
    if found.must_be_read and request.user.may(Permission.ISSUE_DECISIONS):
        readers = [(colleague, read_at.get(colleague.pk)) for colleague in colleagues()]
        readers.sort(key=lambda reader: reader[1] is not None)  # who has not stands first
    context = {
        "decision": found,
        "uses": uses(found, request.user),
        "readers": readers,
        "still_unread": sum(at is None for _reader, at in readers),
        "read_at": read_at.get(request.user.pk),
        "form": form or UnderstoodForm(initial={"seen": found.scan_sha256}),
        "may_edit": _may_enter(request, found.year),
    }
    return render(request, "gradebook/decision.html", context, status=status)
