"""The rules are judged by their truth, not by how busy the machine is, and need nothing of the portal."""

from inspect import signature

import pytest
from hypothesis import HealthCheck, settings

from tests.gradebook.assessment.worlds import ALL

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("assessment", patient, max_examples=15, derandomize=True, database=None)
settings.register_profile("assessment-all", patient, max_examples=2000)
settings.load_profile("assessment-all" if ALL else "assessment")


def pytest_itemcollected(item: pytest.Function) -> None:
    """Drops the fixtures that every test gets unasked, for a database, mail and files: half of the time."""
    asked = signature(item.function).parameters
    item.fixturenames[:] = [name for name in item.fixturenames if name in asked]
