"""What happened to accounts, newest first (S0-18)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import AuditEvent, User
from accounts.sentences import sentence

_ACCOUNT = "accounts.user"


@dataclass(frozen=True, slots=True)
class Entry:
    event: AuditEvent
    text: str


def events(
    *, person: User | None = None, since: date | None = None, until: date | None = None
) -> "QuerySet[AuditEvent]":
    found = AuditEvent.objects.filter(verb__startswith="accounts.").order_by("-at", "-pk")
    if person is not None:
        about = Q(target_type=_ACCOUNT, target_id=person.pk)
        found = found.filter(Q(actor_id=person.pk) | about)
    if since is not None:
        found = found.filter(at__date__gte=since)
    if until is not None:
        found = found.filter(at__date__lte=until)
    return found


def entries(found: Iterable[AuditEvent]) -> list[Entry]:
    return [Entry(event, sentence(event)) for event in found]


def entries_about(account: User, count: int) -> Sequence[Entry]:
    """What happened to the account, not what its owner did to those of others."""
    return entries(events().filter(target_type=_ACCOUNT, target_id=account.pk)[:count])
