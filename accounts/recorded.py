"""Attributable writes: every row of a legal record is written by somebody, through one of three doors.

django-simple-history writes nothing on `update()`, `bulk_create()` and `bulk_update()`, and takes the actor
from the request when there is one. Here those methods refuse, and the doors `save_by`, `create_many` and
`update_many` write the row and its history row together, with an explicit actor (S3-37, S0-21).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from django.db import models, transaction
from django.utils import timezone
from simple_history.models import HistoricalRecords

if TYPE_CHECKING:
    from accounts.models import User

ADDED, CHANGED = "+", "~"


class UnattributedWrite(RuntimeError):
    """A row of a legal record was about to be written without saying by whom, or to be deleted."""


class RecordedQuerySet(models.QuerySet[Any]):
    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise UnattributedWrite(
            f"{self.model.__name__}: write through accounts.recorded, never in bulk or by delete."
        )

    update = bulk_create = bulk_update = delete = _refuse
    aupdate = abulk_create = abulk_update = adelete = _refuse


class HistoryRow(models.Model):
    """What every history table adds: where the write came from (page, import 12, correction 3/2026)."""

    history_origin = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True


class Recorded(models.Model):
    """A row whose every version stays readable: who, when, from where, why."""

    # The doors below write the history themselves, so simple-history's own receiver stays silent.
    skip_history_when_saving = True

    objects = RecordedQuerySet.as_manager()
    history = HistoricalRecords(
        inherit=True, bases=[HistoryRow], history_change_reason_field=models.TextField(blank=True, default="")
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise UnattributedWrite(f"{type(self).__name__}: use save_by(actor).")

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise UnattributedWrite(f"{type(self).__name__}: legal records are never deleted.")

    def save_by(self, by: "User", *, reason: str = "", origin: str = "") -> None:
        """Write this row and its history row in one transaction."""
        kind = ADDED if self._state.adding else CHANGED
        with transaction.atomic():
            super().save()
            _write_history(type(self), [self], kind, Attribution(by, reason, origin))


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who writes, why, and from where."""

    by: "User"
    reason: str = ""
    origin: str = ""


RecordedModel = TypeVar("RecordedModel", bound=Recorded)


def create_many(
    model: type[RecordedModel],
    rows: Iterable[RecordedModel],
    *,
    by: "User",
    reason: str = "",
    origin: str = "",
) -> list[RecordedModel]:
    """Insert rows and their history in two statements, however many there are."""
    rows = list(rows)
    if not rows:
        return []
    with transaction.atomic():
        created: list[RecordedModel] = _unguarded(model).bulk_create(rows)
        _write_history(model, created, ADDED, Attribution(by, reason, origin))
    return created


def update_many(
    model: type[RecordedModel],
    rows: Sequence[RecordedModel],
    *,
    fields: Collection[str],
    by: "User",
    reason: str = "",
    origin: str = "",
) -> None:
    """Update the named fields of existing rows and write their history in two statements.

    One INSERT … ON CONFLICT DO UPDATE instead of Django's CASE … WHEN a row and field: about 4 times faster.
    """
    if not rows:
        return
    with transaction.atomic():
        _unguarded(model).bulk_create(
            rows, update_conflicts=True, unique_fields=[model._meta.pk.attname], update_fields=fields
        )
        _write_history(model, rows, CHANGED, Attribution(by, reason, origin))


def _unguarded(model: type[RecordedModel]) -> "models.QuerySet[RecordedModel]":
    return models.QuerySet(model)


def _write_history(
    model: type[Recorded], rows: Sequence[Recorded], kind: str, attribution: Attribution
) -> None:
    history = model.history.model
    names = [field.attname for field in history.tracked_fields]
    stamp = {
        "history_date": timezone.now(),
        "history_type": kind,
        "history_user_id": attribution.by.pk,
        "history_change_reason": attribution.reason,
        "history_origin": attribution.origin,
    }
    history.objects.bulk_create(
        [history(**stamp, **{name: getattr(row, name) for name in names}) for row in rows]
    )
