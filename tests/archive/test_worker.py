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

from tests.journeys.template import Template
from tests.running.processes import ROOT, clean_environment, wait_until

pytestmark = [pytest.mark.one_database, pytest.mark.slow]

SCHOOL = """
import django; django.setup()
from tests.cast import build
from archive.actions import request_class_book
from archive.order_actions import order_papers
from gradebook.actions.teaching import open_class
cast = build(45)
"""
ASK = f"""{SCHOOL}
request_class_book(school_class=cast.classes["6A"], by=cast.cuc)
"""
ORDER = f"""{SCHOOL}
for name in "CDEFGH":
    open_class(year=cast.year, name="6" + name, grade=6, by=cast.hanh)
choice = {{"kind": "blank_book", "scope": "grade-6", "period": "", "signatures": False}}
order_papers(year=cast.year, choice=choice, by=cast.cuc)
"""
ISSUED = """
import django, json; django.setup()
from archive import verification
from archive.models import Edition, PaperOrder
order = PaperOrder.objects.get()
print(json.dumps({
    "classes": sorted(edition.school_class.name for edition in Edition.objects.issued()),
    "order": [order.papers, order.frozen, order.waiting, order.failed],
    "faults": len(verification.verify_all(verification.everything()).findings),
    "history": Edition.history.count(),
}))
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

    def __init__(self, folder: Path, template: Template) -> None:
        template.copy(folder, "")
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

    def worker(self, processes: int = 1) -> "subprocess.Popen[bytes]":
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "schoolrecords",
            "worker",
            "-B",
            "--concurrency",
            str(processes),
        ]
        return subprocess.Popen(
            [*command, "--loglevel", "ERROR"], cwd=ROOT, env=self.environment, start_new_session=True
        )

    def rendering(self) -> tuple[str, int, int]:
        with sqlite3.connect(self.folder / "portal.sqlite3", timeout=20) as database:
            row = database.execute("SELECT state, attempt, done FROM archive_rendering").fetchone()
        state, attempt, done = row
        return state, attempt, done

    def printed(self) -> int:
        with sqlite3.connect(self.folder / "portal.sqlite3", timeout=20) as database:
            row = database.execute("SELECT count(*) FROM archive_rendering WHERE state = 'done'").fetchone()
        return int(row[0])

    def wait(self, reached: Callable[[tuple[str, int, int]], bool]) -> None:
        wait_until(lambda: reached(self.rendering()), "the rendering's next state")


@pytest.fixture
def portal(tmp_path, templates):
    return Portal(tmp_path / "data", templates.blank())


def kill(worker: "subprocess.Popen[bytes]") -> None:
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def test_a_worker_killed_in_the_middle_ends_in_exactly_one_edition(portal):
    portal.run(ASK)

    first = portal.worker()
    try:
        portal.wait(lambda row: row[2] >= 2)
    finally:
        kill(first)
    state, attempt, done = portal.rendering()
    assert (state, attempt) == ("running", 1)
    parts = sorted(path.name for path in portal.folder.glob("work/*/*.pdf"))

    second = portal.worker()
    try:
        portal.wait(lambda row: row[0] in {"done", "failed"})
    finally:
        kill(second)

    assert portal.rendering()[:2] == ("done", 2)
    assert len(parts) >= done
    assert len(list(portal.folder.glob("files/editions/*/*/*"))) == 1
    found = json.loads(portal.run(CHECK))
    assert found == {"faults": [], "same": True, "history": 2}


def test_an_order_outlives_a_killed_worker_and_a_broker_that_forgot_everything(portal):
    portal.run(ORDER)

    first = portal.worker(processes=2)
    try:
        wait_until(lambda: portal.printed() >= 2, "the first papers of the order")
    finally:
        kill(first)
    assert portal.printed() < 8
    for message in (portal.folder / "queue" / "messages").iterdir():
        message.unlink()

    second = portal.worker(processes=2)
    try:
        wait_until(lambda: portal.printed() == 8, "the rest of the order")
    finally:
        kill(second)

    assert json.loads(portal.run(ISSUED)) == {
        "classes": [f"6{letter}" for letter in "ABCDEFGH"],
        "order": [8, 8, 0, 0],
        "faults": 0,
        "history": 16,
    }
    assert len(list(portal.folder.glob("files/editions/*/*/*"))) == 8
