"""What waits for a person, and the lists of requests this person has."""

from datetime import datetime

from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from corrections.models import CorrectionRequest, CorrectionRequestQuerySet, Presence
from corrections.witnesses import VALID_FOR


def waiting(user: User) -> CorrectionRequestQuerySet:
    """The requests whose next step is this person's, the oldest first."""
    rows = CorrectionRequest.objects.visible_to(user).waiting_for(user)
    found: CorrectionRequestQuerySet = rows.order_by("requested_at", "pk")
    return found


def awaited(user: User, now: datetime) -> CorrectionRequestQuerySet:
    """The requests that are carried out only once this person is present, and has not said so yet."""
    since = max(now - VALID_FOR, timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0))
    present = Presence.objects.filter(request=OuterRef("pk"), confirmed_at__gte=since, confirmed_at__lte=now)
    leader = Exists(present.filter(part=Presence.Part.LEADER))
    rows = CorrectionRequest.objects.visible_to(user).to_be_attended_by(user, leader)
    left = rows.exclude(Exists(present.filter(person=user)))
    found: CorrectionRequestQuerySet = left.order_by("requested_at", "pk")
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
    if (present := awaited(user, timezone.now())).exists():
        found["presence"] = present
    found["mine"] = visible.requested_by(user).newest_first()
    if user.may(Permission.READ_CORRECTIONS) or visible.exclude(requested_by=user).exists():
        found["all"] = visible.newest_first()
    return found
