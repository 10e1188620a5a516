"""A second factor: set up with a code, asked after the password, lost and found again."""

import pytest
from django.core.exceptions import PermissionDenied
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.actions import second_factor, set_security
from accounts.models import SecuritySettings, User
from accounts.throttle import forgive
from tests.accounts.people import code_of, sign_in, verbs, wait_for_next_code, with_second_factor
from tests.cast import PASSWORD, client_of

CODE = "/sign-in/code/"


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_it_is_set_up_with_a_code_and_the_recovery_codes_are_shown_once(cast, client):
    sign_in(client, "toan")
    client.post("/account/second-factor/start/", {"password": PASSWORD})
    assert "data:image/svg+xml" in client.get("/account/second-factor/").text

    page = client.post("/account/second-factor/confirm/", {"code": code_of(cast.toan)})

    assert page.text.count("<li>") >= second_factor.RECOVERY_CODES
    assert "no-store" in page["Cache-Control"]
    assert client.get("/account/").status_code == 200
    assert "second_factor.set_up" in verbs(cast.toan)


def test_at_a_computer_that_is_signed_in_the_password_cannot_be_guessed_for_long(cast):
    client = client_of(cast.toan)
    forgive(f"proof-{cast.toan.pk}")
    for guess in range(20):
        client.post("/account/second-factor/start/", {"password": f"guess {guess}"})

    assert client.post("/account/second-factor/start/", {"password": PASSWORD}).status_code == 422
    forgive(f"proof-{cast.toan.pk}")
    assert client.post("/account/second-factor/start/", {"password": PASSWORD}).status_code == 303


def test_a_wrong_code_sets_up_nothing(cast):
    client = client_of(cast.toan)
    client.post("/account/second-factor/start/", {"password": PASSWORD})

    assert client.post("/account/second-factor/confirm/", {"code": "000000"}).status_code == 422
    assert not second_factor.has_second_factor(cast.toan)


def test_the_password_alone_opens_nothing(cast, client):
    with_second_factor(cast.toan)

    assert sign_in(client, "toan")["Location"] == CODE
    assert client.get("/").status_code == 302
    assert client.post(CODE, {"code": "000000"}).status_code == 422
    assert not is_in(client)
    assert "second_factor.failed" in verbs(cast.toan)


def test_the_code_opens_the_page_that_was_asked_for_and_works_once(cast, client):
    with_second_factor(cast.toan)
    client.post("/sign-in/", {"username": "toan", "password": PASSWORD, "next": "/classes/"})
    code = code_of(cast.toan)

    assert client.post(CODE, {"code": f"{code[:3]} {code[3:]}"})["Location"] == "/classes/"
    assert is_in(client)
    client.post("/sign-out/")
    sign_in(client, "toan")
    assert client.post(CODE, {"code": code}).status_code == 422


def test_the_code_page_is_closed_to_who_has_not_proved_a_password(cast, client):
    with_second_factor(cast.toan)

    assert client.post(CODE, {"code": code_of(cast.toan)})["Location"] == "/sign-in/"


def test_a_password_changed_in_between_and_a_long_pause_start_again(cast, client):
    with_second_factor(cast.toan)
    sign_in(client, "toan")
    session = client.session
    session["pending_sign_in"] = {**session["pending_sign_in"], "at": session["pending_sign_in"]["at"] - 301}
    session.save()
    assert client.post(CODE, {"code": code_of(cast.toan)})["Location"] == "/sign-in/"

    sign_in(client, "toan")
    user = User.objects.get(pk=cast.toan.pk)
    user.set_password("ein anderes Wort")
    user.save()
    assert client.post(CODE, {"code": code_of(cast.toan)})["Location"] == "/sign-in/"


def test_guesses_of_the_code_are_slowed_down(cast, client):
    with_second_factor(cast.toan)
    sign_in(client, "toan")
    for _ in range(4):
        client.post(CODE, {"code": "000000"})

    assert client.post(CODE, {"code": code_of(cast.toan)}).status_code == 422
    wait_for_next_code(cast.toan)
    assert client.post(CODE, {"code": code_of(cast.toan)}).status_code == 302


