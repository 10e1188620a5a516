"""Who gets what at every address: the table is the contract, and no address may be missing from it.

404: may not know of it. 403: may see it but not do this. 405: GET never changes state. Anonymous visitors are
sent to sign in everywhere but at the public addresses.

The objects are of 6A, and where an object is a person's, Toàn's. Toàn teaches the course, Lan the same
subject in 6B; Mai leads 6A, Nga leads 6B: one's own and another's, for either kind of teacher.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import signed_in
from tests.scene import Scene

PEOPLE = ["hanh", "vinh", "khoa", "cuc", "dung", "mai", "toan", "lan", "nga"]
TABLE = Path(__file__).with_name("access.txt")
PUBLIC = {"health", "language", "sign_in", "sign_in_code", "who", "public"}


@dataclass(frozen=True)
class Row:
    address: str
    method: str
    path: str
    statuses: dict[str, int]


def rows() -> list[Row]:
    _, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        address, method, path, *statuses = line.split()
        found.append(Row(address, method, path, dict(zip(PEOPLE, map(int, statuses), strict=True))))
    return found


def addresses(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield str(entry.name)
        else:
            yield from addresses(entry)


pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(shared_scene: Scene) -> Scene:
    return shared_scene


def test_every_address_is_in_the_table():
    assert set(addresses(get_resolver())) == {row.address for row in rows()} | PUBLIC


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.path}")
def test_each_person_gets_what_the_table_says(row, scene):
    got = {}
    for person in PEOPLE:
        client = signed_in(Client(), scene.cast.people[person])
        with scene.undone():
            got[person] = client.generic(
                row.method, row.path.format(**scene.keys), headers={"accept": "text/html"}
            ).status_code

    assert got == row.statuses


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.path}")
def test_nobody_gets_anything_without_signing_in(row, scene, client):
    response = client.generic(row.method, row.path.format(**scene.keys))

    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")
