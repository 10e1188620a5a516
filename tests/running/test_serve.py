import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from schoolrecords.management.commands import serve
from tests.running.processes import ROOT, alive, clean_environment, family, status, wait_until


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory, templates):
    """One for all tests here: each start follows a stop or a killing, and must go on from there."""
    if connection.vendor != "sqlite":
        pytest.skip("the embedded portal is tested in the run on SQLite")
    folder = tmp_path_factory.mktemp("serve") / "data"
    templates.school([]).copy(folder, "")
    return folder


@dataclass(frozen=True)
class Portal:
    process: subprocess.Popen[bytes]
    output: Path

    def says(self, words: str) -> bool:
        return words in self.output.read_text()

    def services(self) -> set[int]:
        """Both services and their children, once the worker has started its own."""
        wait_until(lambda: len(family(self.process.pid)) >= 7, "web with 2 workers, worker with 2 and a beat")
        return family(self.process.pid) - {self.process.pid}


@pytest.fixture
def portal(data_dir, unused_tcp_port, tmp_path):
    with (tmp_path / "output").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", f"--port={unused_tcp_port}"],
            cwd=ROOT,
            env=clean_environment(PORTAL_DATA_DIR=str(data_dir)),
            stdout=output,
            stderr=output,
        )
    portal = Portal(process, tmp_path / "output")
    wait_until(
        lambda: portal.says("The portal is at") or process.poll() is not None, "the address is announced"
    )
    assert status(f"http://127.0.0.1:{unused_tcp_port}/health/") == 200, portal.output.read_text()
    yield portal
    process.kill()
    process.wait()


@pytest.mark.slow
def test_an_interrupt_stops_everything(portal):
    pids = portal.services()

    portal.process.send_signal(signal.SIGINT)

    assert portal.process.wait(60) == 0, portal.output.read_text()
    assert portal.says("Stopped.")
    assert alive(pids) == set()


@pytest.mark.slow
@pytest.mark.parametrize(("name", "words"), [("web", "gunicorn"), ("worker", "celery")])
def test_one_that_dies_takes_the_other_along(portal, name, words):
    pids = portal.services()
    commands = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in pids}
    os.kill(min(pid for pid, command in commands.items() if words.encode() in command), signal.SIGKILL)

    assert portal.process.wait(60) == 1
    assert portal.says(f"The {name} process ended by itself (SIGKILL)")
    assert alive(pids) == set()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_nothing_outlives_a_killed_supervisor(portal):
    pids = portal.services()

    portal.process.kill()

    wait_until(lambda: not alive(pids), "the services end", seconds=60)


def test_a_taken_port_is_refused(unused_tcp_port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", unused_tcp_port))
        other.listen()
        with pytest.raises(CommandError, match=f"Port {unused_tcp_port} cannot be used .* make run PORT="):
            call_command("serve", port=unused_tcp_port)


def test_announces_the_demonstration_accounts_and_the_address(monkeypatch):
    monkeypatch.setattr(serve, "get_commands", lambda: {serve.DEMONSTRATION: "schoolrecords"})
    monkeypatch.setattr(
        serve, "call_command", lambda name, *words, stdout: stdout.write(f"{name} {' '.join(words)}")
    )
    output = StringIO()

    serve.Command(stdout=output).announce(8000)

    assert output.getvalue().startswith("load_demonstration --accounts")
    assert "http://127.0.0.1:8000/" in output.getvalue()
