"""Marks that go with a pupil into the new class."""

from django.utils import timezone

from accounts.models import User
from accounts.recorded import create_many, update_many
from gradebook.actions.changed_results import flag_changed
from gradebook.actions.confirmations import let_fall
from gradebook.carried_marks import Carriage, plan_carriage
from gradebook.entries import CONTENT, EMPTY, entry_of
from gradebook.models import Enrolment, Mark, Movement


def carry_marks(origin: Enrolment, movement: Movement, by: User) -> Carriage:
    """Write what stands at the old place into the matching columns of the new one, in whatever state the books are.

    No window is asked: the principal's decision moves the pupil's marks, and nobody retypes them (S0 3.2). The old
    rows stay where they are; the new ones say the movement in their history. Runs inside the movement's transaction.
    """
    target = movement.place
    plan = plan_carriage(origin, target.school_class)
    standing = {mark.column_id: mark for mark in Mark.objects.filter(enrolment=target)}
    fresh, changed = [], []
    for mark, column in plan.moving:
        here = standing.get(column.pk)
        if here is None and entry_of(mark) != EMPTY:
            fresh.append(_copied(mark, Mark(enrolment=target, column=column, version=0)))
        elif here is not None and entry_of(here) != entry_of(mark):
            changed.append(_copied(mark, here))
    trace = {"reason": f"{origin.school_class} → {target.school_class}", "origin": movement.history_origin}
    create_many(Mark, fresh, by=by, **trace)
    update_many(Mark, changed, fields=[*CONTENT, "version"], by=by, **trace)
    if fresh or changed:
        flag_changed(target.school_class, {target.pk}, by=by, origin=movement.history_origin)
        columns = {mark.column_id for mark in [*fresh, *changed]}
        let_fall(target.school_class, columns, by=by, at=timezone.now(), origin=movement.history_origin)
    return plan


def _copied(source: Mark, to: Mark) -> Mark:
    for name in CONTENT:
        setattr(to, name, getattr(source, name))
    to.version += 1
    return to
