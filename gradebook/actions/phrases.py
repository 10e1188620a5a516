"""The comment bank: phrases of one's own, and those that the school shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.recorded import create_many
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook import policies
from gradebook.models import Phrase, PhraseOffer, Subject
from gradebook.phrase_text import UnknownPlaceholder, canonical

TEXT_MAX = 500
Key = tuple[str, int | None, str, str]
"""What no owner has twice: text, subject, level of schooling, standing."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A phrase and for whom it is meant; what is empty is meant for all."""

    text: str
    subject: Subject | None = None
    level: str = ""
    standing: str = ""
    need: str = ""

    @property
    def place(self) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "level": self.level,
            "standing": self.standing,
            "need": self.need,
        }


class PhraseRefused(ValueError):
    """Codes: empty, too-long, unknown-placeholder (`found`: as it was typed), there-already, offered-already."""

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(code)
        self.code, self.found = code, found


class PhraseWithdrawn(ValueError):
    """Somebody withdrew it meanwhile."""


@recorded_write
def add_phrases(*, wordings: Sequence[Wording], shared: bool = False, by: User) -> list[Phrase]:
    """All or none: for oneself, or for the school. Raises PhraseRefused."""
    if not policies.may_keep_phrases(by):
        raise PermissionDenied
    owner = _owner(by, shared=shared)
    there = _keys(owner)
    rows = []
    for wording in wordings:
        text = _text(wording, there)
        there.add(_key(text, wording))
        rows.append(Phrase(owner=owner, text=text, **wording.place))
    return create_many(Phrase, rows, by=by)


@recorded_write
def edit_phrase(*, phrase: Phrase, wording: Wording, by: User) -> None:
    """Cells that were filled from it stay as they are. Raises PhraseRefused, PhraseWithdrawn."""
    phrase = held_phrase(phrase, by)
    phrase.text = _text(wording, _keys(phrase.owner, but=phrase.pk))
    for name, value in wording.place.items():
        setattr(phrase, name, value)
    phrase.save_by(by)
    _take_offer_back(phrase, by)


@recorded_write
def withdraw_phrase(*, phrase: Phrase, by: User) -> None:
    """It is offered no more; its row and history stay. Raises PhraseWithdrawn."""
    phrase = held_phrase(phrase, by)
    phrase.is_withdrawn = True
    phrase.save_by(by)
    _take_offer_back(phrase, by)


@recorded_write
def share_phrase(*, phrase: Phrase, by: User) -> Phrase:
    """A copy for the school; one's own stays. Raises PhraseRefused, PhraseWithdrawn."""
    phrase = held_phrase(phrase, by)
    [shared] = add_phrases(wordings=[wording_of(phrase)], shared=True, by=by)
    return shared


def wording_of(phrase: Phrase) -> Wording:
    return Wording(phrase.text, phrase.subject, phrase.level, phrase.standing, phrase.need)


def _take_offer_back(phrase: Phrase, by: User) -> None:
    """What the school was offered is no longer what stands there."""
    for offer in phrase.offers.waiting():
        offer.state = PhraseOffer.State.TAKEN_BACK
        offer.save_by(by)


def _owner(by: User, *, shared: bool) -> User | None:
    if not shared:
        return by
    if not by.may(Permission.SHARE_PHRASES):
        raise PermissionDenied
    return None


def held_phrase(phrase: Phrase, by: User) -> Phrase:
    """The phrase, locked, of who may change it. Raises PermissionDenied, PhraseWithdrawn."""
    found: Phrase = Phrase.objects.select_for_update(of=("self",)).get(pk=phrase.pk)
    if not found.may_be_changed_by(by):
        raise PermissionDenied
    if found.is_withdrawn:
        raise PhraseWithdrawn
    return found


def _keys(owner: User | None, *, but: int | None = None) -> set[Key]:
    rows = Phrase.objects.of_owner(owner).exclude(pk=but)
    return set(rows.values_list("text", "subject", "level", "standing"))


def _key(text: str, wording: Wording) -> Key:
    return text, wording.subject.pk if wording.subject else None, wording.level, wording.standing


def _text(wording: Wording, there: set[Key]) -> str:
    try:
        text = canonical(wording.text)
    except UnknownPlaceholder as unknown:
        raise PhraseRefused("unknown-placeholder", unknown.found) from None
    if not text:
        raise PhraseRefused("empty")
    if len(text) > TEXT_MAX:
        raise PhraseRefused("too-long")
    if _key(text, wording) in there:
        raise PhraseRefused("there-already")
    return text
