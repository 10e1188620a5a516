"""What a check of the history has found: which record, what was there and what is there now."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.recorded import Recorded
from accounts.seals.sources import Row, Source


@dataclass(frozen=True, slots=True)
class Change:
    """A field in words; `was` is what was sealed (or what the history says), `now` what the database says."""

    field: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` says what kind, `what` names the record in words; `seal` is the number of the seal that knows better."""

    code: str
    what: str
    seal: int | None = None
    changes: list[Change] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def of_row(code: str, source: Source, row: Row, seal: int | None = None, now: Row | None = None) -> Finding:
    """About one history row, as it was sealed, and as it is `now`."""
    changes = differences(source.model, row, now) if now is not None else []
    return Finding(code, named(source.recorded or source.model, row), seal, changes)


def named(model: type[models.Model], row: Row) -> str:
    """The record in words: “Mark: Trần Bảo An, 6A, Toán, Regular 1”. A model may say it better than its `str`."""
    known = {f.attname: row[str(f.column)] for f in model._meta.concrete_fields if str(f.column) in row}
    return f"{_translated(model._meta.verbose_name)}: {_words_of(model(**_typed(model, known)))}"


def _words_of(record: models.Model) -> str:
    try:
        return str(getattr(record, "in_words", record))
    except Exception:  # what it refers to may be what is gone
        return f"#{record.pk}"


def _typed(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """From a sealed line everything is text; a record wants its own kinds of value."""
    fields = {f.attname: f for f in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in values.items()}


def differences(model: type[models.Model], was: Row, now: Row) -> list[Change]:
    """Column by column, those that both have."""
    found = []
    for each in model._meta.concrete_fields:
        column = str(each.column)
        if column in was and column in now and was[column] != now[column]:
            name = _translated(each.verbose_name)
            found.append(Change(name, shown(each, was[column]), shown(each, now[column])))
    return found


def _translated(name: Any) -> str:
    """A model's own name is for programmers, and rarely marked for translation where it stands."""
    return _(capfirst(str(name)))


def shown(column: "models.Field[Any, Any]", value: Any) -> str:
    """As a page shows it; names of choices instead of codes, and people instead of numbers."""
    if value in (None, ""):
        return "–"
    if column.is_relation:
        return _related(column, value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return _plain(column.to_python(value))


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return number_format(value.normalize())
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "H:i:s d/m/Y")
    return date_format(value, "d/m/Y") if isinstance(value, date) else str(value)


def _related(column: "models.Field[Any, Any]", value: Any) -> str:
    found = models.QuerySet(column.related_model).filter(pk=value).first()
    return _words_of(found) if found else f"#{value}"


def of_record(code: str, model: type[Recorded], row: Row, was: Row | None = None) -> Finding:
    """About a live row; `was` is what its newest history row says."""
    return Finding(code, named(model, row), None, differences(model, was, row) if was else [])
