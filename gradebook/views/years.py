"""A school year: what stands against closing it, closing and reopening it, and who completed a level."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from gradebook import policies
from gradebook.actions.decisions import DateOutside, NumberTaken
from gradebook.actions.year_closing import NotClosed, NotReady, close_year, reopen_year
from gradebook.forms.decisions import NumberAndDateForm
from gradebook.forms.years import ReasonForm, posted_waivers
from gradebook.leavers import TITLES, read_leavers, workbook_of
from gradebook.models import SchoolYear, YearTurn
from gradebook.views.workbooks import workbook
from gradebook.year_closing import closings, read_closing
from gradebook.years import YearClosed, years


@require_safe
@permission_required(Permission.READ_SCHOOL)
def year(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _page(request, load_year(pk))


@require_POST
def close(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    if not policies.may_close_year(request.user):
        raise PermissionDenied
    chosen, form = load_year(pk), NumberAndDateForm(request.POST)
    waived = posted_waivers(request.POST)
    if form.is_valid():
        try:
            close_year(year=chosen, **form.decision, waived=waived, by=request.user)
        except NotReady:
            form.add_error(None, _("Something still stands against closing the year; see above."))
        except (YearClosed, NumberTaken, DateOutside) as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("School year %(year)s is closed.") % {"year": chosen})
            return redirect_to(reverse("gradebook:year", args=[pk]))
    return _page(request, chosen, closing_form=form, waived=waived)


@require_POST
@permission_required(Permission.ISSUE_DECISIONS)
def reopen(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    chosen, form = load_year(pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, chosen, reopening_form=form)
    try:
        reopen_year(year=chosen, reason=form.cleaned_data["reason"], by=request.user)
    except NotClosed:
        messages.error(request, _("The year is open already."))
    else:
        messages.success(request, _("School year %(year)s is open again.") % {"year": chosen})
    return redirect_to(reverse("gradebook:year", args=[pk]))


@require_safe
@permission_required(Permission.READ_SCHOOL)
def leavers(request: AuthenticatedHttpRequest, pk: int, which: str) -> HttpResponse:
    chosen = load_year(pk)
    if which not in TITLES:
        raise Http404
    context = {"year": chosen, "which": which, "leavers": read_leavers(chosen, which)}
    return render(request, "gradebook/leavers.html", context)


@require_safe
@permission_required(Permission.READ_SCHOOL)
def leavers_workbook(request: AuthenticatedHttpRequest, pk: int, which: str) -> HttpResponse:
    chosen = load_year(pk)
    if which not in TITLES:
        raise Http404
    return workbook(workbook_of(read_leavers(chosen, which), chosen, which), f"{which}-{chosen.name}.xlsx")


def load_year(pk: int) -> SchoolYear:
    found: SchoolYear = get_object_or_404(SchoolYear.objects.select_related("closed_by"), pk=pk)
    return found


def _page(
    request: AuthenticatedHttpRequest,
    chosen: SchoolYear,
    *,
    closing_form: NumberAndDateForm | None = None,
    reopening_form: ReasonForm | None = None,
    waived: dict[int, str] | None = None,
) -> HttpResponse:
    user, closing = request.user, read_closing(chosen) if chosen.is_open else None
    turns = YearTurn.objects.filter(year=chosen).select_related("next_year", "turned_by", "undone_by")
    context = {
        "year": chosen,
        "years": years(),
        "closing": closing,
        "undecided": [(pupil, (waived or {}).get(pupil.pk, "")) for pupil in closing.undecided]
        if closing
        else [],
        "history": closings(chosen),
        "turns": turns,
        "turned": any(turn.undone_at is None for turn in turns),
        "may_close": chosen.is_open and policies.may_close_year(user),
        "may_waive": user.may(Permission.ISSUE_DECISIONS),
        "may_reopen": not chosen.is_open and user.may(Permission.ISSUE_DECISIONS),
        "form": closing_form or NumberAndDateForm(),
        "reopening_form": reopening_form or ReasonForm(),
    }
    refused = closing_form or reopening_form
    return render(request, "gradebook/year.html", context, status=422 if refused else 200)
