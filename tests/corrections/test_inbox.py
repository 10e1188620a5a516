"""What waits for a person, finding a request again, and taking the list along."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import AuditEvent
from corrections import actions
from corrections.models import CorrectionRequest, Status
from corrections.searching import STATES
from tests.cast import client_of, in_english
from tests.corrections.chain import follow, put_in_charge, rule
from tests.corrections.papers import carried_out
from tests.corrections.scene import paper


def found(client, **asked) -> list[str]:
    page = client.get("/corrections/", {"tab": "all", **asked})
    return sorted(correction.reference.split("/")[0] for correction, _kind in page.context["rows"])


@pytest.fixture
def three(scene):
    """1 by Toàn about An is refused, 2 about Ánh is carried out, 3 about Đạt waits."""
    first = scene.submit()
    actions.refuse(correction=first, by=scene.cast.hanh, note="Không đúng")
    carried_out(scene, scene.edit("7", version=0, pupil=1))
    scene.submit(scene.edit("6", version=0, pupil=4))
    return scene


def test_the_navigation_and_the_home_page_count_what_waits(scene):
    hanh = client_of(scene.cast.hanh)
    assert not any(item["count"] for item in hanh.get("/").context["portal"]["navigation"])
    scene.submit()
    scene.submit(scene.edit("6", version=0, pupil=1))

    home = hanh.get("/")
    [link] = [item for item in home.context["portal"]["navigation"] if item["url"] == "/corrections/"]
    assert link["count"] == 2
    assert [task["count"] for task in home.context["tasks"] if task["url"] == "/corrections/"] == [2]
    lan = client_of(scene.cast.lan).get("/").context["portal"]["navigation"]
    assert not any(item["count"] for item in lan)


def test_the_oldest_comes_first_and_each_dossier_leads_to_the_next_that_waits(scene):
    first = scene.submit()
    second = scene.submit(scene.edit("6", version=0, pupil=1))
    hanh = in_english(scene.cast.hanh)
    rows = hanh.get("/corrections/").context["rows"]
    assert [correction.pk for correction, _kind in rows] == [first.pk, second.pk]

    decided = hanh.post(f"/corrections/{first.pk}/approve/", follow=True)
    assert f'href="/corrections/{second.pk}/"' in decided.text
    assert "Next: request 2/2026-2027" in decided.text
    last = hanh.post(f"/corrections/{second.pk}/approve/", follow=True)
    assert "Next: request" not in last.text
    assert "Next: request 2/2026-2027" in in_english(scene.cast.khoa).get(f"/corrections/{first.pk}/").text


def test_a_request_is_found_by_number_pupil_requester_class_subject_kind_state_and_day(three):
    hanh, cast = client_of(three.cast.hanh), three.cast
    today = timezone.localdate().isoformat()
    assert found(hanh) == ["1", "2", "3"]
    assert found(hanh, text="2") == found(hanh, text="2/2026-2027") == ["2"]
    assert found(hanh, text="2/2025-2026") == []
    assert found(hanh, text="le thi anh") == ["2"]
    assert found(hanh, text="van dat") == found(hanh, text="Đạt") == ["3"]
    assert found(hanh, text="minh toan") == ["1", "2", "3"]
    assert found(hanh, text="khong ai") == []
    assert found(hanh, school_class=cast.classes["6A"].pk) == ["1", "2", "3"]
    assert found(hanh, subject=three.course.subject_id, text="bao an") == ["1"]
    assert found(hanh, kind="make_up") == []
    assert found(hanh, state="refused") == ["1"]
    assert found(hanh, state="executed") == ["2"]
    assert found(hanh, since=today, until=today) == ["1", "2", "3"]
    assert found(hanh, since="2030-01-01") == []


def test_what_makes_no_sense_narrows_nothing(three):
    hanh = client_of(three.cast.hanh)
    for asked in ({"state": "x"}, {"since": "hôm qua"}, {"school_class": "99999"}, {"kind": "\x00"}):
        assert found(hanh, **asked) == ["1", "2", "3"]
    assert found(hanh, text="%_'") == []


def test_every_state_is_asked_of_the_database_as_the_page_says_it(scene):
    follow(scene, "S1")
    rule(scene, correction_witnesses="none", homeroom_signs_minutes=False)
    put_in_charge(scene, scene.cast.dung, scene.cast.toan)
    cast, pupils = scene.cast, range(1, 5)
    waits, declined, asked, confirmed = (
        scene.submit(scene.edit("6", version=0, pupil=n), uploads=paper()) for n in pupils
    )
    actions.decline(correction=declined, by=cast.dung, note="Không")
    actions.ask_back(correction=asked, by=cast.dung, text="Bài đâu?")
    actions.endorse(correction=confirmed, by=cast.dung)
    taken_back = scene.submit(uploads=paper())
    actions.withdraw(correction=taken_back, by=cast.toan)
    approved = scene.submit(uploads=paper())
    actions.endorse(correction=approved, by=cast.dung)
    actions.approve(correction=scene.again(approved), by=cast.vinh)

    def agree():
        rows = list(CorrectionRequest.objects.with_steps())
        for state in Status:
            said = {row.pk for row in rows if row.status == state}
            assert set(CorrectionRequest.objects.filter(STATES[state]).values_list("pk", flat=True)) == said
        return {row.status for row in rows}

    seen = agree()
    actions.execute(correction=scene.again(approved), by=cast.khoa)
    seen |= agree()
    actions.refuse(correction=scene.again(confirmed), by=cast.vinh, note="Không")
    seen |= agree()
    assert seen == set(Status) - {Status.NOT_APPLIED}
    assert waits.pk


def test_a_search_finds_nothing_that_one_may_not_see(three):
    assert found(client_of(three.cast.lan), text="1") == []
    assert found(client_of(three.cast.mai), text="an") == []


def test_the_list_asks_the_same_for_many_requests(scene):
    client = client_of(scene.cast.hanh)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/corrections/", {"tab": "all", "text": "toan", "state": "waiting_for_decision"})
        return len(captured)

    scene.submit()
    queries()
    one = queries()
    for pupil in range(1, 5):
        scene.submit(scene.edit("6", version=0, pupil=pupil))
    assert queries() == one


@pytest.mark.duty("S4-35")
def test_the_export_holds_what_is_searched_for_and_is_written_down(three):
    answer = client_of(three.cast.hanh).get("/corrections/export/", {"state": "executed"})

    sheet = load_workbook(io.BytesIO(answer.content)).active
    cells = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    lines = [row for row in cells if "2/2026-2027" in row]
    assert len(lines) == 1
    assert {"Đỗ Minh Toàn", "Lê Thị Ánh", "7", "Nguyễn Thị Hạnh"} <= set(lines[0])
    assert not any("1/2026-2027" in row for row in cells)
    event = AuditEvent.objects.filter(verb="corrections.requests.exported").get()
    assert event.actor_name == "Nguyễn Thị Hạnh"
    assert event.particulars == {"searched": {"state": "executed"}, "rows": 1}

    lan = client_of(three.cast.lan).get("/corrections/export/")
    assert not any("2026-2027" in str(cell) for row in load_workbook(io.BytesIO(lan.content)).active.values
                   for cell in row if cell)  # fmt: skip


def test_what_the_reader_has_to_do_stands_above_the_steps(scene):
    correction = scene.submit()

    page = client_of(scene.cast.hanh).get(f"/corrections/{correction.pk}/").content.decode()

    assert page.index(f"/corrections/{correction.pk}/approve/") < page.index('class="steps')
