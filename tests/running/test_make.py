import shutil
import subprocess

import pytest

from tests.running.processes import ROOT, clean_environment

STAMP = ROOT / ".venv" / "installed"


@pytest.mark.skipif(not STAMP.exists() or not shutil.which("make"), reason="this environment is not make's")
def test_a_second_setup_does_nothing_and_says_nothing():
    installed = STAMP.stat().st_mtime_ns
    setup = subprocess.run(
        ["make", "--no-print-directory", "setup"],
        cwd=ROOT,
        env=clean_environment(MAKEFLAGS=""),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (setup.returncode, setup.stdout, setup.stderr) == (0, "", "")
    assert STAMP.stat().st_mtime_ns == installed


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_name_no_registry(name):
    lock = (ROOT / name).read_text(encoding="utf-8")

    assert "://" not in lock
    assert "--hash=sha256:" in lock
