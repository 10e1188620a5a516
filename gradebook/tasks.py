"""What the worker does for the class book by itself."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from accounts.writing import recorded_write
from gradebook import grants


@shared_task  # type: ignore[untyped-decorator]
def revoke_expired_grants(**_: Any) -> int:
    return recorded_write(grants.revoke_expired)(timezone.localdate())
