"""What somebody built in a database, kept as rows and put back by plain inserts: building it anew takes longer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Photograph:
    """The rows of each table that were not there before."""

    rows: dict[str, list[Row]]

    @classmethod
    def since(cls, before: "Photograph") -> "Photograph":
        """What was added since an earlier one. In this transaction it is there; in the next ones it is put back."""
        added = {table: [row for row in rows if row not in before.of(table)] for table, rows in _tables()}
        return cls({table: rows for table, rows in added.items() if rows})

    @classmethod
    def taken(cls) -> "Photograph":
        return cls(dict(_tables()))

    def of(self, table: str) -> list[Row]:
        return self.rows.get(table, [])

    def put_back(self) -> None:
        """Keys that point to rows of a later table are checked when the test ends, as always."""
        with connection.cursor() as cursor:
            for table, rows in self.rows.items():
                places = ", ".join(["%s"] * len(rows[0]))
                name = connection.ops.quote_name(table)
                cursor.executemany(f"INSERT INTO {name} VALUES ({places})", rows)


def _tables() -> Iterator[tuple[str, list[Row]]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield table, cursor.fetchall()
