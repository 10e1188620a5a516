"""Sessions: what Django keeps of them, and beside it what their owner is shown."""

from collections.abc import Collection
from datetime import timedelta
from typing import cast

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.http import AuthenticatedHttpRequest
from accounts.models import OpenSession, User
from accounts.origin import address_of, browser_of

SECOND_FACTOR = "second_factor"
"""In a session that was opened with a second factor, or in which one was set up."""
_SEEN = "seen"
_NOTED_EVERY = 300  # seconds: a write at every click would cost more than it tells


def begin(request: HttpRequest, user: User) -> OpenSession:
    """Note the session that Django has just opened, and forget those that have ended by themselves."""
    now = timezone.now()
    # A moment, not a length: otherwise every write to the session would prolong it.
    request.session.set_expiry(now + timedelta(seconds=settings.SESSION_COOKIE_AGE))
    request.session[_SEEN] = int(now.timestamp())
    request.session.save()
    own = OpenSession.objects.filter(user=user)
    own.exclude(pk__in=own.living().values("pk")).delete()
    session, _created = OpenSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={"user": user, "browser": browser_of(request), "address": address_of(request)},
    )
    return session


def is_idle(request: AuthenticatedHttpRequest) -> bool:
    """Whether nobody has used this session for too long; notes that somebody uses it now."""
    now, seen = timezone.now(), request.session.get(_SEEN, 0)
    idle = now.timestamp() - seen
    if idle > settings.SESSION_IDLE_SECONDS:
        return True
    if idle > _NOTED_EVERY:
        request.session[_SEEN] = int(now.timestamp())
        OpenSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=now)
    return False


def renew(request: AuthenticatedHttpRequest, user: User) -> None:
    """A new key for this session after its owner's rights or password changed."""
    old = request.session.session_key
    update_session_auth_hash(request, user)
    OpenSession.objects.filter(session_key=old).update(session_key=request.session.session_key)


def end(sessions: "QuerySet[OpenSession]") -> int:
    """End them now: the next click in them leads to the sign-in page."""
    keys: Collection[str] = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    OpenSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def of(user: User) -> "QuerySet[OpenSession]":
    return cast("QuerySet[OpenSession]", OpenSession.objects.filter(user=user).living())
