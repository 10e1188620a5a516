import pytest

from tests.corrections.scene import Scene


@pytest.fixture(autouse=True)
def static_root(settings):
    settings.STATIC_ROOT.mkdir(exist_ok=True)


@pytest.fixture
def scene(cast):
    return Scene.locked(cast)
