"""What somebody did under a delegation: the receiver's audit events of that power, while it lasted (S1-04)."""

import operator
from datetime import UTC, datetime
from functools import reduce

from django.db.models import (
    CharField,
    Count,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from accounts.models import AuditEvent, Delegation, DelegationQuerySet
from accounts.roles import Permission

VERBS: dict[Permission, tuple[str, ...]] = {
    Permission.MANAGE_ACCOUNTS: (
        "accounts.account.created",
        "accounts.account.changed",
        "accounts.account.disabled",
        "accounts.account.enabled",
        "accounts.account.unlocked",
        "accounts.role.given",
        "accounts.role.ended",
        "accounts.password.reset",
        "accounts.password.reminded",
        "accounts.second_factor.removed",
    ),
    Permission.ISSUE_DECISIONS: (
        "gradebook.decision.entered",
        "gradebook.decision.edited",
        "gradebook.board.appointed",
        "gradebook.board.ended",
        "gradebook.policy.set",
        "gradebook.oversight.given",
        "gradebook.oversight.ended",
        "gradebook.year.reopened",
    ),
    Permission.ORDER_LOCK: (
        "gradebook.lock.ordered",
        "gradebook.lock.declined",
        "gradebook.lock.withdrawn",
    ),
    Permission.DECIDE_CORRECTION: ("corrections.request.approved", "corrections.request.refused"),
    Permission.DECIDE_RESULTS: ("gradebook.results.decided", "gradebook.results.reconsidered"),
    Permission.ISSUE_TRANSCRIPT: ("transcripts.transcript.issued",),
}
"""What is done by each delegable power, and by no other; `accounts.sentences` says it in words."""

FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)


def with_deeds(delegations: DelegationQuerySet) -> "QuerySet[Delegation]":
    """Each with `deeds`, how many there are."""
    of_power = reduce(operator.or_, (Q(power=power.value, verb__in=verbs) for power, verbs in VERBS.items()))
    lasted = Q(
        actor_id=OuterRef("receiver_id"),
        at__date__gte=OuterRef("since"),
        at__date__lte=OuterRef("until"),
        at__lte=Coalesce(OuterRef("ended_at"), Value(FOR_EVER)),
    )
    counted = (
        AuditEvent.objects.alias(power=ExpressionWrapper(OuterRef("permission"), CharField()))
        .filter(lasted, of_power)
        .order_by()
        .values("actor_id")
        .annotate(found=Count("pk"))
        .values("found")
    )
    deeds = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    found: QuerySet[Delegation] = delegations.annotate(deeds=deeds)
    return found


def deeds_of(delegation: Delegation) -> "QuerySet[AuditEvent]":
    found = AuditEvent.objects.filter(
        verb__in=VERBS[delegation.power],
        actor_id=delegation.receiver_id,
        at__date__gte=delegation.since,
        at__date__lte=delegation.until,
        at__lte=delegation.ended_at or FOR_EVER,
    )
    return found.order_by("-at", "-pk")
