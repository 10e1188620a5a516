import pytest

from tests.corrections.scene import Scene, client_of


@pytest.fixture(autouse=True)
def static_root(settings):
    settings.STATIC_ROOT.mkdir(exist_ok=True)


@pytest.fixture
def scene(cast):
    return Scene.locked(cast)


@pytest.fixture
def in_english():
    """A signed-in client that reads English, for tests about sentences."""

    def sign_in(person):
        client = client_of(person)
        client.cookies["portal_language"] = "en"
        return client

    return sign_in
