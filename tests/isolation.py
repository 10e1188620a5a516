"""Keeps tests away from the portal's own data.

A plugin named in pyproject.toml, because pytest-django loads the settings before any conftest.py.
Each pytest-xdist process imports this for itself and so gets a folder of its own.
"""

import atexit
import os
import shutil
import tempfile

KEPT = {
    *("PORTAL_FONT_DIR", "PORTAL_SCREENSHOTS"),
    *("PORTAL_REQUIRE_SERVICES", "PORTAL_TEST_DATABASE_URL", "PORTAL_TEST_BROKER_URL"),
}

for name in {name for name in os.environ if name.startswith("PORTAL_")} - KEPT:
    del os.environ[name]

data_dir = os.environ["PORTAL_DATA_DIR"] = tempfile.mkdtemp(prefix="portal-tests-")
atexit.register(shutil.rmtree, data_dir, ignore_errors=True)

for name in ("DATABASE_URL", "BROKER_URL"):
    if url := os.environ.get(f"PORTAL_TEST_{name}"):
        os.environ[f"PORTAL_{name}"] = url
