"""Take a mistaken movement back, as long as nothing rests on it."""

from typing import Any

from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.writing import recorded_write
from gradebook.actions import movement_desk as desk
from gradebook.actions.movement_desk import RECORDED, NotMoved
from gradebook.models import Enrolment, Mark, Movement


@recorded_write
def cancel_movement(*, movement: Movement, reason: str, by: User) -> Movement:
    """Put the places back as they were before; the cancelled row stays readable with the reason.

    Raises NotMoved (no-reason, cancelled, not-one-by-one, later-movement, marks-since, proposed-since), YearClosed.
    """
    desk.check_may(by)
    if not reason.strip():
        raise NotMoved("no-reason")
    places = [place for place in (movement.origin, movement.target) if place]
    classes = [place.school_class_id for place in places]
    desk.lock_classes(classes)
    desk.lock_pupil(movement.student_id, classes)
    found: Movement = Movement.objects.select_related("origin", "target").get(pk=movement.pk)
    _check(found)
    if found.target is not None:
        _withdraw(found, found.target, reason, by)
    if found.origin is not None:
        found.origin.status, found.origin.until = Enrolment.Status.ENROLLED, None
        found.origin.save_by(by, reason=reason, origin=found.history_origin)
    found.cancelled_by, found.cancelled_at = by, timezone.now()
    found.save_by(by, reason=reason)
    audit.record(by=by, verb="gradebook.movement.cancelled", target=found, kind=str(found.kind))
    return found


def _check(movement: Movement) -> None:
    if movement.kind not in RECORDED:
        raise NotMoved("not-one-by-one")
    if movement.cancelled_at is not None:
        raise NotMoved("cancelled")
    later = Movement.objects.standing().filter(student=movement.student_id, pk__gt=movement.pk)
    if later.exists():
        raise NotMoved("later-movement")
    if movement.target_id is None:
        return
    since: dict[str, Any] = {"enrolment": movement.target_id, "history_date__gte": movement.recorded_at}
    if Mark.history.filter(**since).exclude(history_origin=movement.history_origin).exists():
        raise NotMoved("marks-since")
    if (
        movement.target is not None
        and movement.target.proposals.filter(proposed_at__gte=movement.recorded_at).exists()
    ):
        raise NotMoved("proposed-since")


def _withdraw(movement: Movement, place: Enrolment, reason: str, by: User) -> None:
    """As it was before the movement; a place that began with it is in no list any more."""
    before = place.history.filter(history_date__lt=movement.recorded_at).order_by("-history_id").first()
    if before is None:
        place.status, place.until = Enrolment.Status.CANCELLED, movement.on
    else:
        place.status, place.since, place.until = before.status, before.since, before.until
    place.save_by(by, reason=reason, origin=movement.history_origin)
