"""Browsers in which an account is at home (S0-40)."""

import secrets

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase

from accounts import audit
from accounts.lockout import device_digest
from accounts.models import KnownDevice, User
from accounts.origin import address_of, browser_of
from accounts.writing import recorded_write

_YEAR = 365 * 24 * 3600


def welcome(request: HttpRequest, response: HttpResponseBase, user: User, *, letter: tuple[str, str]) -> bool:
    """Note in which browser the person signs in. True when it is a new one and others are told of it."""
    token = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    # A token that nobody has signed in with may have been put there by somebody else: never adopt it.
    if not KnownDevice.objects.filter(digest=device_digest(request)).exists():
        token = request.COOKIES[settings.DEVICE_COOKIE_NAME] = secrets.token_urlsafe(32)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        token,
        max_age=_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return _note(request, user, letter)


def to_confirm(request: HttpRequest, user: User) -> "QuerySet[KnownDevice]":
    """New ones, as seen from any other: a browser does not vouch for itself."""
    unconfirmed = KnownDevice.objects.filter(user=user, is_confirmed=False)
    return unconfirmed.exclude(digest=device_digest(request))


@recorded_write
def confirm(device: KnownDevice, *, by: User) -> None:
    device.is_confirmed = True
    device.save(update_fields=["is_confirmed"])
    audit.record(by=by, verb="accounts.device.confirmed", target=by, browser=device.browser)


@recorded_write
def _note(request: HttpRequest, user: User, letter: tuple[str, str]) -> bool:
    is_first = not KnownDevice.objects.filter(user=user).exists()
    device, created = KnownDevice.objects.get_or_create(
        user=user,
        digest=device_digest(request),
        defaults={"browser": browser_of(request), "address": address_of(request), "is_confirmed": is_first},
    )
    if not created or is_first:
        return False
    audit.record(
        by=user, verb="accounts.device.added", target=user, browser=device.browser, address=device.address
    )
    if user.email:
        subject, text = letter
        transaction.on_commit(lambda: send_mail(subject, text, None, [user.email], fail_silently=True))
    return True
