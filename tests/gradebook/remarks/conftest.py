import pytest

from tests.gradebook.remarks.saying import FRIDAY, stop_clock


@pytest.fixture(autouse=True)
def friday(monkeypatch):
    stop_clock(monkeypatch, FRIDAY)
