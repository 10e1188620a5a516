"""A whole portal for a journey: web and worker as real processes, in an installation of its own."""

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import redis

from schoolrecords.demonstration.staff import PASSWORD
from tests.journeys.template import Template, drop_database
from tests.running.processes import ROOT, clean_environment, family, wait_until


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


@contextmanager
def running_portal(
    folder: Path, port: int, template: Template, *, founding: Sequence[str] = ()
) -> Iterator[Portal]:
    """`manage.py serve` on a copy of the template, with the services of this test run.

    `founding`: options of `found_school`, for a school that has nothing yet but its principal.
    """
    url = f"http://127.0.0.1:{port}"
    with ExitStack() as stack:
        database = f"portal_journey_{uuid.uuid4().hex[:12]}"
        stack.callback(drop_database, database)
        settings = template.copy(folder, database)
        if given := os.environ.get("PORTAL_TEST_BROKER_URL"):
            settings["PORTAL_BROKER_URL"] = stack.enter_context(own_queue(given))
        environment = clean_environment(PORTAL_PUBLIC_URL=url, PORTAL_FIRST_PASSWORD=PASSWORD, **settings)
        portal = Portal(url, folder, environment)
        if founding:
            done = portal.manage("found_school", *founding)
            assert done.returncode == 0, done.stderr
        stack.enter_context(serving(port, environment, folder / "output"))
        yield portal


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
        # Stopping in good order is what test_serve looks at; here it would be waited for after every journey.
        for pid in family(process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait(60)
