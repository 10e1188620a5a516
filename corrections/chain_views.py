"""The steps of a request up to the decision: one view a verb, each shown on the page of the request."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import User
from corrections import actions, cutoffs, policies, sentences
from corrections.chain_forms import AnswerForm, ApprovalForm, NoteForm
from corrections.dossier_page import conflict, dossier_page, too_late, visible_request
from corrections.models import CorrectionRequest
from gradebook.attachments import BadFile
from gradebook.years import YearClosed

May = Callable[[User, CorrectionRequest], bool]


@require_safe
def dossier(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return dossier_page(request, visible_request(request.user, pk))


@require_POST
def endorse(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    correction = _allowed(request, pk, policies.may_endorse)
    return _step(
        request, correction, NoteForm(request.POST), actions.endorse, _("Request %(number)s is confirmed.")
    )


@require_POST
def decline(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    correction = _allowed(request, pk, policies.may_endorse)
    form = NoteForm(request.POST, required=_("Say why the request is not confirmed."))
    return _step(request, correction, form, actions.decline, _("Request %(number)s is not confirmed."))


@require_POST
def approve(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    correction = _allowed(request, pk, policies.may_decide)
    is_late = cutoffs.is_late(correction)
    if is_late and not policies.may_approve_late(request.user, correction):
        raise PermissionDenied
    form = (ApprovalForm if is_late else NoteForm)(request.POST)
    return _step(request, correction, form, actions.approve, _("Request %(number)s is approved."))


@require_POST
def refuse(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    correction = _allowed(request, pk, policies.may_decide)
    form = NoteForm(request.POST, required=_("Say why the request is not approved."))
    return _step(request, correction, form, actions.refuse, _("Request %(number)s is not approved."))


@require_POST
def ask_back(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    correction = _allowed(request, pk, policies.may_ask_back)
    form = NoteForm(request.POST, required=_("Write what you want to know."))

    def ask(*, note: str, **facts: Any) -> None:
        actions.ask_back(text=note, **facts)

    return _step(request, correction, form, ask, _("Request %(number)s is sent back with your question."))


@require_POST
def answer(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    correction = _allowed(request, pk, _is_requester)
    form = AnswerForm(request.POST, request.FILES)

    def give(*, note: str, evidence: list[Any], **facts: Any) -> None:
        actions.answer(text=note, uploads=evidence, **facts)

    try:
        return _step(request, correction, form, give, _("Your answer to request %(number)s is handed in."))
    except BadFile as refused:
        form.explain(refused)
        return dossier_page(request, correction, form, status=422)


@require_POST
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    correction = _allowed(request, pk, _is_requester)
    return _step(
        request, correction, NoteForm(request.POST), actions.withdraw, _("Request %(number)s is withdrawn.")
    )


def _step(
    request: AuthenticatedHttpRequest,
    correction: CorrectionRequest,
    form: NoteForm | AnswerForm,
    act: Callable[..., object],
    done: str,
) -> HttpResponse:
    if not form.is_valid():
        return dossier_page(request, correction, form, status=422)
    try:
        act(correction=correction, by=request.user, **form.cleaned_data)
    except actions.AlreadyDecided:
        return conflict(request, correction.pk, _("Somebody decided this request before."))
    except actions.NotAwaited:
        return too_late(request, correction.pk)
    except YearClosed:
        return conflict(request, correction.pk, sentences.reason("year-closed"))
    messages.success(request, done % {"number": correction.reference})
    return redirect_to(reverse("corrections:dossier", args=[correction.pk]))


def _allowed(request: AuthenticatedHttpRequest, pk: int, may: May) -> CorrectionRequest:
    correction = visible_request(request.user, pk)
    if not may(request.user, correction):
        raise PermissionDenied
    return correction


def _is_requester(user: User, correction: CorrectionRequest) -> bool:
    return user.pk == correction.requested_by_id
