"""Saying that one is there while a correction is carried out."""

from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.writing import recorded_write
from corrections import witnesses
from corrections.actions.rows import NotAwaited, locked
from corrections.models import CorrectionRequest, Presence, Status


class PresenceRefused(ValueError):
    """It does not count. Codes: not-needed, not-yours, taken (somebody stands there), other-part (one has one part)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@recorded_write
def confirm_presence(
    *, correction: CorrectionRequest, part: str, way: Presence.Way, by: User, screen_of: User | None = None
) -> Presence:
    """The person `by` is there, proved in the own session or by password in somebody else's (`screen_of`).

    A confirmation that is too old is given anew; its history keeps the former. Raises NotAwaited, PresenceRefused.
    """
    correction = locked(correction)
    if correction.status != Status.WAITING_FOR_EXECUTION:
        raise NotAwaited
    place = _place(correction, part, by)
    if place.presence is not None:
        return place.presence
    presence = correction.presences.filter(part=part).first() or Presence(request=correction, part=part)
    presence.person, presence.name, presence.way = by, by.full_name, way
    presence.confirmed_at = timezone.now()
    presence.save_by(by)
    audit.record(
        by=by,
        verb="corrections.presence.confirmed",
        target=correction,
        part=part,
        way=way.value,
        screen_of=screen_of.full_name if screen_of else "",
    )
    return presence


def _place(correction: CorrectionRequest, part: str, by: User) -> witnesses.Place:
    found = {place.part.value: place for place in witnesses.places(correction, timezone.now())}
    place = found.get(part)
    if place is None:
        raise PresenceRefused("not-needed")
    if not witnesses.may_stand(by, place, correction):
        raise PresenceRefused("not-yours")
    if place.presence is not None and place.presence.person_id != by.pk:
        raise PresenceRefused("taken")
    if correction.presences.filter(person=by).exclude(part=part).exists():
        raise PresenceRefused("other-part")
    return place
