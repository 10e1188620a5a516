"""Sign-in, sign-out and failure are recorded; these are the only signal receivers of the portal."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from accounts import audit
from accounts.models import User


@receiver(user_logged_in)
def record_sign_in(user: User, **_: Any) -> None:
    audit.record(by=user, verb="accounts.session.signed_in", target=user)


@receiver(user_logged_out)
def record_sign_out(user: User | None, **_: Any) -> None:
    if user is not None:
        audit.record(by=user, verb="accounts.session.signed_out", target=user)


@receiver(user_login_failed)
def record_failure(credentials: dict[str, Any], **_: Any) -> None:
    # A name that is nobody's may be a password typed into the wrong field: keep only known ones.
    known = User.objects.filter(username=credentials.get("username", "")).first()
    audit.record(by=None, verb="accounts.session.failed", target=known)
