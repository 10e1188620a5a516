"""Signing in and out, and what is recorded of it."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent, User
from tests.cast import PASSWORD, signed_in


def attempt(client, username: str, password: str):
    return client.post("/sign-in/", {"username": username, "password": password, "next": ""})


def verbs() -> list[str]:
    events = AuditEvent.objects.filter(verb__startswith="accounts.session").order_by("pk")
    return [event.verb.rsplit(".", 1)[-1] for event in events]


def test_a_person_signs_in_sees_home_and_signs_out(cast, client):
    response = attempt(client, "toan", PASSWORD)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert "Đỗ Minh Toàn" in client.get("/").text

    client.post("/sign-out/")

    assert client.get("/").status_code == 302
    assert verbs() == ["signed_in", "signed_out"]


@pytest.mark.parametrize(
    ("username", "password"), [("toan", "sai-mat-khau"), ("nobody", PASSWORD), ("toan", "")]
)
def test_a_wrong_pair_is_refused_without_saying_which_half(cast, client, username, password):
    response = attempt(client, username, password)

    assert response.status_code == 200
    assert PASSWORD not in response.text
    assert "_auth_user_id" not in client.session


def test_a_failure_is_recorded_without_what_was_typed(cast, client):
    attempt(client, "toan", "sai-mat-khau")
    attempt(client, PASSWORD, "typed into the wrong field")

    assert verbs() == ["failed", "failed"]
    assert PASSWORD not in str(list(AuditEvent.objects.values_list("target_name", "particulars")))


def test_a_disabled_account_cannot_sign_in_and_is_out_at_once(cast, client):
    signed_in(client, cast.toan)
    User.objects.filter(pk=cast.toan.pk).update(is_active=False)

    assert client.get("/").status_code == 302
    assert attempt(client, "toan", PASSWORD).status_code == 200
    assert client.get("/").status_code == 302


def test_nobody_can_be_made_a_superuser(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=cast.khoa.pk).update(is_superuser=True)


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_and_the_language_switch_lead_to_no_other_site(cast, client, address):
    response = client.post("/sign-in/", {"username": "toan", "password": PASSWORD, "next": address})
    assert response["Location"] == "/"

    assert client.post("/language/", {"language": "en", "next": address})["Location"] == "/"


def test_the_chosen_language_stays(cast, client):
    signed_in(client, cast.toan)
    assert "Việc đang chờ" in client.get("/").text

    client.post("/language/", {"language": "en", "next": "/"})

    assert "What waits for you" in client.get("/").text


def test_pages_forbid_foreign_scripts_frames_and_sniffing(cast, client):
    response = client.get("/sign-in/")

    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_form_posted_after_the_session_ended_leads_back_to_its_page(cast, client):
    response = client.post("/lock-board/order/", {}, headers={"referer": "http://testserver/lock-board/"})

    assert response["Location"] == "/sign-in/?next=/lock-board/"
    assert signed_in(client, cast.hanh).get("/lock-board/").status_code == 200


def test_a_script_learns_that_the_session_ended(cast, client):
    path = f"/courses/{cast.maths['6A'].pk}/semester-1/save/"

    assert client.post(path, headers={"accept": "application/json"}).status_code == 401


def test_a_stale_form_is_explained_in_the_language_of_the_school(cast):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/sign-in/", {"username": "toan", "password": PASSWORD})

    assert response.status_code == 403
    assert "Django" not in response.text
    assert 'lang="vi"' in response.text
