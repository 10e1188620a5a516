"""The principal's powers in other hands: by decision, for some time, never further."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import deeds, sentences
from accounts.actions import edit_account, reset_passwords
from accounts.actions.delegations import NotDelegated, delegate_power, end_delegation
from accounts.models import Delegation, User
from accounts.roles import Permission
from gradebook.actions.windows import OwnOrder, execute_lock_order, order_lock
from gradebook.models import LockOrder
from tests.cast import signed_in
from tests.scene import build_scene

ORDER = {"act": "open", "scope": "school", "reason": "Kế hoạch"}
DAYS = timedelta(days=7)


def given(cast, power: Permission, to: User, **changes) -> Delegation:
    today = timezone.localdate()
    terms = {"since": today, "until": today + DAYS, "number": "45/QĐ", "dated": today, "by": cast.hanh}
    return delegate_power(power=power, to=to, **terms | changes)


def order(client, cast) -> int:
    data = ORDER | {"period": cast.periods["CK1"].pk}
    return client.post("/lock-board/order/", data).status_code


@pytest.mark.duty("S1-04", "S3-01")
def test_the_vice_principal_orders_in_her_own_name_while_it_is_delegated(cast, client):
    data = {
        "power": "order_lock",
        "receiver": cast.vinh.pk,
        "since": f"{timezone.localdate():%d/%m/%Y}",
        "until": f"{timezone.localdate() + DAYS:%d/%m/%Y}",
        "number": "45/QĐ",
        "dated": f"{timezone.localdate():%d/%m/%Y}",
    }
    assert order(signed_in(client, cast.vinh), cast) == 403
    assert signed_in(client, cast.hanh).post("/delegations/give/", data).status_code == 303

    assert order(signed_in(client, cast.vinh), cast) == 303

    assert LockOrder.objects.latest("number").ordered_by == cast.vinh
    page = signed_in(client, cast.hanh).get(f"/delegations/{Delegation.objects.get().pk}/")
    assert [entry.event.verb for entry in page.context["entries"]] == ["gradebook.lock.ordered"]
    assert page.context["delegation"].deeds == 1


def test_the_receiver_reads_on_the_home_page_what_is_delegated_and_until_when(cast, client):
    given(cast, Permission.ORDER_LOCK, cast.vinh)

    page = signed_in(client, cast.vinh).get("/")

    assert [power.permission for power in page.context["standing"].powers] == ["order_lock"]
    assert f"{timezone.localdate() + DAYS:%d/%m/%Y}" in page.text
    assert len(page.context["portal"]["roles"]) == 2


def test_a_delegation_taken_back_ends_with_the_next_request(cast, client):
    delegation = given(cast, Permission.ORDER_LOCK, cast.vinh)
    signed_in(client, cast.hanh).post(f"/delegations/{delegation.pk}/end/")

    assert order(signed_in(client, cast.vinh), cast) == 403
    assert Delegation.objects.get().ended_by == cast.hanh


def test_a_delegation_runs_out_by_itself(cast, client):
    delegation = given(cast, Permission.ORDER_LOCK, cast.vinh)
    delegation.since -= 2 * DAYS
    delegation.until = timezone.localdate() - timedelta(days=1)
    delegation.save_by(cast.hanh)

    assert order(signed_in(client, cast.vinh), cast) == 403


def test_a_delegation_still_to_begin_gives_nothing_yet(cast, client):
    given(cast, Permission.ORDER_LOCK, cast.vinh, since=timezone.localdate() + timedelta(days=1))

    assert order(signed_in(client, cast.vinh), cast) == 403


def test_who_will_exercise_a_power_is_managed_by_a_principal_only(cast):
    tomorrow = timezone.localdate() + timedelta(days=1)
    given(cast, Permission.MANAGE_ACCOUNTS, cast.khoa)
    given(cast, Permission.ORDER_LOCK, cast.vinh, since=tomorrow)

    with pytest.raises(PermissionDenied):
        reset_passwords([cast.vinh], by=User.objects.get(pk=cast.khoa.pk))


def test_what_is_done_by_delegation_stands_in_sentences(cast, client):
    delegation = given(cast, Permission.MANAGE_ACCOUNTS, cast.khoa)
    edit_account(account=cast.lan, full_name="Bùi Ngọc Lan Anh", email="", staff_code="", by=cast.khoa)

    page = signed_in(client, cast.hanh).get(f"/delegations/{delegation.pk}/")

    assert "Bùi Ngọc Lan → Bùi Ngọc Lan Anh" in page.text
    assert {verb for verbs in deeds.VERBS.values() for verb in verbs} <= set(sentences.SENTENCES)


def test_more_powers_cost_no_more_queries(cast, client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/departments/").status_code == 200
        return len(captured)

    signed_in(client, cast.vinh)
    given(cast, Permission.ORDER_LOCK, cast.vinh)
    one = queries()
    for power in (Permission.DECIDE_RESULTS, Permission.DECIDE_CORRECTION, Permission.ISSUE_TRANSCRIPT):
        given(cast, power, cast.vinh)

    assert queries() == one


def test_nobody_exercises_a_power_its_giver_has_lost(cast, client):
    given(cast, Permission.ORDER_LOCK, cast.vinh)
    held = cast.hanh.held_roles.get()
    held.until = timezone.localdate() - timedelta(days=1)
    held.save_by(cast.hanh)

    assert order(signed_in(client, cast.vinh), cast) == 403


def test_a_delegate_hands_nothing_on(cast):
    given(cast, Permission.MANAGE_ACCOUNTS, cast.khoa)

    with pytest.raises(PermissionDenied):
        given(cast, Permission.MANAGE_ACCOUNTS, cast.cuc, by=User.objects.get(pk=cast.khoa.pk))


@pytest.mark.parametrize("power", [Permission.DELEGATE_POWERS, Permission.EXECUTE_LOCK])
def test_what_the_principal_lacks_or_must_keep_is_not_handed_on(cast, power):
    with pytest.raises(PermissionDenied):
        given(cast, power, cast.vinh)


def test_nobody_delegates_to_themselves(cast):
    with pytest.raises(PermissionDenied):
        given(cast, Permission.ORDER_LOCK, cast.hanh)


@pytest.mark.parametrize("power", [Permission.ORDER_LOCK, Permission.DECIDE_CORRECTION])
def test_who_executes_decisions_is_not_given_the_deciding(cast, power):
    with pytest.raises(NotDelegated, match="executes"):
        given(cast, power, cast.khoa)


def test_a_delegate_who_becomes_administrator_executes_no_order_of_their_own(cast):
    given(cast, Permission.ORDER_LOCK, cast.vinh)
    vinh = User.objects.get(pk=cast.vinh.pk)
    ordered = order_lock(period=cast.periods["CK1"], act="open", reason="x", by=vinh)
    held = vinh.held_roles.get()
    held.role = "administrator"
    held.save_by(cast.hanh)

    with pytest.raises(OwnOrder):
        execute_lock_order(order=ordered, by=User.objects.get(pk=vinh.pk))


def test_a_delegate_does_not_decide_on_their_own_request(cast, client):
    scene = build_scene(cast)
    given(cast, Permission.DECIDE_CORRECTION, cast.toan)
    address = f"/corrections/{scene.keys['correction']}/approve/"

    assert signed_in(client, cast.toan).post(address).status_code == 403


def test_the_same_power_is_not_given_twice_for_the_same_days(cast):
    given(cast, Permission.ORDER_LOCK, cast.vinh)

    with pytest.raises(NotDelegated, match="given"):
        given(cast, Permission.ORDER_LOCK, cast.vinh)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"until": -1}, "dates"),
        ({"since": -9, "until": -2}, "over"),
        ({"until": 400}, "too-long"),
        ({"dated": 1}, "decided-later"),
    ],
)
def test_days_that_make_no_sense_are_refused(cast, changes, code):
    today = timezone.localdate()
    days = {name: today + timedelta(days=shift) for name, shift in changes.items()}

    with pytest.raises(NotDelegated, match=code):
        given(cast, Permission.ORDER_LOCK, cast.vinh, **days)


def test_a_refused_delegation_stays_typed(cast, client):
    data = {"power": "order_lock", "receiver": cast.vinh.pk, "since": "1/1/2027", "until": "31/12/2026"}
    response = signed_in(client, cast.hanh).post("/delegations/give/", data)

    assert response.status_code == 422
    assert "31/12/2026" in response.text


def test_only_who_delegates_takes_back(cast):
    delegation = given(cast, Permission.ORDER_LOCK, cast.vinh)

    with pytest.raises(PermissionDenied):
        end_delegation(delegation=delegation, by=cast.vinh)
