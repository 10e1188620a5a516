"""Recorded models that a later version will bring: made for one test and taken away again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, models

from accounts.recorded import Recorded


@contextmanager
def newcomer(app: str, name: str, **fields: "models.Field[Any, Any]") -> Iterator[Any]:
    """A model with its history and both tables, within the test's transaction."""
    body = {"__module__": f"{app}.models", **fields}
    model: type[Recorded] = type(name, (Recorded,), body)
    # One instance of the field serves all history tables and remembers the last one: no other comes this late.
    vars(model.history.model._meta.get_field("history_change_reason")).pop("cached_col", None)
    try:
        for each in (model, model.history.model):
            _create_table(each)
        yield model
    finally:
        for known in (name.lower(), f"historical{name.lower()}"):
            del apps.all_models[app][known]
        apps.clear_cache()


def _create_table(model: type[models.Model]) -> None:
    """What a migration does; SQLite's schema editor cannot be entered inside a transaction."""
    editor = connection.schema_editor()
    editor.deferred_sql = []
    statement, _ = editor.table_sql(model)
    with connection.cursor() as cursor:
        cursor.execute(statement)
