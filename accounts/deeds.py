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
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEvent, Delegation, DelegationQuerySet
from accounts.roles import Permission

VERBS: dict[Permission, tuple[str, ...]] = {
    Permission.MANAGE_ACCOUNTS: ("accounts.account.", "accounts.role.", "accounts.password.reset"),
    Permission.ISSUE_DECISIONS: (
        "gradebook.decision.",
        "gradebook.board.",
        "gradebook.policy.",
        "gradebook.oversight.",
    ),
    Permission.ORDER_LOCK: ("gradebook.lock.ordered", "gradebook.lock.withdrawn"),
    Permission.DECIDE_CORRECTION: ("corrections.request.approved", "corrections.request.refused"),
    Permission.DECIDE_RESULTS: ("gradebook.results.decided", "gradebook.results.reconsidered"),
    Permission.ISSUE_TRANSCRIPT: ("transcripts.transcript.issued",),
}
"""How the verbs of each delegable power begin."""

WORDS = {
    "gradebook.lock.ordered": _("ordered books opened or locked"),
    "gradebook.lock.withdrawn": _("took back an order"),
    "corrections.request.approved": _("approved a correction request"),
    "corrections.request.refused": _("refused a correction request"),
    "gradebook.results.decided": _("decided on the results of a class"),
    "gradebook.results.reconsidered": _("took back a decision on a pupil's results"),
    "transcripts.transcript.issued": _("issued a transcript"),
    "accounts.account.created": _("created an account"),
    "accounts.role.given": _("gave a role"),
    "accounts.role.ended": _("ended a role"),
    "gradebook.oversight.given": _("said who checks what"),
    "gradebook.oversight.ended": _("ended what somebody checks"),
}
FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)


def with_deeds(delegations: DelegationQuerySet) -> "QuerySet[Delegation]":
    """Each with `deeds`, how many there are."""
    of_power = reduce(operator.or_, (Q(power=power.value) & _begins(power) for power in VERBS))
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
        _begins(delegation.power),
        actor_id=delegation.receiver_id,
        at__date__gte=delegation.since,
        at__date__lte=delegation.until,
        at__lte=delegation.ended_at or FOR_EVER,
    )
    return found.order_by("-at", "-pk")


def in_words(event: AuditEvent) -> str:
    """A verb without words stands as it is."""
    return str(WORDS.get(event.verb, event.verb))


def _begins(power: Permission) -> Q:
    return reduce(operator.or_, (Q(verb__startswith=verb) for verb in VERBS[power]))
