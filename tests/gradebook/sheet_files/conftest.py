import pytest

from tests.cast import in_english


@pytest.fixture
def toan(cast):
    return in_english(cast.toan)
