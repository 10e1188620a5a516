"""What waits for a person, and the lists of requests this person has."""

from django.db.models import Case, Q, When

from accounts.models import User
from accounts.roles import Permission
from corrections.models import CorrectionRequest, CorrectionRequestQuerySet


def waiting(user: User) -> CorrectionRequestQuerySet:
    """The requests whose next step is this person's, the oldest first."""
    rows = CorrectionRequest.objects.visible_to(user).waiting_for(user)
    found: CorrectionRequestQuerySet = rows.order_by("requested_at", "pk")
    return found


def next_waiting(user: User, after: CorrectionRequest) -> CorrectionRequest | None:
    """The next one after this, and after the last one the first again."""
    others = waiting(user).exclude(pk=after.pk).select_related("year")
    later = Q(requested_at__gt=after.requested_at) | Q(requested_at=after.requested_at, pk__gt=after.pk)
    before_others = Case(When(later, then=0), default=1)
    found: CorrectionRequest | None = others.order_by(before_others, "requested_at", "pk").first()
    return found


def lists(user: User) -> dict[str, CorrectionRequestQuerySet]:
    """The most useful first."""
    visible = CorrectionRequest.objects.visible_to(user)
    found: dict[str, CorrectionRequestQuerySet] = {}
    mine = waiting(user)
    if user.may(Permission.DECIDE_CORRECTION) or user.may(Permission.EXECUTE_CORRECTION) or mine.exists():
        found["waiting"] = mine
    found["mine"] = visible.requested_by(user).newest_first()
    if user.may(Permission.READ_CORRECTIONS) or visible.exclude(requested_by=user).exists():
        found["all"] = visible.newest_first()
    return found
