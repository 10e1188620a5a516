"""The desk where people print papers: check sheets, own books, blank books, summaries, term sheets."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from archive import actions, asking, shelves
from archive.answers import to_edition
from archive.forms import PaperForm
from archive.freezing import StillRendering
from archive.models import Edition
from archive.order_actions import order_papers
from archive.wanted import Wanted
from gradebook.models import SchoolYear
from gradebook.years import chosen_year, years


@require_safe
def papers(request: AuthenticatedHttpRequest) -> HttpResponse:
    found = years()
    return _desk(request, found, chosen_year(request, found))


@require_POST
def request_papers(request: AuthenticatedHttpRequest, panel: str) -> HttpResponse:
    """Ask for what a panel of the desk offers this person."""
    found = years()
    year = chosen_year(request, found)
    offered = {each.name: each for each in asking.panels(request.user, year)}
    if panel not in offered or year is None:
        raise PermissionDenied
    form = PaperForm(request.POST, panel=offered[panel])
    if not form.is_valid():
        return _desk(request, found, year, form)
    wanted = asking.wanted(request.user, year, **form.cleaned_data)
    if len(wanted) == 1:
        return _request(request, wanted[0])
    if wanted:
        given = order_papers(year=year, choice=form.cleaned_data, by=request.user)
        return redirect_to(reverse("archive:paper_order", args=[given.pk]))
    if form.cleaned_data["kind"] == Edition.Kind.TRANSCRIPT:
        messages.info(request, _("No transcript of these pupils is issued yet: there is nothing to print."))
    else:
        messages.info(request, _("There is no such paper: a secondary class has a summary of each semester."))
    return redirect_to(reverse("archive:papers"))


def _request(request: AuthenticatedHttpRequest, wanted: Wanted) -> HttpResponse:
    """One paper is frozen at once."""
    try:
        edition = actions.request_paper(wanted=wanted, by=request.user)
    except StillRendering:
        messages.warning(request, _("It is still being printed from before and was not asked for again."))
        return redirect_to(reverse("archive:papers"))
    return to_edition(request, edition)


def _desk(
    request: AuthenticatedHttpRequest,
    found: list[SchoolYear],
    year: SchoolYear | None,
    refused: PaperForm | None = None,
) -> HttpResponse:
    panels = asking.panels(request.user, year)
    forms = [
        refused if refused and refused.panel.name == panel.name else PaperForm(panel=panel)
        for panel in panels
    ]
    every = request.GET.get("orders") == "all"
    orders = shelves.orders_of(request.user, year, every=every)
    shown = orders if every else orders[: shelves.MOST_ORDERS]
    context = {
        "years": found,
        "year": year,
        "forms": forms,
        "orders": [(order, asking.scope_name(order.scope)) for order in shown],
        "has_older_orders": len(orders) > len(shown),
        "transcripts": shelves.transcripts_of(request.user, year),
        "editions": shelves.papers_of(request.user, year),
        "most": shelves.MOST_PAPERS,
    }
    return render(request, "archive/papers.html", context, status=422 if refused else 200)
