"""Own phrases offered to the school's bank: offer, accept, decline."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest
from accounts.roles import Permission
from gradebook.actions.phrase_offers import NoReason, OfferGone, accept_offer, decline_offer, offer_phrase
from gradebook.actions.phrases import PhraseRefused, PhraseWithdrawn
from gradebook.forms.phrases import REASONS
from gradebook.models import PhraseOffer
from gradebook.views.phrases import back_to_bank, load_phrase


@require_POST
def offer(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    phrase = load_phrase(request, pk)
    try:
        offer_phrase(phrase=phrase, by=request.user)
    except PhraseRefused as refused:
        messages.error(request, REASONS[refused.code])
    except PhraseWithdrawn:
        messages.info(request, _("Somebody withdrew this phrase meanwhile."))
    else:
        messages.success(request, _("The phrase is offered. Who keeps the school's bank answers."))
    return back_to_bank()


@require_POST
@permission_required(Permission.SHARE_PHRASES)
def accept(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    try:
        accept_offer(offer=get_object_or_404(PhraseOffer, pk=pk), by=request.user)
    except PhraseRefused as refused:
        messages.error(request, REASONS[refused.code])
    except OfferGone:
        messages.info(request, _("This offer waits no more."))
    else:
        messages.success(request, _("Every teacher is offered the phrase now."))
    return back_to_bank()


@require_POST
@permission_required(Permission.SHARE_PHRASES)
def decline(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    offered = get_object_or_404(PhraseOffer, pk=pk)
    try:
        decline_offer(offer=offered, reason=request.POST.get("reason", ""), by=request.user)
    except NoReason:
        messages.error(request, _("Say why: the teacher reads it beside the phrase."))
    except OfferGone:
        messages.info(request, _("This offer waits no more."))
    else:
        messages.success(request, _("The offer is declined; the teacher reads why."))
    return back_to_bank()