def test_a_recovery_code_signs_in_once(cast, client):
    first, *_ = with_second_factor(cast.toan)
    sign_in(client, "toan")
    client.post(CODE, {"code": first.upper().replace("-", " ")})
    assert is_in(client)
    client.post("/sign-out/")

    sign_in(client, "toan")

    assert client.post(CODE, {"code": first}).status_code == 422
    assert second_factor.codes_left(cast.toan) == second_factor.RECOVERY_CODES - 1
    assert "second_factor.recovery_used" in verbs(cast.toan)


def test_recovery_codes_are_not_kept_as_they_are(cast):
    codes = with_second_factor(cast.toan)

    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert not kept & {code.replace("-", "")[:16] for code in codes}


def test_new_recovery_codes_and_removal_need_the_password(cast, client):
    assert client_of(cast.lan).post("/account/second-factor/start/", {"password": "sai"}).status_code == 422
    with_second_factor(cast.toan)
    sign_in(client, "toan")
    client.post(CODE, {"code": code_of(cast.toan)})
    for verb in ("codes", "remove", "start"):
        assert client.post(f"/account/second-factor/{verb}/", {"password": "sai"}).status_code == 422

    old = set(StaticToken.objects.values_list("token", flat=True))
    client.post("/account/second-factor/codes/", {"password": PASSWORD})
    assert not old & set(StaticToken.objects.values_list("token", flat=True))

    client.post("/account/second-factor/remove/", {"password": PASSWORD})
    assert not second_factor.has_second_factor(cast.toan)


def test_a_manager_removes_a_lost_one_but_never_that_of_a_principal(cast, client):
    with_second_factor(cast.toan)
    with_second_factor(cast.hanh)

    client_of(cast.hanh).post(f"/accounts/{cast.toan.pk}/remove-second-factor/")

    assert sign_in(client, "toan")["Location"] == "/"
    assert "second_factor.removed" in verbs(cast.toan)
    with pytest.raises(PermissionDenied):
        second_factor.remove(account=cast.hanh, by=cast.khoa)


@pytest.mark.duty("S3-05")
def test_required_of_principal_and_administrator_they_reach_nothing_else_before(cast, client):
    page = {"second_factor_required": "on", "password_max_age_days": "180"}
    assert client_of(cast.hanh).post("/accounts/security/", page).status_code == 303
    sign_in(client, "khoa")

    assert client.get("/classes/")["Location"] == "/account/second-factor/"
    assert client_of(cast.toan).get("/classes/").status_code == 200

    client.post("/account/second-factor/start/", {"password": PASSWORD})
    client.post("/account/second-factor/confirm/", {"code": code_of(cast.khoa)})
    assert client.get("/classes/").status_code == 200


def test_only_the_principal_sets_the_rules_and_they_are_recorded(cast):
    with pytest.raises(PermissionDenied):
        set_security(second_factor_required=False, password_max_age_days=90, by=cast.khoa)

    set_security(second_factor_required=True, password_max_age_days=90, by=cast.hanh)
    set_security(second_factor_required=False, password_max_age_days=60, by=cast.hanh)

    rules = SecuritySettings.current()
    ages = [row.password_max_age_days for row in rules.history.order_by("history_id")]
    assert (ages, rules.password_max_age_days) == ([90, 60], 60)


def test_a_second_set_up_replaces_the_first_only_when_it_is_confirmed(cast, client):
    with_second_factor(cast.toan)
    before = TOTPDevice.objects.get(user=cast.toan).key
    second_factor.start(user=cast.toan)

    assert second_factor.confirm(user=cast.toan, typed="000000", kept=None) == []
    assert TOTPDevice.objects.get(user=cast.toan, confirmed=True).key == before
