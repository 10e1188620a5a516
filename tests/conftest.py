import os
import tempfile

os.environ.setdefault("PORTAL_DATA_DIR", tempfile.mkdtemp(prefix="portal-test-"))

import pytest

from tests.cast import Cast, build


@pytest.fixture
def cast(db: None) -> Cast:
    return build()
