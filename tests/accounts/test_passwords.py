"""Passwords: handed out once, chosen by their owner, hard to guess, and known to nobody else."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.actions import NewAccount, create_accounts, reset_passwords
from accounts.models import AuditEvent, OpenSession, User
from accounts.passwords import one_time_password, username_for
from tests.accounts.people import NEW_PASSWORD, sign_in, verbs, with_second_factor
from tests.cast import PASSWORD, client_of

OWN = {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}


@pytest.mark.duty("S1-03", "S3-05")
def test_a_one_time_password_opens_one_page_only_until_its_owner_chooses_another(cast, client):
    (slip,) = create_accounts([NewAccount("Ngô Thị Hà My")], by=cast.hanh)
    sign_in(client, slip.account.username, slip.password)

    assert client.get("/classes/")["Location"] == "/account/password/"
    assert client.post("/language/", {"language": "en", "next": "/"}).status_code == 303
    script = client.post("/accounts/journal/", headers={"accept": "application/json"})
    assert script.status_code == 403

    assert client.post("/account/password/", {**OWN, "old_password": slip.password})["Location"] == "/"
    assert client.get("/classes/").status_code == 200


def test_the_one_time_password_stands_nowhere_but_on_the_slip(cast, caplog):
    (slip,) = create_accounts([NewAccount("Ngô Thị Hà My")], by=cast.hanh)

    stored = User.objects.get(pk=slip.account.pk)
    assert (
        slip.password
        not in f"{stored.__dict__} {list(AuditEvent.objects.values_list())} {caplog.text} {slip}"
    )
    assert stored.check_password(slip.password)


def test_an_expired_one_time_password_opens_nothing(cast, client):
    (slip,) = create_accounts([NewAccount("Ngô Thị Hà My")], by=cast.hanh)
    User.objects.filter(pk=slip.account.pk).update(one_time_until=timezone.now() - timedelta(minutes=1))

    sign_in(client, slip.account.username, slip.password)

    assert client.get("/account/password/").status_code == 302
    assert verbs(slip.account)[-1] == "session.expired"


@pytest.mark.duty("S0-17")
def test_a_reset_ends_every_session_and_the_old_password(cast, client):
    sign_in(client, "toan")

    page = client_of(cast.hanh).post(f"/accounts/{cast.toan.pk}/reset-password/")

    assert page.status_code == 200
    assert client.get("/").status_code == 302
    assert "_auth_user_id" not in sign_in(client, "toan", PASSWORD).client.session
    assert "password.reset" in verbs(cast.toan)


def test_nobody_resets_their_own_password(cast):
    with pytest.raises(PermissionDenied):
        reset_passwords([cast.toan, cast.hanh], by=cast.hanh)
    assert not AuditEvent.objects.filter(verb="accounts.password.reset").exists()


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(cast, client):
    sign_in(client, "toan")
    elsewhere = client_of(cast.toan)
    key = client.session.session_key

    client.post("/account/password/", {**OWN, "old_password": PASSWORD})

    assert client.get("/").status_code == 200
    assert client.session.session_key != key
    assert elsewhere.get("/").status_code == 302
    assert list(OpenSession.objects.filter(user=cast.toan).values_list("session_key", flat=True)) == [
        client.session.session_key
    ]


def test_who_does_not_know_the_old_password_sets_no_new_one(cast):
    response = client_of(cast.toan).post("/account/password/", {**OWN, "old_password": "đoán mò thôi"})

    assert response.status_code == 422
    assert User.objects.get(pk=cast.toan.pk).check_password(PASSWORD)


@pytest.mark.parametrize(
    "weak",
    [
        "ngan-2026",  # short
        "x" * 129,
        "password1234",
        "123456789012",
        "truongsonghong2026",  # the school's name
        "Đỗ Minh Toàn 1985",
        "giaovien-thcs-2026",
        "dominhtoan@2026",
    ],
)
def test_what_everybody_here_would_guess_is_refused(cast, weak):
    with pytest.raises(ValidationError):
        validate_password(weak, cast.toan)


@pytest.mark.parametrize(
    "good", [NEW_PASSWORD, "correct horse battery", "k7mp-3xqd-hv9t", "ngan-thong-2026", "🐘 đi chợ sớm"]
)
def test_any_characters_and_no_rules_of_composition(cast, good):
    validate_password(good, cast.toan)


def test_readable_passwords_have_no_letters_that_look_alike():
    assert not set("".join(one_time_password() for _ in range(500))) & set("0O1lIi")


def test_user_names_are_made_as_schools_do():
    assert username_for("Nguyễn Thị Hạnh", set()) == "hanhnt"
    assert username_for("Nguyễn Thị Hạnh", {"hanhnt"}) == "hanhnt2"
    assert username_for("Đỗ Đức", {"ducd"}) == "ducd2"
    assert username_for("…", set()) == "nguoidung"


def test_the_principal_who_lost_everything_gets_back_in_from_the_console(cast, client):
    with_second_factor(cast.hanh)
    out = StringIO()

    call_command("reset_password", "hanh", "--second-factor", stdout=out)

    password = out.getvalue().split()[4]
    assert sign_in(client, "hanh", password)["Location"] == "/"
    assert client.get("/")["Location"] == "/account/password/"
    event = AuditEvent.objects.get(verb="accounts.password.reset")
    assert (event.actor_id, event.target_id) == (None, cast.hanh.pk)


def test_the_console_names_the_last_day_as_the_school_counts_days(cast, monkeypatch):
    late = datetime(2026, 11, 10, 18, tzinfo=UTC)  # past midnight in Hà Nội
    monkeypatch.setattr(timezone, "now", lambda: late)
    out = StringIO()

    call_command("reset_password", "hanh", stdout=out)

    assert "valid until 25/11/2026" in out.getvalue()


def test_the_console_names_what_it_cannot_do(cast):
    User.objects.filter(pk=cast.lan.pk).update(is_active=False)
    for username in ("nobody", "lan"):
        with pytest.raises(CommandError):
            call_command("reset_password", username)
