"""Sessions are listed for their owner, end when told, and by themselves; new devices are announced."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import KnownDevice, OpenSession
from tests.accounts.people import NEW_PASSWORD, sign_in, verbs
from tests.cast import PASSWORD, client_of

PHONE = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
)


@pytest.mark.duty("S0-40", "S0-53", "S2-31", "S4-41")
def test_one_sees_where_one_is_signed_in_and_ends_what_one_does_not_know(cast, client):
    sign_in(client, "toan")
    phone = Client(headers={"user-agent": PHONE})
    sign_in(phone, "toan")
    assert "Chrome, Android" in client.get("/account/").text

    lost = OpenSession.objects.get(browser="Chrome, Android")
    client.post(f"/account/sessions/{lost.pk}/end/")

    assert phone.get("/").status_code == 302
    assert client.get("/").status_code == 200


def test_signing_out_everywhere_else_keeps_this_session(cast, client):
    sign_in(client, "toan")
    others = [client_of(cast.toan), client_of(cast.toan)]

    client.post("/account/sessions/end/")

    assert [other.get("/").status_code for other in others] == [302, 302]
    assert client.get("/").status_code == 200


def test_nobody_ends_the_session_of_another_unless_they_manage_the_account(cast, client):
    sign_in(client, "toan")
    session = OpenSession.objects.get(user=cast.toan)

    assert client_of(cast.lan).post(f"/account/sessions/{session.pk}/end/").status_code == 404
    assert client.get("/").status_code == 200

    client_of(cast.hanh).post(f"/accounts/{cast.toan.pk}/sign-out/")
    assert client.get("/").status_code == 302


def test_a_session_ends_after_two_idle_hours(cast, client, settings):
    sign_in(client, "toan")
    session = client.session
    session["seen"] -= settings.SESSION_IDLE_SECONDS + 1
    session.save()

    assert client.get("/classes/").status_code == 302
    assert not OpenSession.objects.filter(user=cast.toan).exists()


def test_use_is_noted_and_does_not_prolong_the_eight_hours(cast, client):
    sign_in(client, "toan")
    ends = Session.objects.get().expire_date
    session = client.session
    session["seen"] -= 600
    session.save()
    OpenSession.objects.update(last_seen_at=timezone.now() - timedelta(hours=1))

    client.get("/")

    assert timezone.now() - OpenSession.objects.get().last_seen_at < timedelta(minutes=1)
    assert abs(Session.objects.get().expire_date - ends) < timedelta(seconds=2)


def test_signing_in_gives_a_new_session_key(cast, client):
    client.get("/sign-in/")
    session = client.session
    session["planted"] = "by somebody"
    session.save()

    sign_in(client, "toan")

    assert client.session.session_key != session.session_key


@pytest.mark.duty("S0-40")
def test_a_new_device_is_announced_on_the_others_until_one_of_them_confirms_it(cast, client):
    sign_in(client, "toan")
    assert not KnownDevice.objects.filter(user=cast.toan, is_confirmed=False).exists()
    thief = Client(headers={"user-agent": PHONE})

    sign_in(thief, "toan")

    device = KnownDevice.objects.get(user=cast.toan, is_confirmed=False)
    confirm = f"/account/devices/{device.pk}/confirm/"
    assert confirm in client.get("/account/").text
    assert "Chrome, Android" in client.get("/").text
    assert confirm not in thief.get("/account/").text
    assert thief.post(confirm).status_code == 404  # no device vouches for itself
    client.post(confirm)
    assert "Chrome, Android" not in client.get("/").text
    assert verbs(cast.toan)[-2:] == ["device.added", "device.confirmed"]


def test_devices_that_look_alike_are_one_line_with_how_many_they_are(cast, client):
    sign_in(client, "toan")
    for _ in range(3):
        sign_in(Client(headers={"user-agent": PHONE}), "toan")

    [line] = [each for each in client.get("/").context["tasks"] if "Chrome, Android" in each["text"]]
    assert line["count"] == 3


def test_a_new_password_makes_unconfirmed_devices_strangers_again(cast, client):
    sign_in(client, "toan")
    sign_in(Client(headers={"user-agent": PHONE}), "toan")
    own = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}

    client.post("/account/password/", own)
    assert "Chrome, Android" not in client.get("/").text

    sign_in(Client(headers={"user-agent": PHONE}), "toan", NEW_PASSWORD)
    assert "Chrome, Android" in client.get("/").text


def test_a_known_device_is_not_announced_again_and_a_planted_cookie_makes_none(cast, client):
    sign_in(client, "toan")
    client.post("/sign-out/")
    sign_in(client, "toan")
    planted = Client()
    planted.cookies["portal_device"] = "planted-by-somebody"

    sign_in(planted, "lan")

    assert KnownDevice.objects.filter(user=cast.toan).count() == 1
    assert planted.cookies["portal_device"].value != "planted-by-somebody"


def test_the_owner_of_an_address_is_told_by_e_mail(cast, client, django_capture_on_commit_callbacks):
    cast.toan.email = "toan@example.org"
    cast.toan.save()
    sign_in(client, "toan")

    with django_capture_on_commit_callbacks(execute=True):
        sign_in(Client(headers={"user-agent": PHONE}), "toan")

    (letter,) = mail.outbox
    assert letter.to == ["toan@example.org"]
    assert "Chrome, Android" in letter.body
    assert PASSWORD not in letter.body
