import pytest

from tests.cast import Cast
from tests.gradebook.results.school_year import teach_everything


@pytest.fixture
def whole(cast: Cast) -> Cast:
    """6A with every subject of grade 6."""
    teach_everything(cast, cast.classes["6A"], cast.toan)
    return cast
