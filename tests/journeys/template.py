"""A data folder and a database to make others from.

The database is one of the PostgreSQL of this test run; on SQLite it is a file of the folder, whatever its name.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

EMPTY_DATABASE = "template1"


@dataclass(frozen=True)
class Template:
    folder: Path
    database: str

    def copy(self, folder: Path, database: str) -> dict[str, str]:
        """The settings of the copy."""
        shutil.copytree(self.folder, folder)
        return {"PORTAL_DATA_DIR": str(folder)} | _create(database, like=self.database)

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        drop_database(self.database)


def _create(name: str, *, like: str) -> dict[str, str]:
    """A copy of another database, by the settings that lead to it."""
    if not (server := _server()):
        return {}
    _run(server, "CREATE DATABASE {} TEMPLATE {}", name, like)
    return {"PORTAL_DATABASE_URL": f"{server}/{name}"}


def drop_database(name: str) -> None:
    if server := _server():
        _run(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _server() -> str:
    return os.environ.get("PORTAL_TEST_DATABASE_URL", "").rpartition("/")[0]


def _run(server: str, words: str, *names: str) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL(words).format(*map(sql.Identifier, names)))
