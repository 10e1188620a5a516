"""What the mark grid is told by the server: conflicts, locks, other people, and how an earlier value comes back."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.teaching import assign_teacher
from gradebook.grid import field_name
from gradebook.models import Column, Mark
from tests.cast import FIRST_DAY, PASSWORD, Cast, signed_in

JSON = {"accept": "application/json"}


@pytest.fixture
def grid(cast: Cast) -> str:
    return f"/courses/{cast.maths['6A'].pk}/semester-1/"


def column(cast: Cast) -> Column:
    return Column.objects.get(course=cast.maths["6A"], kind="regular", ordinal=1, period__semester__number=1)


def name(cast: Cast, version: int = 0, pupil: int = 0) -> str:
    return field_name(cast.pupils["6A"][pupil].pk, column(cast).pk, version)


def write(cast: Cast, typed: str, by, version: int = 0, pupils=(0,)) -> None:
    edits = [Edit(cast.pupils["6A"][pupil].pk, column(cast).pk, typed, version) for pupil in pupils]
    assert len(save_marks(course=cast.maths["6A"], edits=edits, by=by, origin="page").saved) == len(edits)


@pytest.fixture
def overtaken(cast: Cast) -> Cast:
    """Lan teaches 6A too, and wrote into every first cell while Toàn had the empty page open."""
    assign_teacher(course=cast.maths["6A"], teacher=cast.lan, since=FIRST_DAY, by=cast.hanh)
    write(cast, "5", cast.lan, pupils=range(5))
    return cast


def test_a_conflict_shows_both_values_who_was_faster_and_when(overtaken, client, grid):
    answer = signed_in(client, overtaken.toan).post(f"{grid}save/", {name(overtaken): "6"}, headers=JSON)

    [refused] = answer.json()["refused"]
    moment = Mark.history.latest("history_date").history_date.astimezone().strftime("%Y")
    assert (refused["code"], refused["theirs"], refused["typed"]) == ("conflict", "5", "6")
    assert refused["name"] == name(overtaken, version=1)
    for words in ("“5”", "“6”", "Bùi Ngọc Lan", moment):
        assert words in refused["text"]
    assert Mark.objects.get(enrolment=overtaken.pupils["6A"][0]).score == 5


def test_the_page_without_scripts_says_so_too_and_saves_mine_when_sent_again(overtaken, client, grid):
    page = signed_in(client, overtaken.toan).post(f"{grid}save/", {name(overtaken): "6"}).content.decode()

    assert "Bùi Ngọc Lan" in page.split('data-state="conflict"')[1].split("</td>")[0]
    client.post(f"{grid}save/", {name(overtaken, version=1): "6"})
    assert Mark.objects.get(enrolment=overtaken.pupils["6A"][0]).score == 6


def test_many_conflicts_ask_no_more_of_the_database_than_one(overtaken, client, grid):
    cells = [name(overtaken, pupil=pupil) for pupil in range(5)]
    signed_in(client, overtaken.toan).get(grid)
    with CaptureQueriesContext(connection) as one:
        client.post(f"{grid}save/", {cells[0]: "6"}, headers=JSON)
    with CaptureQueriesContext(connection) as five:
        answer = client.post(f"{grid}save/", dict.fromkeys(cells, "6"), headers=JSON)

    assert len(answer.json()["refused"]) == 5
    assert len(five) == len(one)


def test_a_cell_that_already_says_so_is_answered_with_its_present_version(cast, client, grid):
    """The answer to the first save was lost on the way, and the cell is sent again."""
    write(cast, "7", cast.toan)

    answer = signed_in(client, cast.toan).post(f"{grid}save/", {name(cast): "7,0"}, headers=JSON).json()

    assert answer["unchanged"] == [
        {"cell": answer["unchanged"][0]["cell"], "name": name(cast, 1), "text": "7"}
    ]


def test_what_one_person_typed_is_not_saved_as_another_persons(cast, client, grid):
    """Toàn's page is still open when Lan, who teaches here too, signs in in the same browser."""
    assign_teacher(course=cast.maths["6A"], teacher=cast.lan, since=FIRST_DAY, by=cast.hanh)

    posted = {name(cast): "9", "person": cast.toan.pk}
    assert signed_in(client, cast.lan).post(f"{grid}save/", posted, headers=JSON).status_code == 409
    assert not Mark.objects.exists()
    assert signed_in(client, cast.toan).post(f"{grid}save/", posted, headers=JSON).status_code == 200


