"""Locks: ordered by the principal, executed by somebody else, and never overtaken by a save."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEvent, HeldRole
from accounts.roles import Role
from gradebook.actions.windows import (
    AlreadyExecuted,
    NotOrdered,
    OwnOrder,
    execute_lock_order,
    order_lock,
)
from gradebook.models import LockOrder
from tests.cast import FIRST_DAY, signed_in
from tests.gradebook.windows.books import is_open, ordered


@pytest.mark.duty("S0-33", "S2-29", "S3-60")
def test_an_order_changes_nothing_until_the_administrator_executes_it(cast):
    order = ordered(cast)
    assert is_open(cast)

    execute_lock_order(order=order, by=cast.khoa)

    assert not is_open(cast)
    order.refresh_from_db()
    assert (order.ordered_by, order.executed_by) == (cast.hanh, cast.khoa)
    events = AuditEvent.objects.filter(target_id=order.pk, verb__startswith="gradebook.lock").order_by("pk")
    assert [event.verb for event in events] == ["gradebook.lock.ordered", "gradebook.lock.executed"]


@pytest.mark.parametrize("person", ["khoa", "vinh", "toan", "cuc"])
def test_only_the_principal_orders(cast, person):
    with pytest.raises(PermissionDenied):
        order_lock(period=cast.periods["GK1"], act="lock", reason="x", by=cast.people[person])


@pytest.mark.parametrize("person", ["hanh", "vinh", "toan", "cuc"])
def test_only_the_administrator_executes(cast, person):
    with pytest.raises(PermissionDenied):
        execute_lock_order(order=ordered(cast), by=cast.people[person])


def test_who_holds_both_roles_still_does_not_execute_their_own_order(cast):
    HeldRole(user=cast.hanh, role=Role.ADMINISTRATOR, since=FIRST_DAY).save_by(cast.khoa)
    order = ordered(cast)
    del cast.hanh.__dict__["roles"]

    with pytest.raises(OwnOrder):
        execute_lock_order(order=order, by=cast.hanh)
    assert is_open(cast)


def test_an_order_is_executed_once(cast):
    order = cast.execute("lock")

    with pytest.raises(AlreadyExecuted):
        execute_lock_order(order=order, by=cast.khoa)


def test_an_order_for_one_class_leaves_the_others(cast):
    cast.execute("lock", school_class=cast.classes["6A"])

    assert not is_open(cast, "6A")
    assert is_open(cast, "6B")


def test_opening_one_period_never_opens_another(cast):
    cast.execute("lock")
    cast.execute("open", "CK1")

    assert not is_open(cast, period="GK1")


def test_the_principal_orders_and_the_administrator_executes_on_the_page(cast, client):
    data = {"act": "lock", "period": cast.periods["GK1"].pk, "scope": "school", "reason": "hết hạn"}
    signed_in(client, cast.hanh).post("/lock-board/order/", data)
    order = LockOrder.objects.waiting().get()

    response = signed_in(client, cast.khoa).post(f"/lock-board/orders/{order.pk}/execute/")

    assert response.status_code == 303
    assert not is_open(cast)


def test_an_order_without_a_reason_is_refused_and_keeps_what_was_typed(cast, client):
    data = {
        "act": "lock",
        "period": cast.periods["GK1"].pk,
        "scope": f"class-{cast.classes['6B'].pk}",
        "reason": "",
    }

    response = signed_in(client, cast.hanh).post("/lock-board/order/", data)

    assert response.status_code == 422
    assert f'<option value="class-{cast.classes["6B"].pk}" selected>' in response.content.decode()
    assert not LockOrder.objects.waiting().exists()


def test_an_order_for_books_already_in_that_state_is_refused(cast):
    with pytest.raises(NotOrdered) as refused:
        ordered(cast, "open")

    assert refused.value.code == "no-change"


@pytest.mark.parametrize("name", [None, "6A"])
def test_a_second_order_for_the_same_books_waits_for_the_first(cast, client, name):
    ordered(cast)
    scope = f"class-{cast.classes[name].pk}" if name else "school"
    data = {"act": "lock", "period": cast.periods["GK1"].pk, "scope": scope, "reason": "lần nữa"}

    response = signed_in(client, cast.hanh).post("/lock-board/order/", data)

    assert response.status_code == 422
    assert "lần nữa" in response.text
    assert LockOrder.objects.waiting().count() == 1


def test_a_forgotten_scope_locks_nothing(cast, client):
    data = {"act": "lock", "period": cast.periods["GK1"].pk, "scope": "", "reason": "quên chọn lớp"}

    assert signed_in(client, cast.hanh).post("/lock-board/order/", data).status_code == 422
    assert not LockOrder.objects.waiting().exists()


def test_the_principal_withdraws_an_order_and_it_is_never_executed(cast, client):
    order = ordered(cast)
    signed_in(client, cast.hanh).post(f"/lock-board/orders/{order.pk}/withdraw/")

    with pytest.raises(AlreadyExecuted):
        execute_lock_order(order=order, by=cast.khoa)
    assert is_open(cast)
