"""The write gate of SQLite: one writer at a time, in turn, and open to actions within actions."""

import subprocess
import sys

import pytest
from django.db import connection

from accounts.writing import recorded_write

TRY = """
import fcntl, os, sys
file = os.open(sys.argv[1], os.O_CREAT | os.O_RDWR)
try:
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("waits")
else:
    print("enters")
"""


def another_process(settings) -> str:
    command = [sys.executable, "-c", TRY, str(settings.DATA_DIR / "write-gate")]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.django_db
def test_another_process_waits_until_the_outermost_action_ends(settings):
    if connection.vendor != "sqlite":
        pytest.skip("the gate is for SQLite only")
    seen = []

    @recorded_write
    def inner() -> None:
        seen.append(another_process(settings))

    @recorded_write
    def outer() -> None:
        inner()
        seen.append(another_process(settings))

    outer()

    assert [*seen, another_process(settings)] == ["waits", "waits", "enters"]


@pytest.mark.django_db
def test_an_action_that_fails_leaves_the_gate_open(settings):
    if connection.vendor != "sqlite":
        pytest.skip("the gate is for SQLite only")

    @recorded_write
    def failing() -> None:
        raise ValueError

    with pytest.raises(ValueError):
        failing()

    assert another_process(settings) == "enters"
