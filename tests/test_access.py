"""Who gets what at every address: the table is the contract, and no address may be missing from it.

404: may not know of it. 403: may see it but not do this. 405: GET never changes state. Anonymous visitors are
sent to sign in everywhere but at the public addresses.

The objects are of 6A, and where an object is a person's, Toàn's. Toàn teaches the course, Lan the same
subject in 6B; Mai leads 6A, Nga leads 6B: one's own and another's, for either kind of teacher.
"""

from collections.abc import Iterator
from contextlib import closing

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django.plugin import DjangoDbBlocker

from accounts.recorded import Recorded
from tests.access import PEOPLE, PUBLIC, rows
from tests.cast import signed_in
from tests.scene import Scene


def addresses(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield str(entry.name)
        else:
            yield from addresses(entry)


SESSION_COOKIE_NAME = settings.SESSION_COOKIE_NAME

# What these pages ask of a database, other tests ask on both.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def scene(shared_scene: Scene) -> Scene:
    return shared_scene


def test_every_address_is_in_the_table():
    assert set(addresses(get_resolver())) == {row.address for row in rows()} | PUBLIC


@pytest.fixture(scope="module")
def sessions(shared_scene: Scene, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """Everybody has signed in once, before anybody does anything."""
    with django_db_blocker.unblock():
        clients = {person: signed_in(Client(), shared_scene.cast.people[person]) for person in PEOPLE}
        return {person: client.cookies[SESSION_COOKIE_NAME].value for person, client in clients.items()}


def client_of(session: str) -> Client:
    client = Client()
    client.cookies[SESSION_COOKIE_NAME] = session
    return client


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.path}")
def test_each_person_gets_what_the_table_says(row, scene, sessions):
    got = {}
    for person in PEOPLE:
        client = client_of(sessions[person])
        address = row.path.format(**scene.keys)
        with (
            scene.undone(),
            closing(client.generic(row.method, address, headers={"accept": "text/html"})) as answer,
        ):
            got[person] = answer.status_code

    assert got == row.statuses


def test_every_address_that_takes_a_form_is_also_asked_for_without_one():
    asked = {method: {row.address for row in rows() if row.method == method} for method in ("GET", "POST")}

    assert asked["POST"] <= asked["GET"]


def test_looking_at_every_address_changes_no_record(scene, sessions):
    """By the first person of the table to whom it shows anything: a verb answers 405, a page its page."""
    clients = {person: client_of(session) for person, session in sessions.items()}
    with scene.undone():
        before = versions()
        for row in rows():
            if row.method == "GET":
                _status, person = min((status, name) for name, status in row.statuses.items())
                clients[person].get(row.path.format(**scene.keys)).close()
        assert versions() == before


def versions() -> dict[str, int]:
    """How many versions of each recorded model there are."""
    recorded = [model for model in apps.get_models() if issubclass(model, Recorded)]
    return {model.__name__: model.history.count() for model in recorded}


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.path}")
def test_nobody_gets_anything_without_signing_in(row, scene, client):
    response = client.generic(row.method, row.path.format(**scene.keys))

    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")
