"""What happened to accounts (S0-18), and in running the books (S1-85), newest first."""

import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from accounts.models import AuditEvent, User
from accounts.sentences import sentence

_ACCOUNT = "accounts.user"


@dataclass(frozen=True, slots=True)
class Entry:
    event: AuditEvent
    text: str


ACCOUNTS = ("accounts.",)
OPERATIONS = {
    "locks": (gettext_lazy("Opening and locking of books"), ("gradebook.lock.",)),
    "corrections": (gettext_lazy("Corrections"), ("corrections.",)),
    "years": (gettext_lazy("Opening and closing of years"), ("gradebook.year.",)),
    "papers": (gettext_lazy("Printing and archive"), ("archive.", "transcripts.", "gradebook.register.")),
}
"""The groups of the journal of operations: how each is called, and how its verbs begin."""


def operations(group: str = "") -> tuple[str, ...]:
    """How the verbs begin, of one group or of all."""
    chosen = [OPERATIONS[group]] if group in OPERATIONS else OPERATIONS.values()
    return tuple(prefix for _label, prefixes in chosen for prefix in prefixes)


def events(
    *,
    verbs: Sequence[str] = ACCOUNTS,
    person: User | None = None,
    since: date | None = None,
    until: date | None = None,
) -> "QuerySet[AuditEvent]":
    """Those whose verb begins with one of `verbs`."""
    among = reduce(operator.or_, (Q(verb__startswith=prefix) for prefix in verbs))
    found = AuditEvent.objects.filter(among).order_by("-at", "-pk")
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
