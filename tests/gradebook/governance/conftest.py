import pytest

from tests.cast import Cast
from tests.gradebook.governance.desk import Desk


@pytest.fixture(autouse=True)
def static_root(settings):
    settings.STATIC_ROOT.mkdir(exist_ok=True)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)
