"""Query sets that Django writes out once per process, for the few statements that are asked all evening.

Django spends twenty times as long writing the statement that finds a teacher's course as the database answering it.
What is asked, what comes back and in which classes stays the query set's business; only the writing out is kept.
"""

from collections.abc import Callable
from copy import copy
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.expressions import Expression

RowT = TypeVar("RowT")


class Given(Expression):
    """A value named now and given when the statement is asked; with its field where the database needs it adapted."""

    def __init__(self, name: str, field: "models.Field[Any, Any] | None" = None) -> None:
        super().__init__(output_field=field)
        self.name, self.adapts_by = name, field

    def as_sql(self, *_args: Any, **_kwargs: Any) -> Any:
        return "%s", [self]

    def adapted(self, values: dict[str, Any]) -> Any:
        value = values[self.name]
        return self.adapts_by.get_db_prep_value(value, connection) if self.adapts_by else value


class Prepared(Generic[RowT]):
    """A query set over `Given` values. Neither sliced further nor locking: a lock is checked where it is written."""

    def __init__(self, build: "Callable[[], models.QuerySet[Any, RowT]]") -> None:
        self.build = build
        self.written: dict[str, tuple[Any, Any, str, tuple[Any, ...]]] = {}

    def ask(self, **values: Any) -> list[RowT]:
        """The rows, in one query. Raises KeyError when a value is not given."""
        queryset, compiler, sql, params = self.written.get(connection.vendor) or self._write()
        given = tuple(each.adapted(values) if isinstance(each, Given) else each for each in params)
        ready, asked = copy(compiler), queryset.all()
        ready.connection = connection
        ready.as_sql = lambda *_args, **_kwargs: (sql, given)
        asked.query.get_compiler = lambda *_args, **_kwargs: ready
        return list(asked)

    def _write(self) -> tuple[Any, Any, str, tuple[Any, ...]]:
        queryset = self.build()
        # Names the columns of a query set of tuples, as asking it would.
        compiler = queryset.query.get_compiler(queryset.db)
        sql, params = compiler.as_sql()
        # How the database's values become Python's hangs on the columns alone.
        converters = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])
        compiler.get_converters = lambda *_args: converters
        self.written[connection.vendor] = queryset, compiler, sql, params
        return self.written[connection.vendor]
