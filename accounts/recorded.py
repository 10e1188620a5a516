"""Attributable writes: every row of a legal record is written by somebody, through one of three doors.

django-simple-history writes nothing on `update()`, `bulk_create()` and `bulk_update()`, and takes the actor
from the request when there is one. Here those methods refuse, and the doors `save_by`, `create_many` and
`update_many` write the row and its history row together, with an explicit actor (S3-37, S0-21).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from django.db import connection, models, transaction
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
    with _together():
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
    """Update the named fields of existing rows and write their history in two statements."""
    if not rows:
        return
    names = [model._meta.get_field(name) for name in fields]
    with _together():
        _update(model, names, rows)
        _write_history(model, rows, CHANGED, Attribution(by, reason, origin))


def _together() -> transaction.Atomic:
    """One transaction. Inside an action no savepoint: when one of two writes fails, so does the whole action."""
    return transaction.atomic(savepoint=False)


def _unguarded(model: type[RecordedModel]) -> "models.QuerySet[RecordedModel]":
    return models.QuerySet(model)


def _write_history(
    model: type[Recorded], rows: Sequence[Recorded], kind: str, attribution: Attribution
) -> None:
    history = model.history.model
    stamp = {
        "history_date": timezone.now(),
        "history_type": kind,
        "history_user_id": attribution.by.pk,
        "history_change_reason": attribution.reason,
        "history_origin": attribution.origin,
    }
    stamps = [field for field in history._meta.concrete_fields if field.attname in stamp]
    fixed = [field.get_db_prep_save(stamp[field.attname], connection) for field in stamps]
    values = [(*fixed, *row) for row in _values(history.tracked_fields, rows)]
    columns = [field.column for field in (*stamps, *history.tracked_fields)]
    places = ", ".join(["%s"] * len(columns))
    _execute_many(
        f"INSERT INTO {_quoted(history._meta.db_table)} ({_list(columns)}) VALUES ({places})", values
    )


def _update(model: type[Recorded], fields: Sequence[Any], rows: Sequence[Recorded]) -> None:
    assignments = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    table, key = _quoted(model._meta.db_table), model._meta.pk
    values = _values([*fields, key], rows)
    _execute_many(f"UPDATE {table} SET {assignments} WHERE {_quoted(str(key.column))} = %s", values)


def _values(fields: Iterable[Any], rows: Sequence[Recorded]) -> list[tuple[Any, ...]]:
    """What the driver takes, column by column: most values go as they are, so ask the field only where needed.

    A class knows few different scores, and putting one into the database's words is slow.
    """
    columns = []
    for field in fields:
        column = [getattr(row, field.attname) for row in rows]
        if isinstance(field, models.DecimalField):
            ready = {value: field.get_db_prep_save(value, connection) for value in set(column)}
            column = [ready[value] for value in column]
        elif not isinstance(field, _PLAIN):
            column = [field.get_db_prep_save(value, connection) for value in column]
        columns.append(column)
    return list(zip(*columns, strict=True))


_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)


def _execute_many(statement: str, values: list[tuple[Any, ...]]) -> None:
    # Written out, because bulk_create spends four times as long preparing 540 rows as the database storing them.
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _list(columns: Iterable[str]) -> str:
    return ", ".join(map(_quoted, columns))
