from datetime import date

import pytest

TODAY = date(2026, 11, 27)
"""A Friday in term."""


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_, **__: TODAY)
    return TODAY
