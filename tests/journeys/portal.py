"""A whole portal for a journey: web and worker as real processes, in an installation of its own."""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis
from psycopg import sql

from schoolrecords.demonstration.staff import PASSWORD
from tests.running.processes import ROOT, clean_environment, wait_until


@dataclass(frozen=True)
class Portal:
    url: str
    folder: Path
    environment: dict[str, str]

    def manage(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def archived_file(self, sha256: str) -> Path:
        [path] = self.folder.glob(f"files/editions/*/*/{sha256}.pdf")
        return path


@dataclass(frozen=True)
class Blank:
    """A migrated database without a row, to begin from: migrating takes longer than many a journey."""

    file: Path
    name: str


@contextmanager
def blank_database(folder: Path) -> Iterator[Blank]:
    environment = clean_environment(PORTAL_DATA_DIR=str(folder))
    with ExitStack() as stack:
        name = ""
        if given := os.environ.get("PORTAL_TEST_DATABASE_URL"):
            url = environment["PORTAL_DATABASE_URL"] = stack.enter_context(own_database(given))
            name = url.rpartition("/")[2]
        done = Portal("", folder, environment).manage("migrate", "-v0")
        assert done.returncode == 0, done.stderr
        yield Blank(folder / "portal.sqlite3", name)


@contextmanager
def running_portal(
    folder: Path, port: int, blank: Blank, demonstration: Sequence[str] = (), *, founding: Sequence[str] = ()
) -> Iterator[Portal]:
    """`manage.py serve` with the demonstration school, on the services of this test run.

    `demonstration`: options of `load_demonstration`, for another school than the usual one.
    `founding`: options of `found_school`, for a school that has nothing yet but its principal.
    """
    url = f"http://127.0.0.1:{port}"
    with ExitStack() as stack:
        environment = clean_environment(
            PORTAL_DATA_DIR=str(folder), PORTAL_PUBLIC_URL=url, PORTAL_FIRST_PASSWORD=PASSWORD
        )
        if given := os.environ.get("PORTAL_TEST_DATABASE_URL"):
            environment["PORTAL_DATABASE_URL"] = stack.enter_context(own_database(given, blank.name))
        else:
            shutil.copy(blank.file, folder)
        if given := os.environ.get("PORTAL_TEST_BROKER_URL"):
            environment["PORTAL_BROKER_URL"] = stack.enter_context(own_queue(given))
        portal = Portal(url, folder, environment)
        school = ["load_demonstration", *demonstration] if demonstration else ["found_school", *founding]
        if demonstration or founding:
            done = portal.manage(*school)
            assert done.returncode == 0, done.stderr
        stack.enter_context(serving(port, environment, folder / "output"))
        yield portal


@contextmanager
def own_database(url: str, like: str = "template1") -> Iterator[str]:
    server = url.rpartition("/")[0]
    name = f"portal_journey_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(like)))
        try:
            yield f"{server}/{name}"
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def own_queue(url: str) -> Iterator[str]:
    """An empty Redis database by number, emptied again afterwards."""
    server = url.rpartition("/")[0]
    for number in range(15, 0, -1):
        with redis.Redis.from_url(f"{server}/{number}") as client:
            if client.dbsize() == 0:
                yield f"{server}/{number}"
                client.flushdb()
                return
    raise AssertionError("every numbered database of this Redis is in use")


@contextmanager
def serving(port: int, environment: dict[str, str], log: Path) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", f"--port={port}"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
        )
    try:
        wait_until(
            lambda: "The portal is at" in log.read_text() or process.poll() is not None,
            "the portal announces its address",
        )
        assert process.poll() is None, log.read_text()
        yield
    finally:
        process.terminate()
        process.wait(60)
