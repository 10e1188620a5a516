"""Carrying out: one screen for who does it, and for those who are there."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import User
from corrections import actions, policies, sentences, witnesses
from corrections.chain_forms import PresenceForm, PupilsForm
from corrections.dossier_page import conflict, too_late, visible_request
from corrections.models import CorrectionRequest, Execution, Presence, Status
from gradebook.years import YearClosed


@never_cache
@require_safe
def carry_out(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    correction = _executable(request.user, pk)
    if correction.status != Status.WAITING_FOR_EXECUTION:
        return redirect_to(reverse("corrections:dossier", args=[pk]))
    return _page(request, correction)


@require_POST
def present(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """In the own session."""
    correction = visible_request(request.user, pk)
    part = request.POST.get("part", "")
    try:
        actions.confirm_presence(correction=correction, part=part, way=Presence.Way.SESSION, by=request.user)
    except actions.NotAwaited:
        return too_late(request, pk)
    except actions.PresenceRefused as refused:
        if refused.code == "not-yours":
            raise PermissionDenied from None
        return conflict(request, pk, sentences.presence(refused.code))
    messages.success(
        request, _("It is noted that you are present. It counts for two hours, until the day ends.")
    )
    return redirect_to(reverse("corrections:dossier", args=[pk]))


@sensitive_post_parameters("password", "code")
@never_cache
@require_POST
def present_here(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """With user name and password at the screen of who carries it out, whose session it stays."""
    correction = _executable(request.user, pk)
    form = PresenceForm(request, part=request.POST.get("part", ""), data=request.POST)
    if form.is_valid() and _stands(request, correction, form):
        return redirect_to(reverse("corrections:carry_out", args=[pk]))
    status = 429 if form.is_locked else 422
    return _page(request, visible_request(request.user, pk), form=form, status=status)


@require_POST
def execute(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    correction = _executable(request.user, pk)
    pupils = None
    if witnesses.asks_pupils(correction) and correction.status == Status.WAITING_FOR_EXECUTION:
        pupils = PupilsForm(request.POST, correction=correction)
        if not pupils.is_valid():
            return _page(request, correction, pupils=pupils, status=422)
    try:
        execution = actions.execute(
            correction=correction, by=request.user, pupils=pupils.pupils if pupils else ()
        )
    except actions.NotWaiting:
        return conflict(request, pk, _("This request is not waiting to be carried out."))
    except YearClosed:
        return conflict(request, pk, sentences.reason("year-closed"))
    except actions.NotAllPresent:
        messages.error(request, _("Nothing was changed: not all who must be present have confirmed it."))
        return _page(request, visible_request(request.user, pk), pupils=pupils, status=409)
    _tell(request, correction, execution)
    return redirect_to(reverse("corrections:dossier", args=[pk]))


def _executable(user: User, pk: int) -> CorrectionRequest:
    correction = visible_request(user, pk)
    if not policies.may_execute(user, correction):
        raise PermissionDenied
    return correction


def _stands(request: AuthenticatedHttpRequest, correction: CorrectionRequest, form: PresenceForm) -> bool:
    person: User = form.get_user()
    if person.pk == request.user.pk:
        form.add_error(NON_FIELD_ERRORS, sentences.presence("executor"))
        return False
    try:
        actions.confirm_presence(
            correction=correction,
            part=form.cleaned_data["part"],
            way=Presence.Way.PASSWORD,
            by=person,
            screen_of=request.user,
        )
    except actions.NotAwaited:
        form.add_error(NON_FIELD_ERRORS, _("This request is not waiting to be carried out."))
    except actions.PresenceRefused as refused:
        form.add_error(NON_FIELD_ERRORS, sentences.presence(refused.code))
    return not form.errors


def _page(
    request: AuthenticatedHttpRequest,
    correction: CorrectionRequest,
    *,
    form: PresenceForm | None = None,
    pupils: PupilsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    places = witnesses.places(correction, timezone.now())
    awaited = form.data.get("part") if form else None
    rows = [
        (place, form if form and awaited == place.part else PresenceForm(request, part=place.part))
        for place in places
    ]
    asks_pupils = witnesses.asks_pupils(correction)
    context = {
        "correction": correction,
        "opens_book": policies.opens_book(request.user, correction),
        "rows": rows,
        "all_present": all(place.presence for place in places),
        "leaders": witnesses.leaders(correction) if _awaits_leader(places) else None,
        "opened": awaited,
        "pupils": pupils or (PupilsForm(correction=correction) if asks_pupils else None),
    }
    return render(request, "corrections/carry_out.html", context, status=status)


def _awaits_leader(places: Sequence[witnesses.Place]) -> bool:
    return any(place.person is None and place.presence is None for place in places)


def _tell(request: AuthenticatedHttpRequest, correction: CorrectionRequest, execution: Execution) -> None:
    if not execution.applied:
        messages.error(request, _("Nothing was changed.") + " " + sentences.reason(execution.refusal))
    elif correction.student:
        messages.success(request, _("The profile is changed."))
    else:
        messages.success(request, _("The values are changed. What was locked of the book stayed locked."))
