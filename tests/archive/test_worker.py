"""A real worker with the real broker of the embedded default, killed without warning in the middle."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.running.processes import ROOT, clean_environment, wait_until

pytestmark = [pytest.mark.slow]

ASK = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.cast import build
from archive.actions import request_class_book
cast = build(45)
request_class_book(school_class=cast.classes["6A"], by=cast.cuc)
"""
CHECK = """
import django, json; django.setup()
from archive import pdf, rendering, verification
from archive.models import Edition
from archive.store import editions
from gradebook import printing
edition = Edition.objects.get()
book = rendering.book_of(edition)
parts = [printing.Part(s.title, pdf.render_section(book, s)) for s in pdf.sections(book)]
print(json.dumps({
    "faults": [finding.code for finding in verification.verify(edition)],
    "same": pdf.join(book, parts).content == editions.locate(edition.path).read_bytes(),
    "history": Edition.history.count(),
}))
"""


class Portal:
    """An installation of its own: data folder, database and queue."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = clean_environment(
            DJANGO_SETTINGS_MODULE="schoolrecords.settings",
            PORTAL_DATA_DIR=str(folder),
            PORTAL_JOB_STALE_SECONDS="3",
            C_FORCE_ROOT="1",
        )

    def run(self, script: str) -> str:
        command = [sys.executable, "-c", script]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    def worker(self) -> "subprocess.Popen[bytes]":
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "schoolrecords",
            "worker",
            "-B",
            "--concurrency",
            "1",
        ]
        return subprocess.Popen(
            [*command, "--loglevel", "ERROR"], cwd=ROOT, env=self.environment, start_new_session=True
        )

    def rendering(self) -> tuple[str, int, int]:
        with sqlite3.connect(self.folder / "portal.sqlite3", timeout=20) as database:
            row = database.execute("SELECT state, attempt, done FROM archive_rendering").fetchone()
        state, attempt, done = row
        return state, attempt, done

    def wait(self, reached: Callable[[tuple[str, int, int]], bool]) -> None:
        wait_until(lambda: reached(self.rendering()), "the rendering's next state")


def kill(worker: "subprocess.Popen[bytes]") -> None:
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def test_a_worker_killed_in_the_middle_ends_in_exactly_one_edition(tmp_path):
    portal = Portal(tmp_path)
    portal.run(ASK)

    first = portal.worker()
    try:
        portal.wait(lambda row: row[2] >= 2)
    finally:
        kill(first)
    state, attempt, done = portal.rendering()
    assert (state, attempt) == ("running", 1)
    parts = sorted(path.name for path in tmp_path.glob("work/*/*.pdf"))

    second = portal.worker()
    try:
        portal.wait(lambda row: row[0] in {"done", "failed"})
    finally:
        kill(second)

    assert portal.rendering()[:2] == ("done", 2)
    assert len(parts) >= done
    assert len(list(tmp_path.glob("files/editions/*/*/*"))) == 1
    found = json.loads(portal.run(CHECK))
    assert found == {"faults": [], "same": True, "history": 2}
