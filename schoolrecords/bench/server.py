"""The portal as a school runs it, over the scratch database: gunicorn, two processes, production settings."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils.crypto import get_random_string

from accounts.models import User

FORM = "application/x-www-form-urlencoded"
START_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    master: int

    def get(self, path: str, cookie: str = "") -> bytes:
        return self._answer("GET", path, "", {"Cookie": cookie})

    def post(self, path: str, body: str, cookie: str, accept: str = "application/json") -> bytes:
        token = get_random_string(32)
        headers = {
            "Cookie": f"{cookie}; csrftoken={token}",
            "X-CSRFToken": token,
            "Content-Type": FORM,
            "Accept": accept,
        }
        return self._answer("POST", path, body, headers)

    def cpu_of(self, act: Callable[[], object], times: int = 20) -> float:
        """Milliseconds that the web processes compute for one, whatever else the machine does. 0 outside Linux."""
        before = self._computed()
        for _ in range(times):
            act()
        return (self._computed() - before) / times / 1e6

    def _computed(self) -> int:
        """Nanoseconds on a processor so far, all threads of all web processes."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children")
        pids = children.read_text().split() if children.exists() else []
        threads = (each for pid in pids for each in Path(f"/proc/{pid}/task").glob("*/schedstat"))
        return sum(int(each.read_text().split()[0]) for each in threads)

    def _answer(self, method: str, path: str, body: str, headers: dict[str, str]) -> bytes:
        browser = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            browser.request(method, path, body, {"Accept-Encoding": "gzip", **headers})
            response = browser.getresponse()
            content = response.read()
        finally:
            browser.close()
        if response.status not in {200, 303}:
            raise AssertionError(f"{path} answered {response.status}.")
        return content


def cookie_of(user: User) -> str:
    """A session of this person, as the browser sends it."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@contextmanager
def running() -> Iterator[Server]:
    with TemporaryDirectory(prefix="portal-bench-") as folder, socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
        free.close()
        environment = _environment(Path(folder)) | {"PORTAL_STATIC_ROOT": _static().name}
        process = subprocess.Popen(_command(port), env=environment)  # noqa: S603  our own words only
        try:
            yield _ready(Server(port, process.pid))
        finally:
            process.terminate()
            process.wait()


@cache
def _static() -> "TemporaryDirectory[str]":
    """Static files hashed and compressed as in production; once, and gone with this process."""
    folder = TemporaryDirectory(prefix="portal-bench-")
    environment = _environment(Path(folder.name)) | {"PORTAL_STATIC_ROOT": folder.name}
    manage = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(manage, env=environment, check=True)  # noqa: S603  our own words only
    return folder


def _command(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "schoolrecords.bench.wsgi", f"--bind=127.0.0.1:{port}"),
        *("--worker-class=gthread", "--workers=2", "--threads=4"),
        *("--log-level=warning", "--no-control-socket"),
    ]


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | {
        "PORTAL_MODE": "production",
        "PORTAL_SECRET_KEY": settings.SECRET_KEY,
        "PORTAL_ALLOWED_HOSTS": "127.0.0.1,localhost",
        "PORTAL_DATABASE_URL": address(),
        "PORTAL_BROKER_URL": "memory://",
        "PORTAL_DATA_DIR": str(folder),
        "PORTAL_FILE_STORE": str(folder),
        "PORTAL_SSL_REDIRECT": "0",
    }


def address() -> str:
    """Of the scratch database, which stands beside the configured one."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    return f"postgresql://{given['USER']}{password}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


def _ready(server: Server) -> Server:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            # As often as there are processes and more: each has loaded the portal by then.
            for _ in range(8):
                server.get("/bench/bare/")
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return server
