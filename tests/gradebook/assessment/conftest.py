"""Properties are judged by their truth, not by how busy the machine is, and nothing here touches a file."""

import pytest
from hypothesis import HealthCheck, settings

from tests.gradebook.assessment.worlds import ALL

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("assessment", patient, max_examples=20, derandomize=True, database=None)
settings.register_profile("assessment-all", patient, max_examples=2000)
settings.load_profile("assessment-all" if ALL else "assessment")


@pytest.fixture
def file_store() -> None:
    """In place of the empty file store that every other test gets: the rules have no use for one."""