def test_an_answer_says_which_columns_still_take_typing(cast, client, grid):
    answer = signed_in(client, cast.toan).post(f"{grid}save/", {name(cast): "9"}, headers=JSON).json()
    assert column(cast).pk in answer["open"]

    cast.execute("lock")
    answer = client.post(f"{grid}save/", {name(cast, 1): "8"}, headers=JSON).json()
    assert answer["open"] == []
    assert [refused["code"] for refused in answer["refused"]] == ["locked"]


def test_an_open_page_learns_who_is_signed_in_and_gets_a_token_that_is_taken(cast, grid):
    client = Client(enforce_csrf_checks=True)
    assert client.get("/sign-in/who/").json()["person"] is None

    found = signed_in(client, cast.toan).get("/sign-in/who/").json()
    assert (found["person"], found["name"]) == (cast.toan.pk, "Đỗ Minh Toàn")
    posted = {name(cast): "9", "csrfmiddlewaretoken": found["token"]}
    assert client.post(f"{grid}save/", posted, headers=JSON).status_code == 200


def test_signing_in_from_an_open_page_leads_back_to_who_is_there(cast, client):
    posted = {"username": "toan", "password": PASSWORD, "next": "/sign-in/who/"}

    response = client.post("/sign-in/", posted, follow=True)

    assert json.loads(response.content)["person"] == cast.toan.pk


def test_a_script_learns_which_page_the_portal_asks_for_first(cast, client, grid):
    User.objects.filter(pk=cast.toan.pk).update(one_time_until=timezone.now() + timedelta(days=1))

    response = signed_in(client, cast.toan).post(f"{grid}save/", {name(cast): "9"}, headers=JSON)

    assert (response.status_code, response["X-First"]) == (403, "/account/password/")


def history_of(cast: Cast) -> str:
    return f"/courses/{cast.maths['6A'].pk}/history/{cast.pupils['6A'][0].pk}/{column(cast).pk}/"


@pytest.mark.duty("S3-37")
def test_the_history_opens_from_an_own_open_cell_and_an_earlier_value_is_put_back(cast, client, grid):
    write(cast, "8", cast.toan)
    write(cast, "9", cast.toan, version=1)

    page = signed_in(client, cast.toan).get(history_of(cast)).content.decode()

    [form] = page.split('<form class="history-act"')[1:]
    assert f'name="{name(cast, 2)}" value="8"' in form
    client.post(f"{grid}save/", {name(cast, 2): "8"})
    assert [row.score for row in Mark.history.order_by("version")] == [8, 9, 8]


def test_nothing_is_put_back_where_the_book_is_locked_or_by_who_only_reads(cast, client):
    write(cast, "8", cast.toan)
    write(cast, "9", cast.toan, version=1)

    assert "history-act" not in signed_in(client, cast.mai).get(history_of(cast)).content.decode()
    cast.execute("lock")
    assert "history-act" not in signed_in(client, cast.toan).get(history_of(cast)).content.decode()


def test_the_panel_is_the_history_without_the_page_around_it(cast, client):
    write(cast, "8", cast.toan)

    panel = signed_in(client, cast.toan).get(history_of(cast), headers={"HX-Request": "true"})

    assert "<ins>8</ins>" in panel.content.decode()
    assert "<html" not in panel.content.decode()
    assert "HX-Request" in panel["Vary"]


def test_who_owns_nothing_of_the_sheet_is_sent_away_before_anybody_waits_for_its_locks(cast, client, grid):
    reader = signed_in(client, cast.vinh)
    with CaptureQueriesContext(connection) as queries:
        answer = reader.post(f"{grid}save/", {name(cast): "8"})

    assert answer.status_code == 403
    asked = " ".join(query["sql"] for query in queries)
    assert "gradebook_teachingassignment" in asked and "gradebook_window" not in asked
    assert not Mark.objects.exists()
