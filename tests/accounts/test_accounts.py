"""Accounts are opened, changed and closed by who may, and nobody by themselves."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import (
    LastPrincipal,
    NewAccount,
    StaffCodeTaken,
    UserNameTaken,
    create_account,
    create_accounts,
    disable_account,
    edit_account,
    end_role,
    give_role,
)
from accounts.models import AuditEvent, Delegation, HeldRole, User
from accounts.roles import Permission, Role
from tests.accounts.people import sign_in, verbs
from tests.cast import PASSWORD, Cast, client_of

TODAY = timezone.localdate


def delegate_accounts(cast: Cast) -> User:
    """Khoa, the administrator, manages accounts for the principal."""
    Delegation(
        giver=cast.hanh,
        receiver=cast.khoa,
        permission=Permission.MANAGE_ACCOUNTS,
        since=TODAY(),
        until=TODAY() + timedelta(days=30),
        decision_number="1/QĐ",
        decision_dated=TODAY(),
    ).save_by(cast.hanh)
    return User.objects.get(pk=cast.khoa.pk)


@pytest.mark.duty("S0-17", "S2-24", "S3-03", "S4-17")
def test_the_principal_opens_an_account_with_roles_and_hands_out_its_slip(cast, client):
    data = {"full_name": "Ngô Thị Hà My", "roles": [Role.SUBJECT_TEACHER], "since": f"{TODAY():%d/%m/%Y}"}
    page = client_of(cast.hanh).post("/accounts/new/", data)

    created = User.objects.get(username="mynth")
    assert created.roles == {Role.SUBJECT_TEACHER}
    assert "mynth" in page.text
    assert "no-store" in page["Cache-Control"]
    assert verbs(created) == ["account.created"]


@pytest.mark.duty("S0-17")
def test_the_administrator_manages_accounts_by_delegation_but_not_those_with_the_principals_powers(cast):
    khoa = delegate_accounts(cast)
    slips = create_accounts([NewAccount("Lý Văn Tám")], by=khoa)
    give_role(user=slips[0].account, role=Role.SUBJECT_TEACHER, since=TODAY(), by=khoa)

    for forbidden in (
        lambda: give_role(user=slips[0].account, role=Role.PRINCIPAL, since=TODAY(), by=khoa),
        lambda: create_accounts([NewAccount("Ai Đó", roles=(Role.PRINCIPAL,))], by=khoa),
        lambda: disable_account(account=cast.hanh, by=khoa),
        lambda: edit_account(account=cast.hanh, full_name="X", email="", staff_code="", by=khoa),
    ):
        with pytest.raises(PermissionDenied):
            forbidden()
    page = client_of(khoa).get(f"/accounts/{cast.hanh.pk}/").text
    assert "/disable/" not in page
    assert client_of(khoa).post(f"/accounts/{cast.hanh.pk}/reset-password/").status_code == 403


def test_nobody_changes_their_own_roles_or_disables_themselves(cast):
    khoa = delegate_accounts(cast)
    for person in (cast.hanh, khoa):
        held = person.held_roles.get()
        for forbidden in (
            lambda person=person: give_role(user=person, role=Role.CLERK, since=TODAY(), by=person),
            lambda held=held, person=person: end_role(held=held, until=TODAY(), by=person),
            lambda person=person: disable_account(account=person, by=person),
        ):
            with pytest.raises(PermissionDenied):
                forbidden()


def test_a_teacher_opens_no_account(cast):
    with pytest.raises(PermissionDenied):
        create_accounts([NewAccount("Ai Đó")], by=cast.toan)


def test_the_last_principal_stays(cast):
    other = give_role(user=cast.vinh, role=Role.PRINCIPAL, since=TODAY(), by=cast.hanh)
    end_role(held=cast.hanh.held_roles.get(), until=TODAY() - timedelta(days=1), by=cast.vinh)
    hanh = User.objects.get(pk=cast.hanh.pk)
    assert hanh.roles == frozenset()

    # Somebody who will be a principal tomorrow does not decide today.
    HeldRole(user=hanh, role=Role.PRINCIPAL, since=TODAY() + timedelta(days=9)).save_by(cast.vinh)
    HeldRole(user=cast.toan, role=Role.PRINCIPAL, since=TODAY(), until=TODAY()).save_by(cast.vinh)
    with pytest.raises(LastPrincipal):
        end_role(held=HeldRole.objects.get(pk=other.pk), until=TODAY(), by=User.objects.get(pk=cast.toan.pk))
    with pytest.raises(LastPrincipal):
        disable_account(account=cast.vinh, by=User.objects.get(pk=cast.toan.pk))


def test_a_role_given_by_mistake_is_taken_back_at_once_and_stays_readable(cast):
    client = client_of(cast.hanh)
    data = {"role": Role.ADMINISTRATOR, "since": f"{TODAY():%d/%m/%Y}", "until": ""}
    client.post(f"/accounts/{cast.lan.pk}/give-role/", data)
    held = cast.lan.held_roles.get(role=Role.ADMINISTRATOR)

    client.post(f"/accounts/roles/{held.pk}/end/", {"when": "now"})

    assert User.objects.get(pk=cast.lan.pk).roles == {Role.SUBJECT_TEACHER}
    assert [row.is_withdrawn for row in held.history.order_by("history_id")] == [False, True]


def test_a_role_taken_back_does_not_return_with_a_page_left_open(cast):
    held = give_role(user=cast.lan, role=Role.ADMINISTRATOR, since=TODAY(), by=cast.hanh)
    client, path = client_of(cast.hanh), f"/accounts/roles/{held.pk}/end/"
    client.post(path, {"when": "now"})

    client.post(path, {"when": "today"})

    assert User.objects.get(pk=cast.lan.pk).roles == {Role.SUBJECT_TEACHER}


def test_a_role_is_not_given_twice_nor_backwards(cast):
    client, path = client_of(cast.hanh), f"/accounts/{cast.toan.pk}/give-role/"
    since = f"{TODAY():%d/%m/%Y}"

    twice = client.post(path, {"role": Role.SUBJECT_TEACHER, "since": since, "until": ""})
    backwards = client.post(path, {"role": Role.CLERK, "since": since, "until": "01/09/2020"})

    assert (twice.status_code, backwards.status_code) == (422, 422)
    assert cast.toan.held_roles.count() == 1


def test_the_list_finds_a_person_without_diacritics_and_the_disabled_only_when_asked(cast):
    disable_account(account=cast.lan, by=cast.hanh)
    client = client_of(cast.hanh)

    assert "Đỗ Minh Toàn" in client.get("/accounts/", {"q": "do minh TOAN"}).text
    assert "Bùi Ngọc Lan" not in client.get("/accounts/", {"q": "lan"}).text
    assert "Bùi Ngọc Lan" in client.get("/accounts/", {"q": "lan", "state": "disabled"}).text
    assert "Phạm Thu Cúc" not in client.get("/accounts/", {"role": Role.PRINCIPAL}).text


def test_changed_particulars_keep_the_old_ones_readable(cast):
    data = {"full_name": "Đỗ Minh Toàn", "staff_code": "0012345678", "email": "toan@example.org"}
    client_of(cast.hanh).post(f"/accounts/{cast.toan.pk}/edit/", data)

    event = AuditEvent.objects.get(verb="accounts.account.changed")
    assert event.particulars["changes"] == {
        "staff_code": ["", "0012345678"],
        "email": ["", "toan@example.org"],
    }


def test_codes_and_names_that_are_taken_are_refused_beside_their_field(cast):
    edit_account(account=cast.lan, full_name="Bùi Ngọc Lan", email="", staff_code="01", by=cast.hanh)
    since = f"{TODAY():%d/%m/%Y}"
    client = client_of(cast.hanh)

    by_code = client.post("/accounts/new/", {"full_name": "A B", "staff_code": "01", "since": since})
    by_name = client.post("/accounts/new/", {"full_name": "A B", "username": "toan", "since": since})
    edited = client.post(f"/accounts/{cast.toan.pk}/edit/", {"full_name": "Toàn", "staff_code": "01"})

    assert {by_code.status_code, by_name.status_code, edited.status_code} == {422}
    with pytest.raises(UserNameTaken):
        create_accounts([NewAccount("A", username="x"), NewAccount("B", username="x")], by=cast.hanh)
    with pytest.raises(StaffCodeTaken):
        create_accounts([NewAccount("A", staff_code="9"), NewAccount("B", staff_code="9")], by=cast.hanh)


def test_a_second_click_opens_no_second_account(cast):
    client, data = client_of(cast.hanh), {"full_name": "Ngô Thị Hà My", "since": f"{TODAY():%d/%m/%Y}"}
    client.post("/accounts/new/", data)

    assert client.post("/accounts/new/", data).status_code == 422
    assert client.post("/accounts/new/", {**data, "namesake": "on"}).status_code == 200
    assert set(User.objects.filter(full_name="Ngô Thị Hà My").values_list("username", flat=True)) == {
        "mynth",
        "mynth2",
    }


def test_many_accounts_cost_no_more_queries_than_few(cast):
    def queries(count: int, start: int) -> int:
        rows = [NewAccount(f"Trần Văn {start + i}", roles=(Role.SUBJECT_TEACHER,)) for i in range(count)]
        with CaptureQueriesContext(connection) as captured:
            create_accounts(rows, by=cast.hanh)
        return len(captured)

    assert queries(2, 0) == queries(40, 100)


def test_a_disabled_account_is_out_with_the_next_click_and_comes_back(cast, client):
    sign_in(client, "lan")
    manager = client_of(cast.hanh)

    manager.post(f"/accounts/{cast.lan.pk}/disable/")
    assert client.get("/classes/").status_code == 302
    assert "_auth_user_id" not in sign_in(client, "lan").client.session

    manager.post(f"/accounts/{cast.lan.pk}/enable/")
    assert sign_in(client, "lan", PASSWORD)["Location"] == "/"
    assert verbs(cast.lan)[-4:] == [
        "account.disabled",
        "session.failed",
        "account.enabled",
        "session.signed_in",
    ]


def test_only_the_founder_begins_without_permission(db):
    founder = create_account(username="a", full_name="A", password=PASSWORD, by=None)
    give_role(user=founder, role=Role.PRINCIPAL, since=date(2026, 8, 1), by=founder)

    with pytest.raises(PermissionDenied):
        create_account(username="b", full_name="B", password=PASSWORD, by=None)
