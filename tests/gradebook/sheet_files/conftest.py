import pytest

from tests.gradebook.workbooks import english


@pytest.fixture
def toan(cast):
    return english(cast.toan)
