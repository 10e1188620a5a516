"""A worker killed without warning in the middle of a bag leaves nothing that could be taken for one."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.archive.test_worker import portal
from tests.running.processes import ROOT, wait_until

__all__ = ["portal"]

pytestmark = [pytest.mark.one_database, pytest.mark.slow]

ASK = """
import django; django.setup()
from tests.cast import build
from archive import bag_actions, rendering
from archive.actions import request_class_book
cast = build(5)
rendering.render(request_class_book(school_class=cast.classes["6A"], by=cast.cuc).pk)
bag_actions.request_bags(year=cast.year, classes=[cast.classes["6A"]], by=cast.cuc)
"""
HANG = """
import django, os, pathlib, time; django.setup()
from archive.bags import making
from archive.packs.evidence import Evidence
def write(*_):
    pathlib.Path(os.environ["PORTAL_DATA_DIR"], "in-the-middle").touch()
    time.sleep(600)
Evidence.write = write
making.make(1)
"""
RESUME = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from accounts import jobs
from archive.bags import making
from archive.models import Bag
for pk in jobs.put_back_stale(Bag.objects.all(), timezone.now() + timedelta(days=1)):
    making.make(pk)
bag = Bag.objects.get()
print(bag.state, bag.attempt, bag.sha256)
"""


def kept(folder: Path) -> list[str]:
    return [path.stem for path in (folder / "files" / "bags").rglob("*.zip")]


def test_a_worker_killed_in_the_middle_of_a_bag_is_followed_by_one_that_makes_it(portal):
    portal.run(ASK)
    worker = subprocess.Popen([sys.executable, "-c", HANG], cwd=ROOT, env=portal.environment)
    try:
        wait_until((portal.folder / "in-the-middle").exists, "the middle of the bag")
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    assert kept(portal.folder) == []

    state, attempt, sha256 = portal.run(RESUME).split()

    assert (state, attempt) == ("done", "2")
    assert kept(portal.folder) == [sha256]
