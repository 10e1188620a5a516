"""What is sealed: the history of every recorded model of the installed apps, and what was done."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from accounts.models import AuditEvent
from accounts.recorded import Recorded

CHUNK = 2000
Row = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """A table that only grows. `dated` is the column that says when a row was written."""

    model: type[Model]
    dated: str
    recorded: type[Recorded] | None = None

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def key(self) -> str:
        return str(self.model._meta.pk.column)

    @cached_property
    def columns(self) -> list[str]:
        return sorted(str(field.column) for field in self.model._meta.concrete_fields)

    def rows(self, which: Q) -> Iterator[Row]:
        """One query, in the order of their numbers, never many in memory."""
        fields = {str(field.column): field.attname for field in self.model._meta.concrete_fields}
        found = self._all().filter(which).order_by("pk").values_list(*map(fields.__getitem__, self.columns))
        for values in found.iterator(chunk_size=CHUNK):
            yield dict(zip(self.columns, values, strict=True))

    def count(self, which: Q) -> int:
        return self._all().filter(which).count()

    def _all(self) -> "QuerySet[Any]":
        return QuerySet(self.model)


def sources() -> list[Source]:
    """Found in the registry, so that a new recorded model is sealed without being listed anywhere."""
    recorded = [model for model in apps.get_models() if issubclass(model, Recorded)]
    found = [Source(model.history.model, "history_date", model) for model in recorded]
    return sorted([*found, Source(AuditEvent, "at")], key=lambda source: source.table)
