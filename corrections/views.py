import logging
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import User
from accounts.roles import Permission
from corrections import actions, policies, sentences
from corrections import evidence as files
from corrections.effect_words import shown_effects
from corrections.effects import effects_payload
from corrections.forms import NoteForm, RefusalForm
from corrections.models import CorrectionRequest, CorrectionRequestQuerySet, Decision, Evidence
from gradebook.downloads import private_file
from gradebook.years import YearClosed

PAGE_SIZE = 20
logger = logging.getLogger(__name__)


@require_safe
def requests(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What waits for me, what I asked for, all I may see."""
    tabs = _tabs(request.user)
    chosen = request.GET.get("tab", "")
    if chosen not in tabs:
        chosen = next(iter(tabs))
    page = Paginator(tabs[chosen].with_steps().newest_first(), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(correction, sentences.STATUS_KIND[correction.status]) for correction in page]
    context = {"tabs": tabs, "chosen": chosen, "page": page, "rows": rows}
    return render(request, "corrections/requests.html", context)


@require_safe
def dossier(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    correction = _visible_request(request.user, pk)
    return _dossier_page(request, correction, NoteForm())


@require_POST
def approve(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, NoteForm(request.POST), actions.approve, _("Request %(number)s is approved."))


@require_POST
def refuse(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    form = RefusalForm(request.POST)
    return _decide(request, pk, form, actions.refuse, _("Request %(number)s is not approved."))


@require_POST
def execute(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    correction = _visible_request(request.user, pk)
    try:
        execution = actions.execute(correction=correction, by=request.user)
    except actions.NotWaiting:
        return _conflict(request, pk, _("This request is not waiting to be carried out."))
    except YearClosed:
        return _conflict(request, pk, sentences.reason("year-closed"))
    if execution.applied:
        done = (
            _("The profile is changed.")
            if correction.student
            else _("The values are changed. The book stayed locked.")
        )
        messages.success(request, done)
    else:
        messages.error(request, _("Nothing was changed.") + " " + sentences.reason(execution.refusal))
    return redirect_to(reverse("corrections:dossier", args=[pk]))


@require_safe
def evidence(request: AuthenticatedHttpRequest, pk: int, evidence_pk: int) -> HttpResponse:
    """The original file, never shown inside the portal's own pages."""
    found = get_object_or_404(Evidence, pk=evidence_pk, request=_visible_request(request.user, pk))
    try:
        data = files.read(found.sha256)
    except files.Altered:
        logger.error("Evidence %s is missing or altered in the file store", found.pk)
        return _conflict(request, pk, _("The stored file is not the one handed in. Tell the administrator."))
    return private_file(data, name=found.file_name, content_type=found.content_type)


def _decide(
    request: AuthenticatedHttpRequest, pk: int, form: NoteForm, act: Callable[..., Decision], done: str
) -> HttpResponse:
    correction = _visible_request(request.user, pk)
    if not policies.may_decide(request.user, correction):
        raise PermissionDenied
    if not form.is_valid():
        return _dossier_page(request, correction, form, status=422)
    try:
        act(correction=correction, by=request.user, note=form.cleaned_data["note"])
    except actions.AlreadyDecided:
        return _conflict(request, pk, _("Somebody decided this request before."))
    except YearClosed:
        return _conflict(request, pk, sentences.reason("year-closed"))
    messages.success(request, done % {"number": correction.reference})
    return redirect_to(reverse("corrections:dossier", args=[pk]))


def _dossier_page(
    request: AuthenticatedHttpRequest, correction: CorrectionRequest, form: NoteForm, status: int = 200
) -> HttpResponse:
    school_class = correction.course.school_class if correction.course else correction.school_class
    context = {
        "correction": correction,
        "status_kind": sentences.STATUS_KIND[correction.status],
        "steps": sentences.steps(correction),
        "effects": shown_effects(effects_payload(correction)),
        "effects_class": school_class,
        "reads_whole": policies.reads_whole(request.user, school_class),
        "next_step": policies.next_step_of(request.user, correction),
        "form": form,
    }
    return render(request, "corrections/dossier.html", context, status=status)


def _conflict(request: AuthenticatedHttpRequest, pk: int, sentence: str) -> HttpResponse:
    """The dossier as it is now, with why the act came too late."""
    messages.error(request, sentence)
    return _dossier_page(request, _visible_request(request.user, pk), NoteForm(), status=409)


def _tabs(user: User) -> dict[str, CorrectionRequestQuerySet]:
    """The lists this person has, the most useful first."""
    visible = CorrectionRequest.objects.visible_to(user)
    tabs: dict[str, CorrectionRequestQuerySet] = {}
    if user.may(Permission.DECIDE_CORRECTION) or user.may(Permission.EXECUTE_CORRECTION):
        tabs["waiting"] = visible.waiting_for(user)
    tabs["mine"] = visible.requested_by(user)
    if user.may(Permission.READ_CORRECTIONS):
        tabs["all"] = visible
    return tabs


def _visible_request(user: User, pk: int) -> CorrectionRequest:
    found: CorrectionRequest = get_object_or_404(
        CorrectionRequest.objects.visible_to(user).with_steps().prefetch_related("evidence"), pk=pk
    )
    return found
