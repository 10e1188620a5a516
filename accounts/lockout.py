"""Who guesses passwords is held up; who owns the account hardly notices.

Failures are counted for a user name from one address, as a school of a thousand teachers sits behind one. Higher
limits, over all addresses of a name and all names of an address, stop those who spread their guesses. A browser in
which the owner has signed in before is counted by itself (OWASP's "device cookies"): pupils who type a teacher's
name until it locks do not lock it on the teacher's own computer. Nothing locks for longer than AXES_COOLOFF_TIME.

Axes keeps digests in place of user names: what was typed there may be a password.
"""

from collections.abc import Iterable
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import KnownDevice, User


class Handler(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """1 when any limit is reached, 0 otherwise: AXES_FAILURE_LIMIT is 1, the real limits stand in order."""
        counted = zip(self.get_user_attempts(request, credentials), settings.LOCKOUT_LIMITS, strict=True)
        return int(any(_failures(attempts) >= limit for attempts, limit in counted))

    def reset_user_attempts(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Success forgives this name at this address; not what others tried, nor what one tried elsewhere."""
        pair, *_others = self.filter_user_attempts(request, credentials)
        count, _by_model = pair.delete()
        return int(count)


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """AXES_USERNAME_CALLABLE."""
    username = str((credentials or {}).get("username") or "")
    device = device_digest(request)
    known = device and KnownDevice.objects.filter(user__username=username, digest=device).exists()
    return _digest(username, device if known else "")


def device_digest(request: HttpRequest) -> str:
    token = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    return salted_hmac("accounts.device", token, algorithm="sha256").hexdigest() if token else ""


def nameless(*_client: Any) -> str:
    """AXES_CLIENT_STR_CALLABLE: logs name nobody."""
    return ""


def locked(users: Iterable[User]) -> set[int]:
    """Those of whom a name is locked now, at whatever address."""
    names = _counted_names(users)
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(username__in=names, attempt_time__gte=since)
    pair, everywhere, _address = settings.LOCKOUT_LIMITS
    at_one = attempts.values("username", "ip_address").annotate(n=Sum("failures_since_start"))
    at_all = attempts.values("username").annotate(n=Sum("failures_since_start"))
    found = [*at_one.filter(n__gte=pair).values_list("username", flat=True)]
    found += at_all.filter(n__gte=everywhere).values_list("username", flat=True)
    return {names[name] for name in found}


def unlock(user: User) -> int:
    count, _by_model = AccessAttempt.objects.filter(username__in=_counted_names([user])).delete()
    return int(count)


def _counted_names(users: Iterable[User]) -> dict[str, int]:
    """Every digest under which failures of these people are counted, with whose it is."""
    names = {user.pk: user.username for user in users}
    found = {_digest(name): pk for pk, name in names.items()}
    for pk, device in KnownDevice.objects.filter(user__in=names).values_list("user", "digest"):
        found[_digest(names[pk], device)] = pk
    return found


def _failures(attempts: Any) -> int:
    return int(attempts.aggregate(count=Sum("failures_since_start"))["count"] or 0)


def _digest(username: str, device: str = "") -> str:
    return salted_hmac("accounts.lockout", f"{username}\n{device}", algorithm="sha256").hexdigest()
