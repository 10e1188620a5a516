"""Everybody who works here today: active, with a role, in the order of Vietnamese names."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import HeldRole, User
from accounts.names import sort_key


def colleagues() -> list[User]:
    """One query."""
    held = HeldRole.objects.on(timezone.localdate()).filter(user=OuterRef("pk"))
    found = User.objects.filter(Exists(held), is_active=True)
    return sorted(found, key=lambda user: (sort_key(user.full_name), user.pk))
