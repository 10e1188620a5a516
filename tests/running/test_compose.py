"""Starts the services of docker-compose.yml with their commands and environment as written.

Only what a container engine would provide is replaced: host names and ports, the folders of secrets and data.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

from tests.running.composition import Service, services
from tests.running.processes import ROOT, alive, clean_environment, family, status, wait_until

HOST = "records.school.example"
REQUIRED = [
    "PORTAL_SECRET_KEY",
    "PORTAL_ALLOWED_HOSTS",
    "PORTAL_DATABASE_URL",
    "PORTAL_BROKER_URL",
    "PORTAL_DATA_DIR",
    "PORTAL_FILE_STORE",
]


@pytest.fixture
def portal() -> dict[str, Service]:
    return services({"PORTAL_HOST": HOST})


class Machine:
    """Stands in for the container engine: finds servers and folders for what the file names."""

    def __init__(self, folder: Path, port: int) -> None:
        database, broker = urlsplit(os.environ["PORTAL_TEST_DATABASE_URL"]), settings.CELERY_BROKER_URL
        self.database = f"{database.path.lstrip('/')}_compose"
        self.server = database
        self.folder, self.port = folder, port
        self.replaced = {
            "postgresql://portal@postgres:5432/portal": database._replace(path=f"/{self.database}").geturl(),
            "redis://redis:6379/0": f"{broker.rpartition('/')[0]}/1",
            "/run/secrets": str(folder / "secrets"),
            "/portal/public": str(folder / "public"),
            "/data": str(folder / "data"),
            "/files": str(folder / "files"),
            "0.0.0.0:8000": f"127.0.0.1:{port}",
            "127.0.0.1:8000": f"127.0.0.1:{port}",
            "$HOSTNAME": "$(hostname)",
        }

    def here(self, text: str) -> str:
        for there, here in self.replaced.items():
            if there in text:
                return text.replace(there, here)
        return text

    def environment(self, service: Service) -> dict[str, str]:
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        here = {name: self.here(value) for name, value in service.environment.items()}
        return clean_environment(**here) | {"PATH": path}

    def run(self, words: list[str], service: Service) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.here(word) for word in words],
            cwd=ROOT,
            env=self.environment(service),
            capture_output=True,
            text=True,
            check=False,
        )

    @contextmanager
    def running(self, name: str, service: Service) -> Iterator[None]:
        log = self.folder / f"{name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [self.here(word) for word in service.command],
                cwd=ROOT,
                env=self.environment(service),
                stdout=output,
                stderr=output,
            )
        try:
            yield
            assert process.poll() is None, log.read_text()
        finally:
            pids = family(process.pid)
            process.terminate()
            process.wait(60)
            assert alive(pids) == set(), name


@pytest.fixture
def machine(tmp_path, unused_tcp_port) -> Iterator[Machine]:
    if not settings.CELERY_BROKER_URL.startswith("redis"):
        pytest.skip("needs Redis: make test, or set PORTAL_TEST_BROKER_URL")
    machine = Machine(tmp_path, unused_tcp_port)
    (tmp_path / "secrets").mkdir()
    for secret in ("secret_key", "database_password"):
        (tmp_path / "secrets" / secret).write_text(
            "a secret of the test, long enough to be one, 0123456789\n"
        )
    server = machine.server._replace(path="/postgres").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{machine.database}"')
        yield machine
        connection.execute(f'DROP DATABASE "{machine.database}" WITH (FORCE)')


@pytest.mark.slow
@pytest.mark.postgresql
def test_the_services_work_together(portal, machine):
    collected = machine.run(["python", "manage.py", "collectstatic", "--noinput"], portal["web"])
    assert collected.returncode == 0, collected.stderr
    migrated = machine.run(portal["migrate"].command, portal["migrate"])
    assert migrated.returncode == 0, migrated.stderr

    with ExitStack() as stack:
        for name in ("web", "worker", "scheduler"):
            stack.enter_context(machine.running(name, portal[name]))
        url = f"http://127.0.0.1:{machine.port}"
        wait_until(lambda: status(f"{url}/health/") == 200, "the portal is healthy")
        wait_until(
            lambda: machine.run(portal["worker"].healthcheck, portal["worker"]).returncode == 0,
            "the worker answers a ping",
        )

        assert machine.run(portal["web"].healthcheck, portal["web"]).returncode == 0
        # Only the name we serve is answered, and pages only over TLS and after signing in.
        assert status(f"{url}/", {"Host": "elsewhere.example"}) == 400
        assert status(f"{url}/", {"Host": HOST}) == 301
        assert status(f"{url}/", {"Host": HOST, "X-Forwarded-Proto": "https"}) == 302


@pytest.mark.parametrize("name", REQUIRED)
def test_production_refuses_to_start_without(portal, tmp_path, name):
    web = portal["web"].environment
    given = {variable: "x" for variable in REQUIRED} | {
        "PORTAL_MODE": "production",
        "PORTAL_DATABASE_URL": "postgresql://portal@db/portal",
        "PORTAL_DATA_DIR": str(tmp_path),
    }
    assert {variable.removesuffix("_FILE") for variable in web} >= set(REQUIRED)
    del given[name]

    start = subprocess.run(
        [sys.executable, "-c", "import schoolrecords.settings"],
        cwd=ROOT,
        env=clean_environment(**given),
        capture_output=True,
        text=True,
        check=False,
    )

    assert start.returncode != 0
    assert f"ImproperlyConfigured: Set the environment variable {name}" in start.stderr


def test_only_the_scheduler_sends_what_is_due(portal):
    assert [name for name, service in portal.items() if {"beat", "-B", "--beat"} & set(service.command)] == [
        "scheduler"
    ]
