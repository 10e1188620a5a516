"""A turn of the year can be undone until something of the new year rests on it. Nothing is deleted.

Undoing does not reopen the old year: its records are another matter, and the principal's alone.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.recorded import update_many
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook.actions.carrying import origin_of
from gradebook.actions.year_closing import NoReason
from gradebook.actions.year_turn import NotTurned, lock_years
from gradebook.models import Enrolment, Mark, Movement, Proposal, YearTurn
from gradebook.years import hold_open


class InUse(ValueError):
    """The new year rests on the turn already. Codes: marks, proposals, movements."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@recorded_write
def undo_turn(*, turn: YearTurn, reason: str, by: User) -> int:
    """Cancel the places and movements that the turn made; classes stay, empty. Returns how many places.

    Raises NoReason, NotTurned, InUse, YearClosed (the new year).
    """
    if not by.may(Permission.TURN_YEAR):
        raise PermissionDenied
    if not reason.strip():
        raise NoReason
    _lock(turn)
    standing: YearTurn = YearTurn.objects.select_related("year", "next_year").get(pk=turn.pk)
    if standing.undone_at is not None:
        raise NotTurned
    hold_open(standing.next_year_id)
    made = list(Enrolment.objects.on_roll().filter(pk__in=made_by(standing)))
    _check_unused(standing, made)
    now = timezone.now()
    for place in made:
        place.status, place.until = Enrolment.Status.CANCELLED, timezone.localdate()
    trace: dict[str, Any] = {"by": by, "reason": reason.strip(), "origin": origin_of(standing)}
    update_many(Enrolment, made, fields=["status", "until"], **trace)
    movements = list(movements_of(standing))
    for movement in movements:
        movement.cancelled_by, movement.cancelled_at = by, now
    update_many(Movement, movements, fields=["cancelled_by", "cancelled_at"], **trace)
    standing.undone_by, standing.undone_at = by, now
    standing.save_by(by, reason=reason.strip())
    audit.record(
        by=by,
        verb="gradebook.year.turn_undone",
        target=standing.year,
        reason=reason.strip(),
        places=len(made),
    )
    return len(made)


def made_by(turn: YearTurn) -> set[int]:
    """The places that the turn gave; those that a list of the new year gave before it are not its own."""
    return set(Enrolment.history.filter(history_origin=origin_of(turn)).values_list("id", flat=True))


def movements_of(turn: YearTurn) -> list[Movement]:
    own = set(Movement.history.filter(history_origin=origin_of(turn)).values_list("id", flat=True))
    return list(Movement.objects.filter(pk__in=own, cancelled_at=None))


def _lock(turn: YearTurn) -> None:
    """Also the books of the new year: no first mark slips in."""
    lock_years([turn.year, turn.next_year], books_of=turn.next_year)


def _check_unused(turn: YearTurn, made: list[Enrolment]) -> None:
    """Any record of the new year's pupils forbids it."""
    places = [place.pk for place in made]
    left = Enrolment.objects.filter(pk__in=made_by(turn), status=Enrolment.Status.LEFT)
    if Mark.objects.filter(enrolment__in=places).exists():
        raise InUse("marks")
    if Proposal.objects.filter(enrolment__in=places).exists():
        raise InUse("proposals")
    if left.exists() or Movement.objects.filter(origin__in=places, cancelled_at=None).exists():
        raise InUse("movements")
