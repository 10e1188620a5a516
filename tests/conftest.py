import os
from collections.abc import Iterator
from contextlib import ExitStack
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models.signals import post_migrate
from django.test import override_settings
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from schoolrecords.celery import spare_the_collector
from tests.cast import Cast, build
from tests.journeys.templates import Templates
from tests.photograph import Photograph
from tests.scene import Scene, build_scene


def pytest_configure() -> None:
    # Passwords of tests guard nothing, and the real hasher is slow on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # As a worker does it.
    spare_the_collector()


@pytest.hookimpl(tryfirst=True)  # before pytest chooses by marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if not asks_a_database(item):
            item.add_marker(pytest.mark.one_database)
    if connection.vendor == "postgresql":
        return
    skip = pytest.mark.skip(reason="needs PostgreSQL: make test, or set PORTAL_TEST_DATABASE_URL")
    for item in items:
        if item.get_closest_marker("postgresql"):
            item.add_marker(skip)


def asks_a_database(item: pytest.Item) -> bool:
    """Its own, or that of a process which it starts."""
    marks = {mark.name for mark in item.iter_markers()}
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(marks & {"django_db", "postgresql", "slow"} or fixtures & {"db", "transactional_db"})


@pytest.fixture(autouse=True)
def file_store(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Path:
    """An empty file store for each test; that of what the module shares where a test looks at it."""
    shared = "shared_files" in request.fixturenames
    location: Path = request.getfixturevalue("shared_files") if shared else tmp_path / "files"
    for name, value in stored_in(location).items():
        setattr(settings, name, value)
    return location


def stored_in(location: Path) -> dict[str, Any]:
    return {"FILE_STORE": location}


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, testrun_uid: str) -> Iterator[Templates]:
    """Whole installations to copy."""
    folder = tmp_path_factory.getbasetemp()
    root = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "templates"
    root.mkdir(exist_ok=True)
    with ExitStack() as stack:
        yield Templates(root, testrun_uid, stack)


@pytest.fixture(scope="session")
def built() -> Iterator[dict[str, Any]]:
    """The cast as the first test built it, for the tests after it, until one empties the whole database.

    Permissions have other keys then. Which tests a worker runs after that is decided by who is faster.
    """
    cast: dict[str, Any] = {}

    def forget(**_: Any) -> None:
        cast.clear()

    post_migrate.connect(forget)
    yield cast
    post_migrate.disconnect(forget)


@pytest.fixture
def cast(built: dict[str, Any], db: None) -> Cast:
    if built:
        built["rows"].put_back()
    else:
        before = Photograph.taken()
        built |= {"cast": build(), "rows": Photograph.since(before)}
    return deepcopy(built["cast"])


@pytest.fixture(scope="module")
def shared_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def shared_scene(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, shared_files: Path
) -> Iterator[Scene]:
    """One scene for all tests of a module: building it takes a second, and they take back what they do."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**stored_in(shared_files)):
            scene = build_scene(build())
        yield scene
        transaction.set_rollback(True)
