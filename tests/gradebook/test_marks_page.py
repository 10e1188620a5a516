"""The mark grid through the browser's door: what a teacher sees, types and gets back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gradebook import origins
from gradebook.grid import field_name
from gradebook.models import Column, Mark
from tests.cast import Cast, build, signed_in


@pytest.fixture
def grid(cast: Cast) -> str:
    return f"/courses/{cast.maths['6A'].pk}/semester-1/"


def cell(cast: Cast, *, pupil: int = 0, version: int = 0, ordinal: int = 1) -> str:
    column = Column.objects.get(
        course=cast.maths["6A"], kind="regular", ordinal=ordinal, period__semester__number=1
    )
    return field_name(cast.pupils["6A"][pupil].pk, column.pk, version)


def test_the_teacher_sees_every_pupil_and_types_into_open_cells(cast, client, grid):
    page = signed_in(client, cast.toan).get(grid).content.decode()

    for enrolment in cast.pupils["6A"]:
        assert enrolment.student.full_name in page
    assert f'name="{cell(cast)}"' in page


def test_saving_the_form_keeps_the_marks_and_shows_them_with_a_comma(cast, client, grid):
    response = signed_in(client, cast.toan).post(f"{grid}save/", {cell(cast): "8.5", cell(cast, pupil=1): ""})

    assert (response.status_code, response["Location"]) == (303, grid)
    assert 'value="8,5"' in client.get(grid).content.decode()
    assert Mark.objects.count() == 1


def test_a_refused_cell_keeps_what_was_typed_with_the_reason(cast, client, grid):
    response = signed_in(client, cast.toan).post(f"{grid}save/", {cell(cast): "85", cell(cast, pupil=1): "7"})

    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="85"' in page
    assert 'data-state="refused"' in page
    assert Mark.objects.get().score == 7


def test_a_page_from_before_the_lock_keeps_what_was_typed_with_the_reason(cast, client, grid):
    signed_in(client, cast.toan).post(f"{grid}save/", {cell(cast): "7"})
    cast.execute("lock")

    page = client.post(f"{grid}save/", {cell(cast, version=1): "<b>9"}).content.decode()

    [refused] = [part for part in page.split("<td")[1:] if 'data-state="refused"' in part]
    assert ">7<" in refused
    assert "“&lt;b&gt;9”: " in refused
    assert "/corrections/new/" in refused


def test_a_cell_refused_by_a_lock_is_answered_with_the_way_to_a_correction(cast, client, grid):
    signed_in(client, cast.toan)
    cast.execute("lock")

    answer = client.post(f"{grid}save/", {cell(cast): "9,5"}, headers={"accept": "application/json"})

    [refused] = answer.json()["refused"]
    assert 'value="9,5"' in client.get(refused["request"]).content.decode()


def test_one_changed_cell_is_answered_with_its_new_version_and_the_averages(cast, client, grid):
    answer = signed_in(client, cast.toan).post(
        f"{grid}save/", {cell(cast): "9"}, headers={"accept": "application/json"}
    )

    [saved] = answer.json()["saved"]
    assert saved["name"] == cell(cast, version=1)
    assert answer.json()["results"] == {str(cast.pupils["6A"][0].pk): [""]}


def test_the_average_appears_once_nothing_is_missing(cast, client, grid):
    cast.execute("open", "CK1")
    columns = Column.objects.filter(course=cast.maths["6A"], period__semester__number=1).exclude(
        kind="comment"
    )
    pupil = cast.pupils["6A"][0].pk
    data = {field_name(pupil, column.pk, 0): "8" if column.kind == "regular" else "7,5" for column in columns}

    answer = signed_in(client, cast.toan).post(f"{grid}save/", data, headers={"accept": "application/json"})

    assert answer.json()["results"] == {str(pupil): ["7,7"]}  # (4*8 + 2*7.5 + 3*7.5) / 9 = 7.72


def test_a_locked_cell_is_text_and_offers_the_correction_request(cast, client, grid):
    signed_in(client, cast.toan).post(f"{grid}save/", {cell(cast): "8"})
    cast.execute("lock")

    page = client.get(grid).content.decode()

    assert "cell-locked" in page
    assert f"/corrections/new/{cast.pupils['6A'][0].pk}/" in page
    assert "<input class" not in page


def test_what_a_pupil_is_called_or_a_comment_says_cannot_become_markup(cast, client, grid):
    cast.execute("open", "CK1")
    comment = Column.objects.get(course=cast.maths["6A"], kind="comment", period__code="CK1")
    name = field_name(cast.pupils["6A"][0].pk, comment.pk, 0)
    signed_in(client, cast.toan).post(f"{grid}save/", {name: "</textarea><script>alert(1)</script>"})

    assert "<script>alert" not in client.get(grid).content.decode()


@pytest.mark.parametrize(("person", "status"), [("hanh", 200), ("mai", 200), ("lan", 404), ("dung", 404)])
def test_leaders_and_the_homeroom_teacher_read_others_do_not_know_of_it(cast, client, grid, person, status):
    assert signed_in(client, cast.people[person]).get(grid).status_code == status


@pytest.mark.parametrize(("person", "status"), [("hanh", 403), ("mai", 403), ("khoa", 403), ("lan", 404)])
def test_nobody_else_saves_into_it(cast, client, grid, person, status):
    response = signed_in(client, cast.people[person]).post(f"{grid}save/", {cell(cast): "10"})

    assert response.status_code == status
    assert not Mark.objects.exists()


def test_a_reader_follows_a_cell_to_its_history(cast, client, grid):
    signed_in(client, cast.toan).post(f"{grid}save/", {cell(cast): "8"})
    client.post(f"{grid}save/", {cell(cast, version=1): "9"})
    mark = Mark.objects.get()

    page = signed_in(client, cast.mai).get(
        f"/courses/{cast.maths['6A'].pk}/history/{mark.enrolment_id}/{mark.column_id}/"
    )

    text = page.content.decode()
    assert text.index("<ins>9</ins>") < text.index("<ins>8</ins>")
    assert "Đỗ Minh Toàn" in text


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_saving_into_a_semester_that_does_not_exist_saves_nothing(cast, client, grid, accept):
    path = grid.replace("-1/", "-3/") + "save/"

    response = signed_in(client, cast.toan).post(path, {cell(cast): "8"}, headers={"accept": accept})

    assert response.status_code == 404
    assert not Mark.objects.exists()


def test_a_character_that_no_database_stores_is_refused_beside_the_cell(cast, client, grid):
    cast.execute("open", "CK1")
    comment = Column.objects.get(course=cast.maths["6A"], kind="comment", period__code="CK1")
    name = field_name(cast.pupils["6A"][0].pk, comment.pk, 0)

    response = signed_in(client, cast.toan).post(f"{grid}save/", {name: "tốt\x00"})

    assert response.status_code == 422
    assert not Mark.objects.exists()


@pytest.mark.parametrize("semester", ["0", "3"])
def test_there_are_two_semesters(cast, client, grid, semester):
    assert signed_in(client, cast.toan).get(grid.replace("-1/", f"-{semester}/")).status_code == 404


@pytest.mark.django_db
def test_the_grid_asks_no_more_of_the_database_for_45_pupils_than_for_5(client):
    cast = build(45)
    grid = f"/courses/{cast.maths['6A'].pk}/semester-1/"
    signed_in(client, cast.toan)
    names = {cell(cast, pupil=pupil): "8" for pupil in range(45)}
    client.get(grid)

    with CaptureQueriesContext(connection) as empty:
        client.get(grid)
    client.post(f"{grid}save/", names)
    with CaptureQueriesContext(connection) as full:
        client.get(grid)

    assert len(full) == len(empty) <= 12


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        ("page", "trên bảng điểm"),
        ("import 12", "từ tệp Excel, lần nhập 12"),
        ("correction 5/2026-2027", "theo giấy đề nghị số 5/2026-2027"),
        ("shell", "shell"),
        ("", ""),
    ],
)
def test_where_a_change_came_from_is_said_in_words(origin, words):
    assert origins.sentence(origin) == words
