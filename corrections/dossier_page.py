"""The page of a request with its whole chain, and the one act that is this person's next."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from accounts.roles import Permission
from corrections import cutoffs, impasse, policies, sentences, witnesses
from corrections.actions.deciding import UNDECIDED
from corrections.chain_forms import AnswerForm, ApprovalForm, NoteForm
from corrections.effect_words import shown_effects
from corrections.effects import effects_payload
from corrections.inbox import next_waiting
from corrections.models import CorrectionRequest, Status
from corrections.policies import Act
from corrections.steps import steps


def visible_request(user: User, pk: int) -> CorrectionRequest:
    rows = CorrectionRequest.objects.visible_to(user).with_steps()
    found: CorrectionRequest = get_object_or_404(
        rows.prefetch_related("evidence", "presences__person", "presences__pupil__student"), pk=pk
    )
    return found


def dossier_page(
    request: AuthenticatedHttpRequest,
    correction: CorrectionRequest,
    form: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    user = request.user
    school_class = correction.course.school_class if correction.course else correction.school_class
    is_late, act = cutoffs.is_late(correction), policies.next_act(user, correction)
    context = {
        "correction": correction,
        "status_kind": sentences.STATUS_KIND[correction.status],
        "is_late": is_late,
        "steps": steps(correction),
        "effects": shown_effects(effects_payload(correction)),
        "effects_class": school_class,
        "may_pack": user.may(Permission.READ_CORRECTIONS),
        "opens_book": policies.opens_book(user, correction),
        "reads_whole": policies.reads_whole(user, school_class),
        "act": act,
        "form": form or _form(act, correction, user, is_late=is_late),
        "next": next_waiting(user, correction),
        "decides_late": policies.may_approve_late(user, correction),
        **_who_decides(user, correction, act, is_late=is_late),
        **_acts_beside(user, correction),
    }
    return render(request, "corrections/dossier.html", context, status=status)


def conflict(request: AuthenticatedHttpRequest, pk: int, sentence: str) -> HttpResponse:
    """The dossier as it is now, with why the act came too late."""
    messages.error(request, sentence)
    return dossier_page(request, visible_request(request.user, pk), status=409)


def too_late(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return conflict(
        request, pk, _("Meanwhile this request was decided, sent back, withdrawn or carried out.")
    )


def _acts_beside(user: User, correction: CorrectionRequest) -> dict[str, Any]:
    """What can be done beside the next step."""
    waits = correction.status == Status.WAITING_FOR_ANSWER
    without = correction.status == Status.WAITING_FOR_ENDORSEMENT and not policies.endorsers(correction)
    return {
        "may_withdraw": policies.may_withdraw(user, correction),
        "may_refuse_meanwhile": waits and policies.may_decide(user, correction),
        "nobody_confirms": without,
        "parts": _parts(user, correction),
    }


def _parts(user: User, correction: CorrectionRequest) -> list[witnesses.Place]:
    """The parts in which this person is awaited now."""
    if correction.status != Status.WAITING_FOR_EXECUTION or policies.may_execute(user, correction):
        return []
    found = witnesses.places(correction, timezone.now())
    if any(place.presence and place.presence.person_id == user.pk for place in found):
        return []
    awaited = (place for place in found if place.presence is None)
    return [place for place in awaited if witnesses.may_stand(user, place, correction)]


def _who_decides(
    user: User, correction: CorrectionRequest, act: Act | None, *, is_late: bool
) -> dict[str, Any]:
    """Asked only where it may be nobody: before the decision, of a reader who is not the one."""
    awaited = act in (Act.ENDORSE, Act.DECIDE) and not is_late
    if correction.status not in UNDECIDED or awaited:
        return {}
    return impasse.who_decides(user, correction, is_late=is_late)


def _form(act: Act | None, correction: CorrectionRequest, user: User, *, is_late: bool) -> Form:
    if act == Act.ANSWER:
        return AnswerForm()
    if act == Act.DECIDE and is_late and policies.may_approve_late(user, correction):
        return ApprovalForm()
    return NoteForm()
