"""A teacher offers an own phrase to the school's bank; who keeps the bank accepts or declines it."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook.actions.phrases import PhraseRefused, add_phrases, held_phrase, wording_of
from gradebook.models import Phrase, PhraseOffer

REASON_MAX = 300


class OfferGone(ValueError):
    """Somebody has answered it, or its owner changed the phrase or took it back."""


class NoReason(ValueError):
    """Who declines says why."""


@recorded_write
def offer_phrase(*, phrase: Phrase, by: User) -> PhraseOffer:
    """Ask for an own phrase to become the school's. Raises PhraseRefused (offered-already), PhraseWithdrawn."""
    phrase = held_phrase(phrase, by)
    if phrase.owner_id != by.pk:
        raise PermissionDenied
    if phrase.offers.waiting().exists():
        raise PhraseRefused("offered-already")
    offer = PhraseOffer(phrase=phrase, offered_at=timezone.now())
    offer.save_by(by)
    return offer


@recorded_write
def accept_offer(*, offer: PhraseOffer, by: User) -> Phrase:
    """A copy for the school; the teacher's own stays. Raises OfferGone, PhraseRefused (there-already)."""
    offer = _waiting(offer, by)
    [shared] = add_phrases(wordings=[wording_of(offer.phrase)], shared=True, by=by)
    _answer(offer, PhraseOffer.State.ACCEPTED, "", by)
    return shared


@recorded_write
def decline_offer(*, offer: PhraseOffer, reason: str, by: User) -> None:
    """The teacher reads the reason beside the phrase. Raises OfferGone, NoReason."""
    if not reason.strip():
        raise NoReason
    _answer(_waiting(offer, by), PhraseOffer.State.DECLINED, reason.strip()[:REASON_MAX], by)


def _waiting(offer: PhraseOffer, by: User) -> PhraseOffer:
    """Held by its phrase's row, as an edit of the phrase holds it: what is accepted is what was read."""
    if not by.may(Permission.SHARE_PHRASES):
        raise PermissionDenied
    Phrase.objects.select_for_update(of=("self",)).get(pk=offer.phrase_id)
    found: PhraseOffer = PhraseOffer.objects.select_related("phrase__subject").get(pk=offer.pk)
    if found.state != PhraseOffer.State.WAITING:
        raise OfferGone
    if found.phrase.owner_id == by.pk:
        raise PermissionDenied
    return found


def _answer(offer: PhraseOffer, state: str, reason: str, by: User) -> None:
    offer.state, offer.reason = state, reason
    offer.answered_by, offer.answered_at = by, timezone.now()
    offer.save_by(by, reason=reason)
    audit.record(by=by, verb=f"gradebook.phrase.{state}", target=offer, reason=reason)
