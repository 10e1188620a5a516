"""Does what stands in the records agree with the newest row of its history? Compared inside the database."""

from collections.abc import Iterator
from typing import Any

from django.db import connection, models

from accounts.recorded import Recorded
from accounts.seals.findings import Finding, of_record
from accounts.seals.sources import Row, Source

CHUNK = 500


def findings(source: Source) -> Iterator[Finding]:
    """Of one recorded model: rows that differ from their history, have none, or are gone."""
    if source.recorded is None:
        return
    live, history = source.recorded, source.model
    for keys in _chunks(_disagreeing(live, history)):
        newest = _newest(history, keys)
        for row in _rows(models.QuerySet(live).filter(pk__in=keys)):
            yield _compared(live, row, newest.get(row[_key(live)]))
    for keys in _chunks(_gone(live, history)):
        for row in _newest(history, keys).values():
            yield of_record("live-missing", live, row)


def _compared(live: type[Recorded], row: Row, newest: Row | None) -> Finding:
    if newest is None:
        return of_record("live-unrecorded", live, row)
    return of_record("live-differs", live, row, newest)


def _disagreeing(live: type[Recorded], history: Any) -> Iterator[Any]:
    names = [connection.ops.quote_name(field.column) for field in history.tracked_fields]
    differ = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    here, there = (", ".join(f"{table}.{name}" for name in names) for table in ("live", "newest"))
    key = connection.ops.quote_name(_key(live))
    yield from _keys(
        f"SELECT live.{key} FROM {_table(live)} live LEFT JOIN {_table(history)} newest ON newest.history_id = "
        f"(SELECT MAX(h.history_id) FROM {_table(history)} h WHERE h.{key} = live.{key}) "
        f"WHERE newest.history_id IS NULL OR ({here}) {differ} ({there}) ORDER BY 1"
    )


def _gone(live: type[Recorded], history: Any) -> Iterator[Any]:
    key = connection.ops.quote_name(_key(live))
    yield from _keys(
        f"SELECT DISTINCT h.{key} FROM {_table(history)} h "
        f"WHERE NOT EXISTS (SELECT 1 FROM {_table(live)} live WHERE live.{key} = h.{key}) ORDER BY 1"
    )


def _newest(history: Any, keys: list[Any]) -> dict[Any, Row]:
    key = _key(history.instance_type)
    rows = _rows(models.QuerySet(history).filter(**{f"{key}__in": keys}))
    return {row[key]: row for row in rows}


def _rows(found: "models.QuerySet[Any]") -> Iterator[Row]:
    for record in found.order_by("pk"):
        yield {str(field.column): getattr(record, field.attname) for field in record._meta.concrete_fields}


def _keys(statement: str) -> Iterator[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(CHUNK):
            yield from (key for (key,) in rows)


def _chunks(keys: Iterator[Any]) -> Iterator[list[Any]]:
    chunk = []
    for key in keys:
        chunk.append(key)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _key(model: type[models.Model]) -> str:
    return str(model._meta.pk.column)
