"""Guessing is held up; the owner of the account hardly notices."""

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client, RequestFactory

from accounts.models import AuditEvent
from accounts.origin import address_of
from tests.accounts.people import sign_in, verbs
from tests.cast import PASSWORD, client_of

SCHOOL: dict[str, Any] = {"REMOTE_ADDR": "203.0.113.7"}
HOME: dict[str, Any] = {"REMOTE_ADDR": "198.51.100.9"}


def guess(client: Client, username: str = "toan", times: int = 5, **extra: Any) -> None:
    for number in range(times):
        sign_in(client, username, f"đoán lần {number}", **extra)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_five_wrong_passwords_lock_the_name_at_that_address_only(cast):
    pupil, teacher = Client(), Client()
    guess(pupil, **SCHOOL)

    refused = sign_in(pupil, "toan", PASSWORD, **SCHOOL)
    sign_in(teacher, "toan", PASSWORD, **HOME)

    assert refused.status_code == 429
    assert not is_in(pupil)
    assert is_in(teacher)


def test_a_thousand_colleagues_behind_the_address_are_not_locked(cast, client):
    guess(Client(), **SCHOOL)

    sign_in(client, "lan", **SCHOOL)

    assert is_in(client)


def test_pupils_cannot_lock_a_teacher_out_of_the_teachers_own_computer(cast, client):
    sign_in(client, "toan", **SCHOOL)
    client.post("/sign-out/")
    guess(Client(), times=9, **SCHOOL)

    sign_in(client, "toan", **SCHOOL)

    assert is_in(client)


def test_guesses_spread_over_addresses_lock_the_name_everywhere(cast, client):
    for number in range(7):
        guess(Client(), times=4, REMOTE_ADDR=f"203.0.113.{number}")

    assert sign_in(client, "toan", **HOME).status_code == 429


def test_guesses_spread_over_names_lock_the_address(cast, client, settings):
    settings.LOCKOUT_LIMITS = (5, 25, 12)
    for username in ("toan", "lan", "mai"):
        guess(Client(), username, times=4, **SCHOOL)

    assert sign_in(client, "cuc", **SCHOOL).status_code == 429


def test_the_lock_ends_by_itself_and_is_not_prolonged_by_trying(cast, client, settings):
    guess(Client(), times=12, **SCHOOL)
    assert AccessAttempt.objects.get().failures_since_start == 5

    AccessAttempt.objects.update(
        attempt_time=AccessAttempt.objects.get().attempt_time - settings.AXES_COOLOFF_TIME
    )
    sign_in(client, "toan", **SCHOOL)

    assert is_in(client)


@pytest.mark.duty("S0-18")
def test_a_manager_sees_the_lock_and_lifts_it(cast, client):
    guess(Client(), **SCHOOL)
    manager, page = client_of(cast.hanh), f"/accounts/{cast.toan.pk}/"
    assert f"{page}unlock/" in manager.get(page).text

    manager.post(f"{page}unlock/")
    sign_in(client, "toan", **SCHOOL)

    assert is_in(client)
    assert verbs(cast.toan) == [
        "account.created",
        "role.given",
        *["session.failed"] * 5,
        "account.locked",
        "account.unlocked",
        "session.signed_in",
    ]


def test_a_lock_is_recorded_once_and_attempts_during_it_flood_nothing(cast):
    guess(Client(), times=20, **SCHOOL)

    assert verbs(cast.toan).count("session.failed") == 5
    assert verbs(cast.toan).count("account.locked") == 1


def test_success_does_not_forgive_what_others_tried(cast, client):
    guess(Client(), times=4, **HOME)
    sign_in(client, "toan", **SCHOOL)

    guess(Client(), times=1, **HOME)

    assert sign_in(Client(), "toan", **HOME).status_code == 429


def test_neither_names_nor_passwords_are_kept_or_logged(cast, caplog):
    caplog.set_level("DEBUG")
    guess(Client(), "my-secret-typed-as-name", times=6, **SCHOOL)

    kept = str(list(AccessAttempt.objects.values())) + str(list(AuditEvent.objects.values()))
    axes = [record.getMessage() for record in caplog.records if record.name.startswith("axes")]
    for secret in ("my-secret-typed-as-name", "đoán lần"):
        assert secret not in kept
        assert secret not in str(axes)
    assert "203.0.113.7" not in str(axes)


def test_behind_the_proxy_only_what_it_wrote_itself_counts(settings):
    request = RequestFactory().get("/", headers={"x-forwarded-for": "6.6.6.6, 203.0.113.7"})
    assert address_of(request) == "127.0.0.1"

    settings.BEHIND_PROXY = True

    assert address_of(request) == "203.0.113.7"
    assert address_of(RequestFactory().get("/", headers={"x-forwarded-for": "no address"})) is None
