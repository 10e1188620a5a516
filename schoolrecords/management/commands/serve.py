"""Runs the portal on one machine: the web server and the worker as two processes, until interrupted."""

import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from gradebook.models import School

HOST = "127.0.0.1"
# The demonstration runs as whoever started it, often root in a container; the image of production never does.
QUIET_AS_ROOT = "ignore:You're running the worker with superuser privileges"
DEMONSTRATION = "load_demonstration"
# The worker ends the task at hand first; a rendering cut off after this is resumed from its row.
GRACE_SECONDS = 15
START_SECONDS = 180
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Service:
    name: str
    process: subprocess.Popen[bytes]


class Command(BaseCommand):
    help = "Run the portal on this machine: web server and worker, until interrupted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--moment", default="november", help="of the demonstration, when it is made: may")

    def handle(self, *, port: int, moment: str, **options: Any) -> None:
        refuse_taken(port)
        refuse_second()
        name_address(port)
        prepare(moment, verbosity=options["verbosity"])
        stop = stop_on_signals()
        services = [start("web", web_command(port)), start("worker", worker_command())]
        try:
            self.watch(services, stop, port)
        finally:
            end(services)
        self.stdout.write("Stopped.")

    def watch(self, services: list[Service], stop: threading.Event, port: int) -> None:
        """Wait until a signal comes or one service ends, which is a failure: each needs the other."""
        deadline, announced = time.monotonic() + START_SECONDS, False
        while not stop.wait(0.2):
            for service in services:
                if (code := service.process.poll()) is not None:
                    raise CommandError(f"The {service.name} process ended by itself ({describe(code)}).")
            if not announced and (announced := healthy(port)):
                self.announce(port)
            if not announced and time.monotonic() > deadline:
                raise CommandError(f"The portal did not become healthy within {START_SECONDS} seconds.")

    def announce(self, port: int) -> None:
        if DEMONSTRATION in get_commands():
            call_command(DEMONSTRATION, "--accounts", stdout=self.stdout)
        self.stdout.write(f"The portal is at http://{HOST}:{port}/ (stop it with Ctrl-C)")
        self.stdout.flush()


def refuse_taken(port: int) -> None:
    if not 0 < port < 65536:
        raise CommandError(f"{port} is not a port number; choose one from 1024 to 65535: make run PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}); choose another: make run PORT=8001"
            ) from None


def refuse_second() -> None:
    """Two schedulers over one folder would send everything twice."""
    # Not inherited by the services: the lock ends with this process, however it ends.
    lock = os.open(settings.DATA_DIR / "serve.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CommandError(f"The portal runs already on the data in {settings.DATA_DIR}.") from None


def name_address(port: int) -> None:
    """Slips and codes lead to where this portal is, unless the school has given it a name."""
    if not settings.PRODUCTION:
        os.environ.setdefault("PORTAL_PUBLIC_URL", f"http://localhost:{port}")


def prepare(moment: str, *, verbosity: int) -> None:
    call_command("migrate", interactive=False, verbosity=0)
    if DEMONSTRATION in get_commands() and not School.objects.exists():
        call_command(DEMONSTRATION, moment=moment, verbosity=verbosity)
    connections.close_all()


def stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    return stop


def web_command(port: int) -> list[str]:
    return [
        *("gunicorn", "schoolrecords.wsgi", f"--bind={HOST}:{port}"),
        *("--worker-class=gthread", "--workers=2", "--threads=4"),
        *("--graceful-timeout=10", "--log-level=warning", "--no-control-socket"),
    ]


def worker_command() -> list[str]:
    # Mingle and gossip look for other workers, and there are none.
    return [
        *(
            "celery",
            "--quiet",
            "--app=schoolrecords",
            "worker",
            "--pool=prefork",
            "--concurrency=2",
            "--beat",
        ),
        *("--without-mingle", "--without-gossip", "--loglevel=WARNING"),
    ]


def start(name: str, command: list[str]) -> Service:
    """In a session of its own, so that Ctrl-C in a terminal reaches it once, through us."""
    process = subprocess.Popen(  # noqa: S603  our own words only
        [sys.executable, "-W", QUIET_AS_ROOT, "-m", *command],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=end_with_parent,
    )
    return Service(name, process)


def end_with_parent() -> None:
    """Let Linux end the service even when this command is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end(services: list[Service]) -> None:
    for service in services:
        service.process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for service in services:
        with contextlib.suppress(subprocess.TimeoutExpired):
            service.process.wait(max(deadline - time.monotonic(), 0))
        # Its children too: a service that was killed could not take them along.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(service.process.pid, signal.SIGKILL)
        service.process.wait()


def healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/health/", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def describe(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
