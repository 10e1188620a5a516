"""Sign-in, sign-out and failure are recorded; these are the only signal receivers of the portal."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import audit, sessions
from accounts.models import OpenSession, User


@receiver(user_logged_in)
def record_sign_in(request: HttpRequest, user: User, **_: Any) -> None:
    session = sessions.begin(request, user)
    audit.record(
        by=user,
        verb="accounts.session.signed_in",
        target=user,
        browser=session.browser,
        address=session.address,
    )


@receiver(user_logged_out)
def record_sign_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    OpenSession.objects.filter(session_key=request.session.session_key).delete()
    if user is not None:
        audit.record(by=user, verb="accounts.session.signed_out", target=user)


@receiver(user_login_failed)
def record_failure(request: HttpRequest, credentials: dict[str, Any], **_: Any) -> None:
    """After axes has counted it (its receiver stands before ours)."""
    locked = request.axes_locked_out  # type: ignore[attr-defined]
    if locked and request.axes_failures_since_start is None:  # type: ignore[attr-defined]
        return  # turned away unheard; the lock is on record already
    # A name that is nobody's may be a password typed into the wrong field: keep only known ones.
    known = User.objects.filter(username=credentials.get("username", "")).first()
    audit.record(by=None, verb="accounts.session.failed", target=known)
    if locked:
        audit.record(by=None, verb="accounts.account.locked", target=known)
