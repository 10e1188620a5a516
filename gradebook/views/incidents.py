"""What went wrong, told to the board from any page; the board's list; answers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, posted, redirect_to
from gradebook.actions.incidents import (
    AlreadyAnswered,
    AlreadySettled,
    answer_incident,
    may_settle,
    report_incident,
    settle_incident,
)
from gradebook.forms.incidents import AnswerForm, ReportForm, page_of
from gradebook.models import Incident, IncidentQuerySet
from gradebook.models.decisions import answers_incidents

PAGE_SIZE = 20
STATES = {
    "unanswered": gettext_lazy("Waiting for an answer"),
    "answered": gettext_lazy("Answered"),
    "settled": gettext_lazy("Settled"),
}


@require_safe
def incidents(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One's own reports."""
    return _list(request, Incident.objects.of_reporter(request.user), desk=False)


@require_safe
def desk(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Every report, for the board."""
    if not answers_incidents(request.user):
        raise PermissionDenied
    return _list(request, Incident.objects.all(), desk=True)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AuthenticatedHttpRequest) -> HttpResponse:
    if not request.user.roles:
        raise PermissionDenied
    form = ReportForm(posted(request), initial=page_of(request.GET.get("page", "")))
    if request.method == "POST" and form.is_valid():
        incident = report_incident(**form.cleaned_data, by=request.user)
        messages.success(request, _("Report %(number)d is with the board.") % {"number": incident.number})
        return redirect_to(reverse("gradebook:incident", args=[incident.pk]))
    return render(request, "gradebook/incident_form.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def incident(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk), AnswerForm())


@require_POST
def answer(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    if not answers_incidents(request.user):
        raise PermissionDenied
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        answer_incident(incident=found, answer=form.cleaned_data["answer"], by=request.user)
    except (AlreadyAnswered, AlreadySettled):
        # What stands now is on the page; what was typed is not lost.
        messages.error(request, _("Somebody answered or settled this report before."))
        return _page(request, _visible(request, pk), form, status=409)
    messages.success(request, _("Report %(number)d is answered.") % {"number": found.number})
    return redirect_to(reverse("gradebook:incident", args=[pk]))


@require_POST
def settle(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    try:
        settle_incident(incident=found, by=request.user)
    except AlreadySettled:
        messages.error(request, _("It was said before that this is over."))
    else:
        messages.success(request, _("Report %(number)d is settled.") % {"number": found.number})
    return redirect_to(reverse("gradebook:incident", args=[pk]))


def _visible(request: AuthenticatedHttpRequest, pk: int) -> Incident:
    rows = Incident.objects.visible_to(request.user)
    found: Incident = get_object_or_404(
        rows.select_related("reported_by", "answered_by", "settled_by"), pk=pk
    )
    return found


def _list(request: AuthenticatedHttpRequest, rows: IncidentQuerySet, *, desk: bool) -> HttpResponse:
    state = request.GET.get("state", "")
    if state in STATES:
        rows = getattr(rows, state)()
    context = {
        "page": Paginator(rows.select_related("reported_by"), PAGE_SIZE).get_page(request.GET.get("page")),
        "state": state,
        "states": STATES.items(),
        "desk": desk,
        "answers": desk or answers_incidents(request.user),
    }
    return render(request, "gradebook/incidents.html", context)


def _page(
    request: AuthenticatedHttpRequest, found: Incident, form: AnswerForm, status: int = 200
) -> HttpResponse:
    unanswered = found.answered_at is None and found.settled_at is None
    answers = answers_incidents(request.user)
    context = {
        "incident": found,
        "form": form if answers and (unanswered or form.is_bound) else None,
        "may_answer": unanswered,
        "answers": answers,
        "may_settle": found.settled_at is None and may_settle(request.user, found),
    }
    return render(request, "gradebook/incident.html", context, status=status)
