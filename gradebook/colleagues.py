"""Who works here: everybody, and who leads the school."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import HeldRole, User
from accounts.names import sort_key
from accounts.roles import Role


def colleagues() -> list[User]:
    """Everybody who works here today: active, with a role, in the order of Vietnamese names. One query."""
    held = HeldRole.objects.on(timezone.localdate()).filter(user=OuterRef("pk"))
    found = User.objects.filter(Exists(held), is_active=True)
    return sorted(found, key=lambda user: (sort_key(user.full_name), user.pk))


def principal_on(day: date) -> User | None:
    """Who is principal on that day; of two, the one who came later."""
    held = HeldRole.objects.on(day).filter(role=Role.PRINCIPAL).select_related("user")
    latest = held.order_by("-since", "-pk").first()
    return latest.user if latest else None


def principals_name(day: date) -> str:
    """As documents print it; empty while there is none."""
    principal = principal_on(day)
    return principal.full_name if principal else ""


def principals_names(days: Iterable[date]) -> dict[date, str]:
    """By day, as `principals_name` says each; one query however many days."""
    held = HeldRole.objects.filter(role=Role.PRINCIPAL, is_withdrawn=False).select_related("user")
    terms = [(row.since, row.until or date.max, row.user.full_name) for row in held.order_by("since", "pk")]
    return {
        day: next((name for since, until, name in reversed(terms) if since <= day <= until), "")
        for day in days
    }
