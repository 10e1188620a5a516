"""A second factor: codes from an app (TOTP), and ten recovery codes on paper for the day the phone is lost."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import audit, policies, sessions
from accounts.models import OpenSession, User
from accounts.passwords import readable_code
from accounts.writing import recorded_write

RECOVERY_CODES = 10
_TOTP = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a code was right, and if it was not looked at, until when no other will be."""

    accepted: bool
    wait_until: datetime | None = None


def has_second_factor(user: User) -> bool:
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


@recorded_write
def start(*, user: User) -> TOTPDevice:
    """A fresh secret that counts only once a code has shown that the app holds it."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    device: TOTPDevice = TOTPDevice.objects.create(user=user, name="totp", confirmed=False)
    return device


@recorded_write
def confirm(*, user: User, typed: str, kept: str | None) -> list[str]:
    """The recovery codes, to be shown once; none when the code was wrong. Sessions without the factor end."""
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
    if device is None or not device.verify_token(_normal(typed)):
        return []
    TOTPDevice.objects.filter(user=user, confirmed=True).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    sessions.end(OpenSession.objects.filter(user=user).exclude(session_key=kept))
    audit.record(by=user, verb="accounts.second_factor.set_up", target=user)
    return _new_recovery_codes(user)


@recorded_write
def renew_recovery_codes(*, user: User) -> list[str]:
    audit.record(by=user, verb="accounts.second_factor.codes_renewed", target=user)
    return _new_recovery_codes(user)


@recorded_write
def verify(*, user: User, typed: str) -> Answer:
    """Look at one code, at a pace that django-otp halves with every failure; a recovery code is used up."""
    code = _normal(typed)
    is_recovery = not _TOTP.fullmatch(code)
    model = StaticDevice if is_recovery else TOTPDevice
    device = model.objects.select_for_update().filter(user=user, confirmed=True).first()
    if device is None:
        return Answer(accepted=False)
    allowed, why = device.verify_is_allowed()
    if not allowed:
        return Answer(accepted=False, wait_until=why["locked_until"])
    accepted = device.verify_token(_stored(code) if is_recovery else code)
    if not accepted:
        audit.record(by=None, verb="accounts.second_factor.failed", target=user)
    elif is_recovery:
        audit.record(by=user, verb="accounts.second_factor.recovery_used", target=user, left=codes_left(user))
    return Answer(accepted=accepted)


@recorded_write
def remove(*, account: User, by: User) -> None:
    """By its owner, or by a manager when the phone is lost."""
    if account != by and not policies.may_manage(by, account):
        raise PermissionDenied
    TOTPDevice.objects.filter(user=account).delete()
    StaticDevice.objects.filter(user=account).delete()
    if account != by:
        sessions.end(OpenSession.objects.filter(user=account))
    audit.record(by=by, verb="accounts.second_factor.removed", target=account)


@recorded_write
def remove_from_console(account: User) -> None:
    """For the principal who lost the phone and the paper: recorded, by nobody."""
    TOTPDevice.objects.filter(user=account).delete()
    StaticDevice.objects.filter(user=account).delete()
    audit.record(by=None, verb="accounts.second_factor.removed", target=account)


def codes_left(user: User) -> int:
    return int(StaticToken.objects.filter(device__user=user).count())


def _new_recovery_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery")
    codes = [readable_code(3) for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(
        StaticToken(device=device, token=_stored(_normal(code))) for code in codes
    )
    return codes


def _normal(typed: str) -> str:
    """As typed from paper or an app: spaces, hyphens and capitals mean nothing."""
    return re.sub(r"[\s-]", "", typed).lower()


def _stored(code: str) -> str:
    """What the table keeps of a recovery code: 64 bits that lead back to none of its 59 without the secret key."""
    return salted_hmac("accounts.recovery", code, algorithm="sha256").hexdigest()[:16]
