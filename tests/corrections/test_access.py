"""Who sees which requests, and that looking never changes anything."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gradebook.actions.teaching import assign_teacher
from gradebook.models import Column
from tests.cast import FIRST_DAY, build, client_of
from tests.corrections.chain import delegate, put_in_charge, rule
from tests.corrections.scene import Scene, handed_in, png


@pytest.fixture
def correction(scene):
    return scene.submit(uploads=(handed_in("bai.png", png()),))


@pytest.mark.parametrize("person", ["toan", "hanh", "vinh", "khoa"])
def test_the_requester_and_who_reads_corrections_see_it(scene, correction, person):
    client = client_of(scene.cast.people[person])

    assert client.get(f"/corrections/{correction.pk}/").status_code == 200
    assert client.get(evidence_url(correction)).status_code == 200


@pytest.mark.parametrize("person", ["lan", "mai", "cuc", "dung"])
def test_for_others_it_does_not_exist(scene, correction, person):
    client = client_of(scene.cast.people[person])

    assert client.get(f"/corrections/{correction.pk}/").status_code == 404
    assert client.get(evidence_url(correction)).status_code == 404
    for verb in VERBS:
        assert client.post(f"/corrections/{correction.pk}/{verb}/", {"note": "x"}).status_code == 404
    assert correction.reference not in client.get("/corrections/").text


def test_a_colleague_in_the_same_course_does_not_see_it(scene, correction):
    assign_teacher(course=scene.course, teacher=scene.cast.lan, since=FIRST_DAY, by=scene.cast.hanh)

    assert client_of(scene.cast.lan).get(f"/corrections/{correction.pk}/").status_code == 404


def test_evidence_is_found_only_under_its_own_request(scene, correction):
    other = scene.submit(scene.edit("7", version=0, pupil=1))
    file = correction.evidence.get()

    url = f"/corrections/{other.pk}/evidence/{file.pk}/"

    assert client_of(scene.cast.hanh).get(url).status_code == 404


@pytest.mark.parametrize(("person", "verb"), [("toan", "approve"), ("khoa", "refuse"), ("hanh", "execute")])
def test_who_sees_it_but_has_no_part_in_the_step_is_forbidden(scene, correction, person, verb):
    client = client_of(scene.cast.people[person])

    assert client.post(f"/corrections/{correction.pk}/{verb}/", {"note": "x"}).status_code == 403


VERBS = (
    *("endorse", "decline", "approve", "refuse", "ask-back", "answer", "withdraw"),
    *("present", "present-here", "execute"),
)


@pytest.mark.parametrize("verb", VERBS)
def test_verbs_are_not_done_by_looking(scene, correction, verb):
    assert client_of(scene.cast.hanh).get(f"/corrections/{correction.pk}/{verb}/").status_code == 405


@pytest.mark.parametrize("verb", VERBS)
def test_a_form_of_another_site_does_nothing(scene, correction, verb):
    """The page posts with a token that only it has."""
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(scene.cast.hanh)

    answer = forged.post(
        f"/corrections/{correction.pk}/{verb}/", {"note": "x"}, headers={"origin": "https://la.vn"}
    )

    assert answer.status_code == 403
    assert scene.again(correction).status == "waiting_for_decision"


def test_without_signing_in_there_is_only_the_sign_in_page(client, correction):
    response = client.get(f"/corrections/{correction.pk}/")

    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


def test_each_finds_what_waits_for_them_first(scene, correction):
    lists = {
        name: client_of(scene.cast.people[name]).get("/corrections/") for name in ("hanh", "khoa", "toan")
    }

    assert [name for name, page in lists.items() if correction.reference in page.text] == ["hanh", "toan"]


def test_the_cells_lead_to_their_history_exactly_where_it_opens(scene):
    """A delegate and the head of the requester's department read the request, not always the book."""
    put_in_charge(scene, scene.cast.dung, scene.cast.toan)
    delegate(scene, scene.cast.lan)
    rule(scene, correction_endorsement=True)
    correction = scene.submit()
    history = f"/courses/{scene.course.pk}/history/{scene.enrolment.pk}/{scene.column.pk}/"
    led = {}

    for name in ("toan", "dung", "lan", "hanh", "vinh", "khoa"):
        reader = client_of(scene.cast.people[name])
        led[name] = history in reader.get(f"/corrections/{correction.pk}/").text
        assert reader.get(history).status_code == (200 if led[name] else 404), name

    assert (led["lan"], led["dung"], led["toan"]) == (False, True, True)


@pytest.mark.parametrize(("person", "tab"), [("hanh", "waiting"), ("toan", "mine"), ("vinh", "all")])
def test_a_long_list_costs_no_more_queries_than_a_short_one(db, person, tab):
    scene = Scene.locked(build(pupils_per_class=23))
    client = client_of(scene.cast.people[person])

    def cost():
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/corrections/?tab={tab}")
        assert page.status_code == 200
        return len(queries)

    cells = [(pupil, column) for pupil in range(1, 23) for column in first_two_columns(scene)] + [(0, None)]
    for pupil, column in cells[:5]:
        ask(scene, pupil, column)
    few = cost()
    for pupil, column in cells[5:]:
        ask(scene, pupil, column)

    assert len(cells) == 45
    assert cost() == few


def evidence_url(correction):
    return f"/corrections/{correction.pk}/evidence/{correction.evidence.get().pk}/"


def first_two_columns(scene):
    return Column.objects.filter(course=scene.course, period=scene.column.period, kind="regular")[:2]


def ask(scene, pupil, column):
    scene.submit(scene.edit("9", version=0 if pupil else 1, pupil=pupil, column=column))
