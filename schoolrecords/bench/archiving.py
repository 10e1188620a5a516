"""A whole school's class books through the real worker: two processes against one."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from archive import orders
from archive.models import Edition, PaperOrder, Rendering
from gradebook.models import School
from schoolrecords.bench.results import whole_classes
from schoolrecords.bench.school import BenchSchool, clerk
from schoolrecords.bench.server import address

CLASSES = 8
LONG_AGO = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
PATIENCE_SECONDS = 1800
_S = Rendering.State


@dataclass(frozen=True, slots=True)
class _Run:
    seconds: float
    books: int
    pages: int


def archive_speedup(school: BenchSchool) -> dict[str, Any]:
    """Seconds from the first book begun to the last one stored, with one process of the worker and with two.

    A book that does not verify afterwards ends the measurement.
    """
    whole_classes(school, CLASSES)
    with TemporaryDirectory(prefix="portal-bench-") as folder:
        environment = _environment(folder)
        one = _run(school, environment, 1)
        _change_every_book()
        two = _run(school, environment, 2)
        manage = [sys.executable, "manage.py", "verify_archive"]
        subprocess.run(manage, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    value = one.seconds / two.seconds
    return {
        "name": "archive_speedup",
        "value": round(value, 2),
        "unit": "times as fast with two processes of the worker",
        "target": 1.8,
        "met": value >= 1.8,
        "detail": {
            "database": connection.vendor,
            "books": two.books,
            "pages": two.pages,
            "seconds_one": round(one.seconds, 1),
            "seconds_two": round(two.seconds, 1),
            "processors": os.cpu_count(),
        },
    }


def _change_every_book() -> None:
    """What says the same is not printed a second time."""
    school = School.objects.get()
    school.place = f"{school.place}, xã khác"
    school.save_by(clerk())


def _run(school: BenchSchool, environment: dict[str, str], processes: int) -> _Run:
    """Rows only, as after a night without a broker: the worker finds them by itself when it starts."""
    order = PaperOrder.objects.create(
        year=school.course.school_class.year,
        kind=Edition.Kind.CLASS_BOOK,
        scope="school",
        ordered_by=clerk(),
        ordered_at=timezone.now(),
        papers=CLASSES + 1,
        heartbeat=timezone.now(),
    )
    list(orders.carry_out(order.pk))
    order.renderings.update(heartbeat=LONG_AGO)
    with _worker(environment, processes):
        _wait_until(order.renderings.exclude(state=_S.QUEUED).exists)
        start = time.monotonic()
        _wait_until(lambda: not order.renderings.unfinished().exists())
        seconds = time.monotonic() - start
    pages = order.renderings.aggregate(pages=Sum("edition__pages"))["pages"]
    return _Run(seconds, order.papers, pages)


@contextmanager
def _worker(environment: dict[str, str], processes: int) -> Iterator[None]:
    command = [sys.executable, "-m", "celery", "-A", "schoolrecords", "worker", "--loglevel=error"]
    worker = subprocess.Popen([*command, f"--concurrency={processes}"], env=environment)  # noqa: S603
    try:
        yield
    finally:
        worker.terminate()
        worker.wait()


def _environment(folder: str) -> dict[str, str]:
    own = {
        "PORTAL_DATABASE_URL": address(),
        "PORTAL_DATA_DIR": folder,
        "PORTAL_FILE_STORE": f"{folder}/files",
    }
    return os.environ | own | {"PORTAL_MODE": "embedded", "C_FORCE_ROOT": "1"}


def _wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.1)
