"""The administrator proposes, the principal orders or declines."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEvent, HeldRole
from accounts.roles import Role
from gradebook.actions.schedule import carry_out_due
from gradebook.actions.windows import (
    AlreadyExecuted,
    NoReason,
    OwnOrder,
    decline_proposal,
    execute_lock_order,
    order_proposal,
    propose_lock,
    withdraw_lock_order,
)
from gradebook.models import LockOrder
from tests.cast import FIRST_DAY, Cast
from tests.gradebook.windows.books import is_open, ordered
from tests.gradebook.windows.clock import DAY, HOUR


def proposed(cast: Cast, **terms) -> LockOrder:
    return propose_lock(period=cast.periods["GK1"], act="lock", reason="theo kế hoạch", by=cast.khoa, **terms)


@pytest.mark.duty("S3-06", "S3-64")
def test_a_proposal_locks_nothing_until_the_principal_orders_it(cast):
    proposal = proposed(cast)
    with pytest.raises(AlreadyExecuted):
        execute_lock_order(order=proposal, by=cast.khoa)

    order_proposal(order=proposal, by=cast.hanh)
    assert is_open(cast)
    execute_lock_order(order=proposal, by=cast.khoa)

    assert not is_open(cast)
    proposal.refresh_from_db()
    assert (proposal.proposed_by, proposal.ordered_by, proposal.executed_by) == (
        cast.khoa,
        cast.hanh,
        cast.khoa,
    )
    verbs = AuditEvent.objects.filter(target_id=proposal.pk, verb__startswith="gradebook.lock").order_by("pk")
    assert [event.verb.rpartition(".")[2] for event in verbs] == ["proposed", "ordered", "executed"]


@pytest.mark.parametrize("person", ["hanh", "vinh", "toan", "cuc"])
def test_only_the_administrator_proposes(cast, person):
    with pytest.raises(PermissionDenied):
        propose_lock(period=cast.periods["GK1"], act="lock", reason="x", by=cast.people[person])


@pytest.mark.parametrize("person", ["khoa", "vinh", "toan"])
def test_only_the_principal_answers_a_proposal(cast, person):
    proposal = proposed(cast)

    with pytest.raises(PermissionDenied):
        order_proposal(order=proposal, by=cast.people[person])
    with pytest.raises(PermissionDenied):
        decline_proposal(order=proposal, reason="x", by=cast.people[person])


def test_nobody_orders_what_they_proposed(cast):
    HeldRole(user=cast.khoa, role=Role.PRINCIPAL, since=FIRST_DAY).save_by(cast.hanh)
    proposal = proposed(cast)
    del cast.khoa.__dict__["roles"]

    with pytest.raises(OwnOrder):
        order_proposal(order=proposal, by=cast.khoa)


def test_a_proposal_is_declined_with_a_reason_and_stays_readable(cast):
    proposal = proposed(cast)
    with pytest.raises(NoReason):
        decline_proposal(order=proposal, reason="  ", by=cast.hanh)

    decline_proposal(order=proposal, reason="Còn tuần ôn tập", by=cast.hanh)

    proposal.refresh_from_db()
    assert (proposal.declined_by, proposal.decline_reason) == (cast.hanh, "Còn tuần ôn tập")
    with pytest.raises(AlreadyExecuted):
        order_proposal(order=proposal, by=cast.hanh)


def test_the_administrator_takes_back_an_own_proposal_but_no_order(cast):
    proposal = proposed(cast)
    withdraw_lock_order(order=proposal, by=cast.khoa)
    assert not LockOrder.objects.proposed().exists()

    again = proposed(cast)
    order_proposal(order=again, by=cast.hanh)
    with pytest.raises(PermissionDenied):
        withdraw_lock_order(order=again, by=cast.khoa)


def test_a_proposal_ordered_last_is_the_later_word_although_the_clock_was_set_back(cast, clock):
    """The proposal has the lower number; the lock that it answers was ordered by a clock that was ahead."""
    proposal = propose_lock(
        period=cast.periods["GK1"], act="open", reason="gia hạn", by=cast.khoa, until=clock.after(3 * DAY)
    )
    ordered(cast, effective_at=clock.after(DAY))
    clock.move(-2 * HOUR)
    order_proposal(order=proposal, by=cast.hanh)
    execute_lock_order(order=proposal, by=cast.khoa)

    clock.move(2 * DAY)
    carry_out_due(clock.moment)

    assert is_open(cast)


def test_a_lock_ordered_after_a_proposal_is_the_later_word_although_the_clock_was_set_back(cast, clock):
    proposal = propose_lock(
        period=cast.periods["GK1"], act="open", reason="gia hạn", by=cast.khoa, until=clock.after(3 * DAY)
    )
    order_proposal(order=proposal, by=cast.hanh)
    execute_lock_order(order=proposal, by=cast.khoa)
    clock.move(-2 * HOUR)

    execute_lock_order(order=ordered(cast), by=cast.khoa)

    assert not is_open(cast)
