"""Runs a command beside a PostgreSQL and a Redis: services.py COMMAND…

Their addresses are PORTAL_TEST_DATABASE_URL and PORTAL_TEST_BROKER_URL when these are set. Otherwise
throwaway servers are started on free ports and ended with the command, so that no test touches a server
which somebody uses; where they are not installed, the usual ports of this machine are tried.
Exits with 69 (service unavailable) when they cannot be had.
"""

import contextlib
import getpass
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import redis

UNAVAILABLE = 69
START_SECONDS = 30
# Several runs may share one server, so each has a database of its own name.
DATABASE = f"portal_{os.getpid()}"


class Unavailable(Exception):
    pass


def main(command: list[str]) -> int:
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-services-")))
        try:
            urls = {
                "PORTAL_TEST_DATABASE_URL": stack.enter_context(postgresql(home)),
                "PORTAL_TEST_BROKER_URL": stack.enter_context(redis_server(home)),
            }
        except Unavailable as reason:
            print(reason, file=sys.stderr)
            return UNAVAILABLE
        return subprocess.run(command, env=os.environ | urls, check=False).returncode


@contextlib.contextmanager
def postgresql(home: Path) -> Iterator[str]:
    initdb, server = find("initdb"), find("postgres")
    if given := os.environ.get("PORTAL_TEST_DATABASE_URL"):
        yield first_reached([given], reach_postgresql)
    elif initdb and server:
        with private_postgresql(home, initdb, server) as url:
            yield url
    else:
        users = ["postgres", getpass.getuser()]
        urls = [f"postgresql://{user}@127.0.0.1:5432/{DATABASE}" for user in users]
        yield first_reached(urls, reach_postgresql)


@contextlib.contextmanager
def private_postgresql(home: Path, initdb: str, server: str) -> Iterator[str]:
    data, port = home / "postgresql", free_port()
    data.mkdir()
    owner: dict[str, Any] = {"cwd": "/"}
    if os.getuid() == 0:
        # PostgreSQL refuses to run as root; its package brings a user.
        owner |= {"user": "postgres", "group": "postgres", "extra_groups": []}
        home.chmod(0o755)
        shutil.chown(data, "postgres", "postgres")
    cluster = ["--username=portal", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    subprocess.run([initdb, f"--pgdata={data}", *cluster], check=True, stdout=subprocess.DEVNULL, **owner)
    fsync = os.environ.get("PORTAL_SERVICES_FSYNC", "off")  # no test pulls the plug
    settings = ["-clisten_addresses=127.0.0.1", "-cunix_socket_directories=", f"-cfsync={fsync}"]
    with running([server, "-D", str(data), "-p", str(port), *settings], log=home / "postgresql.log", **owner):
        yield wait_for(f"postgresql://portal@127.0.0.1:{port}/{DATABASE}", reach_postgresql)


@contextlib.contextmanager
def redis_server(home: Path) -> Iterator[str]:
    server = find("redis-server")
    if given := os.environ.get("PORTAL_TEST_BROKER_URL"):
        yield first_reached([given], reach_redis)
    elif server:
        port = free_port()
        command = [server, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(home)]
        with running(command, log=home / "redis.log"):
            yield wait_for(f"redis://127.0.0.1:{port}/0", reach_redis)
    else:
        yield first_reached(["redis://127.0.0.1:6379/15"], reach_redis)


def find(program: str) -> str | None:
    """On the PATH, or where Debian hides the newest PostgreSQL's server programs."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    return shutil.which(program) or shutil.which(program, path=":".join(map(str, reversed(folders))))


@contextlib.contextmanager
def running(command: list[str], *, log: Path, **options: Any) -> Iterator[None]:
    # A session of its own: Ctrl-C ends the tests first, and they still need the server to clean up.
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True, **options)
    try:
        yield
    finally:
        # The quick way down for PostgreSQL, which would wait for its clients on SIGTERM.
        process.send_signal(signal.SIGINT)
        process.wait()


def reach_postgresql(url: str) -> None:
    psycopg.connect(f"{url.rpartition('/')[0]}/postgres", connect_timeout=3).close()


def reach_redis(url: str) -> None:
    with redis.Redis.from_url(url, socket_connect_timeout=3) as client:
        client.ping()


def first_reached(urls: list[str], reach: Callable[[str], None]) -> str:
    for url in urls:
        with contextlib.suppress(psycopg.OperationalError, redis.RedisError):
            reach(url)
            return url
    raise Unavailable(f"Not reached: {urls[0]}. Install it: apt install postgresql redis-server")


def wait_for(url: str, reach: Callable[[str], None]) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(Unavailable):
            return first_reached([url], reach)
        time.sleep(0.1)
    raise Unavailable(f"Not up within {START_SECONDS} seconds: {url}")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
