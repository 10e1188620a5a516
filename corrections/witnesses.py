"""Who must be present when a correction is carried out, and who of them has confirmed it.

As the policy said when it was handed in: a leader, the board and who asked (S3 V (2).4); the leaders and the
administrator (S4 II.2.3); for an oral mark the pupil and a classmate (S1 Đ11.2); the homeroom teacher (S3 XI.1).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import HeldRole, User
from corrections.dossiers import class_concerned
from corrections.models import CorrectionRequest, Presence
from corrections.models.queries import LEADERS
from corrections.proof import can_be_oral
from gradebook.models import Enrolment, Policy

VALID_FOR = timedelta(hours=2)
"""People are present when the values change, not in the morning for the afternoon: long enough to gather, and no
longer than a session lives without a click."""

Part = Presence.Part
_W = Policy.Witness


@dataclass(frozen=True, slots=True)
class Place:
    """One part that somebody has to play. `person`: where it can be only this one; `presence` while it is valid."""

    part: Presence.Part
    person: User | None = None
    presence: Presence | None = None


def places(correction: CorrectionRequest, now: datetime) -> list[Place]:
    """Those with an account, beside who carries it out."""
    confirmed = {row.part: row for row in correction.presences.all() if is_valid(row, now)}
    return [Place(part, person, confirmed.get(part)) for part, person in _parts(correction)]


def is_valid(presence: Presence, now: datetime) -> bool:
    """Of the same day and not older than two hours; one of the future, after a clock was set back, is none."""
    same_day = timezone.localdate(presence.confirmed_at) == timezone.localdate(now)
    return same_day and timedelta(0) <= now - presence.confirmed_at <= VALID_FOR


def may_stand(user: User, place: Place, correction: CorrectionRequest) -> bool:
    """A leader, or who decided in the leaders' place; never who asked."""
    if place.person is not None:
        return user.pk == place.person.pk
    decision = correction.made_decision
    is_leader = bool(LEADERS & user.roles) or (decision is not None and decision.decided_by_id == user.pk)
    return is_leader and user.pk != correction.requested_by_id


def leaders(correction: CorrectionRequest) -> list[User]:
    """Who may stand for them today, whoever decided among them."""
    held = HeldRole.objects.on(timezone.localdate()).filter(role__in=LEADERS, user__is_active=True)
    found = {role.user_id: role.user for role in held.select_related("user")}
    if decision := correction.made_decision:
        found[decision.decided_by_id] = decision.decided_by
    found.pop(correction.requested_by_id, None)
    return list(found.values())


def asks_pupils(correction: CorrectionRequest) -> bool:
    return correction.witnesses == _W.PUPILS and correction.is_oral


def pupils_concerned(correction: CorrectionRequest) -> list[Enrolment]:
    """Whose marks may have been given orally: each of them signs, and somebody beside each (S1 Đ11.2)."""
    oral = (line for line in correction.lines.all() if can_be_oral([line.column]))
    return list({line.enrolment_id: line.enrolment for line in oral}.values())


def classmates(correction: CorrectionRequest) -> list[Enrolment]:
    """Who can sign beside a pupil: anybody of the class but the same pupil."""
    school_class = class_concerned(correction)
    if school_class is None:
        return []
    return list(school_class.enrolments.on_roll().select_related("student").in_list_order())


def _parts(correction: CorrectionRequest) -> Iterator[tuple[Presence.Part, User | None]]:
    if correction.witnesses in (_W.THREE, _W.SUPERVISED):
        yield Part.LEADER, None
    # Who has left the school since cannot come: the dossier must not wait for ever.
    asked = correction.requested_by if correction.requested_by.is_active else None
    if correction.witnesses == _W.THREE and asked:
        yield Part.REQUESTER, asked
    homeroom = _homeroom_teacher(correction)
    if homeroom and not (correction.witnesses == _W.THREE and homeroom == asked):
        yield Part.HOMEROOM, homeroom


def _homeroom_teacher(correction: CorrectionRequest) -> User | None:
    school_class = class_concerned(correction) if correction.homeroom_signs else None
    teacher = school_class.homeroom_teacher if school_class else None
    return teacher if teacher and teacher.is_active else None
