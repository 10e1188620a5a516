"""The desk where people print papers: check sheets, own books, blank books, summaries, term sheets."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from archive import actions, asking, shelves
from archive.forms import PaperForm
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
    asked, waiting = actions.request_papers(wanted=wanted, by=request.user)
    _say(request, len(asked), waiting)
    if len(asked) == 1:
        return redirect_to(reverse("archive:edition", args=[asked[0].pk]))
    return redirect_to(reverse("archive:papers"))


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
    context = {
        "years": found,
        "year": year,
        "forms": forms,
        "editions": shelves.papers_of(request.user, year),
        "most": shelves.MOST_PAPERS,
    }
    return render(request, "archive/papers.html", context, status=422 if refused else 200)


def _say(request: AuthenticatedHttpRequest, asked: int, waiting: int) -> None:
    if asked:
        text = ngettext("%(count)d paper is being printed.", "%(count)d papers are being printed.", asked)
        messages.success(request, text % {"count": asked})
    if waiting:
        text = ngettext(
            "%(count)d is still being printed from before and was not asked for again.",
            "%(count)d are still being printed from before and were not asked for again.",
            waiting,
        )
        messages.warning(request, text % {"count": waiting})
    if not asked and not waiting:
        messages.info(request, _("There is no such paper: a secondary class has a summary of each semester."))
