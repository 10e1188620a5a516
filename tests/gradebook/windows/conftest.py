import pytest

from tests.gradebook.windows.clock import Clock


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch)
