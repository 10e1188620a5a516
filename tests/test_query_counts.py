"""No page asks more of the database for 45 pupils than for 5."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from gradebook.actions.marks import Edit, save_marks
from gradebook.models import Column
from tests.access import PEOPLE, rows
from tests.cast import Cast, enrol, signed_in
from tests.conftest import stored_in
from tests.scene import Scene

PAGES = [row for row in rows() if row.method == "GET" and 200 in row.statuses.values()]


def queries(scene: Scene, path: str, person: str) -> int:
    client = signed_in(Client(), scene.cast.people[person])
    url = path.format(**scene.keys)
    client.get(url).close()
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as captured:
        client.get(url).close()
    return len(captured)


def grow(cast: Cast) -> None:
    """40 more pupils, each with a mark in the final period, which is open."""
    more = enrol(cast, "6A", 40)
    column = Column.objects.get(course=cast.maths["6A"], kind="final", period__code="CK1")
    edits = [Edit(enrolment.pk, column.pk, "8", 0) for enrolment in more]
    save_marks(course=cast.maths["6A"], edits=edits, by=cast.toan, origin="page")


def reader(statuses: dict[str, int]) -> str:
    return next(person for person in PEOPLE if statuses[person] == 200)


@pytest.fixture(scope="module")
def few(shared_scene, shared_files):
    """What each page asks with 5 pupils; afterwards the class is large."""
    with override_settings(**stored_in(shared_files)):
        shared_scene.cast.execute("open", "CK1")
        found = {row.path: queries(shared_scene, row.path, reader(row.statuses)) for row in PAGES}
        grow(shared_scene.cast)
    return found


@pytest.mark.django_db
@pytest.mark.one_database
@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.path)
def test_a_page_asks_no_more_for_45_pupils_than_for_5(row, shared_scene, few):
    assert queries(shared_scene, row.path, reader(row.statuses)) <= few[row.path]
