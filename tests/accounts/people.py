"""Short words for the tests of accounts."""

import time
from typing import Any

from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.actions import second_factor
from accounts.models import AuditEvent, User
from tests.cast import PASSWORD

NEW_PASSWORD = "bốn con thuyền giấy"


def sign_in(client: Client, username: str, password: str = PASSWORD, **headers: Any):
    return client.post("/sign-in/", {"username": username, "password": password, "next": ""}, **headers)


def verbs(target: User | None = None) -> list[str]:
    """What happened to accounts, oldest first, without the prefix."""
    events = AuditEvent.objects.filter(verb__startswith="accounts.").order_by("pk")
    if target is not None:
        events = events.filter(target_type="accounts.user", target_id=target.pk)
    return [event.verb.removeprefix("accounts.") for event in events]


def code_of(user: User) -> str:
    """What the app on the phone shows now; it may be used once."""
    device = TOTPDevice.objects.get(user=user)
    return f"{totp(device.bin_key, device.step, device.t0, device.digits, 0):06}"


def wait_for_next_code(user: User) -> None:
    """As if half a minute had passed since the last code."""
    TOTPDevice.objects.filter(user=user).update(last_t=int(time.time()) // 30 - 2, throttling_failure_count=0)


def with_second_factor(user: User) -> list[str]:
    """Set up as the pages do; returns the recovery codes."""
    second_factor.start(user=user)
    codes = second_factor.confirm(user=user, typed=code_of(user), kept=None)
    wait_for_next_code(user)
    return codes
