from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.cast import Cast, signed_in
from tests.gradebook.governance.desk import Desk


@pytest.fixture(autouse=True)
def static_root(settings):
    settings.STATIC_ROOT.mkdir(exist_ok=True)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)


@pytest.fixture
def as_() -> Callable[[User], Client]:
    """Signed in, reading English."""

    def sign_in(person: User) -> Client:
        client = signed_in(Client(), person)
        client.cookies["portal_language"] = "en"
        return client

    return sign_in
