"""Who looks at the mark grid is told which cells wait for a correction, and where that is read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corrections import actions
from gradebook.actions.teaching import assign_teacher
from tests.cast import FIRST_DAY, client_of, in_english


@pytest.fixture
def url(scene):
    return f"/corrections/courses/{scene.course.pk}/waiting/"


def test_the_grid_is_told_of_a_cell_whose_request_waits_until_it_is_decided(scene, url):
    correction = scene.submit()
    teacher = in_english(scene.cast.toan)

    assert teacher.get(url).json()["cells"] == [
        {
            "cell": f"{scene.enrolment.pk}-{scene.column.pk}",
            "words": "Request 1/2026-2027: waiting for the decision",
            "url": f"/corrections/{correction.pk}/",
        }
    ]
    actions.refuse(correction=correction, note="Bài ghi đúng 8.", by=scene.cast.hanh)
    assert teacher.get(url).json()["cells"] == []


def test_a_colleague_of_the_column_learns_the_number_but_gets_no_way_in(scene, url):
    scene.submit()
    assign_teacher(course=scene.course, teacher=scene.cast.lan, since=FIRST_DAY, by=scene.cast.hanh)

    [cell] = client_of(scene.cast.lan).get(url).json()["cells"]

    assert "1/2026-2027" in cell["words"]
    assert cell["url"] == ""


def test_who_only_reads_the_sheet_and_may_not_know_of_the_request_is_told_nothing(scene, url):
    correction = scene.submit()
    reader = client_of(scene.cast.mai)

    cells = reader.get(url).json()["cells"]

    assert bool(cells) == (reader.get(f"/corrections/{correction.pk}/").status_code == 200)


def test_many_waiting_cells_cost_no_more_queries_than_one(scene, url):
    teacher = client_of(scene.cast.toan)
    scene.submit()
    few = _asked(teacher, url)
    scene.submit(*[scene.edit("7", version=0, pupil=pupil) for pupil in range(1, 4)])

    assert _asked(teacher, url) == few
    assert len(teacher.get(url).json()["cells"]) == 4


def _asked(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)
