"""Write down what was done, in the same transaction as doing it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation

from accounts.models import AuditEvent, User


def record(
    *, by: User | None, verb: str, target: models.Model | None = None, **particulars: Any
) -> AuditEvent:
    """Append one event. `verb` is `app.noun.past_participle`; particulars are JSON without secrets."""
    event = _event(by, verb, target, particulars)
    event.save()
    return event


def record_many(
    *, by: User | None, verb: str, targets: Iterable[models.Model], **particulars: Any
) -> list[AuditEvent]:
    """Append one event for each target, in one statement."""
    return AuditEvent.objects.bulk_create(_event(by, verb, target, particulars) for target in targets)


def _event(
    by: User | None, verb: str, target: models.Model | None, particulars: dict[str, Any]
) -> AuditEvent:
    # In the school's language, whatever language the page of the actor is in.
    with translation.override(settings.LANGUAGE_CODE):
        name = str(target)[:200] if target else ""
    return AuditEvent(
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        verb=verb,
        target_type=target._meta.label_lower if target else "",
        target_id=target.pk if target else None,
        target_name=name,
        particulars=particulars,
    )
