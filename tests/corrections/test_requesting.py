"""Asking for a change: who may, about which cells, and what happens to what was typed."""

import pytest
from django.db import IntegrityError, transaction

from corrections import actions
from corrections.models import CorrectionLine, CorrectionRequest
from gradebook.models import Column, Mark, SchoolYear
from tests.cast import client_of, in_english
from tests.corrections.scene import upload


def test_a_teacher_of_another_class_knows_nothing_of_the_cell(scene):
    assert client_of(scene.cast.lan).get(scene.form_url).status_code == 404


@pytest.mark.parametrize("person", ["mai", "hanh", "vinh", "khoa", "cuc"])
def test_who_reads_the_book_but_does_not_own_the_column_may_not_ask(scene, person):
    client = client_of(scene.cast.people[person])

    assert client.get(scene.form_url).status_code == 403
    assert client.post(scene.post_url, scene.typed()).status_code == 403
    assert not CorrectionRequest.objects.exists()


def test_a_pupil_of_another_class_is_not_on_the_sheet(scene):
    stranger = scene.cast.pupils["6B"][0]

    url = f"/corrections/new/{stranger.pk}/{scene.column.pk}/"

    assert client_of(scene.cast.toan).get(url).status_code == 404


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("85", "between 0 and 10"),
        ("tám", "Not a mark"),
        ("8,25", "one decimal"),
        ("8,0", "already stands"),
        ("", "Type the new value"),
    ],
)
def test_a_bad_new_value_is_explained_and_what_was_typed_stays(scene, new, sentence):
    response = in_english(scene.cast.toan).post(scene.post_url, scene.typed(new_text=new, reason="Vì nhầm ô"))

    assert response.status_code == 422
    assert sentence in response.text
    assert "Vì nhầm ô" in response.text
    assert f'value="{new}"' in response.text or not new
    assert not CorrectionRequest.objects.exists()


def test_an_empty_new_value_is_asked_for_by_a_tick_and_by_nothing_else(scene):
    teacher = in_english(scene.cast.toan)

    assert "not both" in teacher.post(scene.post_url, scene.typed(emptied="on")).text
    assert teacher.post(scene.post_url, scene.typed(emptied="on", new_text="")).status_code == 303
    assert CorrectionLine.objects.get().new_text == ""


@pytest.mark.parametrize("tab", ["", "?tab=mine", "?tab=all", "?tab=nonsense", "?page=99"])
def test_a_teacher_without_requests_gets_a_friendly_list(scene, tab):
    assert client_of(scene.cast.toan).get(f"/corrections/{tab}").status_code == 200


def test_a_comment_is_corrected_like_a_mark(scene):
    comment = Column.objects.get(course=scene.course, kind="comment", period=scene.cast.periods["CK1"])
    url = f"/corrections/new/{scene.enrolment.pk}/{comment.pk}/"
    toan = client_of(scene.cast.toan)

    assert f'<textarea name="new-{scene.enrolment.pk}-{comment.pk}"' in toan.get(url).text
    said = scene.typed(column=comment, version=0, new_text="Có nhiều tiến bộ")
    dossier = toan.post(scene.post_url, said)["Location"]
    client_of(scene.cast.hanh).post(f"{dossier}approve/")
    client_of(scene.cast.khoa).post(f"{dossier}execute/")

    assert Mark.objects.get(column=comment).comment == "Có nhiều tiến bộ"


def test_a_request_needs_a_reason(scene):
    response = client_of(scene.cast.toan).post(scene.post_url, scene.typed(reason="  "))

    assert response.status_code == 422
    assert not CorrectionRequest.objects.exists()


def test_a_bad_file_is_named_and_what_was_typed_stays(scene):
    data = scene.typed(new_text="9,5", reason="Chấm sót câu 3", evidence=[upload("anh.svg", b"<svg/>")])

    response = in_english(scene.cast.toan).post(scene.post_url, data)

    assert response.status_code == 422
    for kept in ("anh.svg", "neither", "choose the files again", 'value="9,5"', "Chấm sót câu 3"):
        assert kept in response.text


def test_an_open_cell_is_simply_edited(scene):
    scene.cast.execute("open")
    teacher = in_english(scene.cast.toan)

    assert "no request is needed" in teacher.get(scene.form_url).text
    assert teacher.post(scene.post_url, scene.typed()).status_code == 422
    assert not CorrectionRequest.objects.exists()


def test_a_closed_year_is_not_corrected(scene):
    scene.cast.year.status = SchoolYear.Status.CLOSED
    scene.cast.year.save_by(scene.cast.hanh)

    assert client_of(scene.cast.toan).post(scene.post_url, scene.typed()).status_code == 422
    assert not CorrectionRequest.objects.exists()


def test_a_second_request_about_the_cell_is_refused_while_the_first_is_open(scene):
    scene.submit()

    response = in_english(scene.cast.toan).post(scene.post_url, scene.typed(new_text="7"))

    assert response.status_code == 422
    assert "only one at a time" in response.text
    assert CorrectionRequest.objects.count() == 1


def test_the_database_itself_refuses_two_open_lines_for_a_cell(scene):
    line = scene.submit().lines.get()
    other = scene.submit(scene.edit("7", version=0, pupil=1))
    twin = CorrectionLine(
        request=other,
        enrolment=line.enrolment,
        column=line.column,
        old_text="8",
        new_text="6",
        seen_version=1,
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save_by(scene.cast.toan)


@pytest.mark.parametrize("end", ["refused", "executed"])
def test_a_finished_request_makes_room_for_another(scene, end):
    correction = scene.submit()
    if end == "refused":
        actions.refuse(correction=correction, by=scene.cast.hanh, note="Không có bài")
    else:
        actions.approve(correction=correction, by=scene.cast.hanh)
        actions.execute(correction=correction, by=scene.cast.khoa)

    scene.submit(scene.edit("10", version=scene.mark().version))


def test_who_asks_on_an_old_page_is_shown_the_value_that_stands_there_now(scene):
    actions.execute(correction=scene.approved(), by=scene.cast.khoa)

    response = in_english(scene.cast.toan).post(scene.post_url, scene.typed(new_text="7", version=1))

    assert response.status_code == 422
    assert "changed in the meantime" in response.text
    assert "<strong>9</strong>" in response.text
    seen = f"seen-{scene.enrolment.pk}-{scene.column.pk}"
    assert f'<input type="hidden" name="{seen}" value="2">' in " ".join(response.text.split())


def test_a_request_is_made_wholly_or_not_at_all(scene, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("no disk")

    monkeypatch.setattr("corrections.actions.submitting.create_many", broken)
    with pytest.raises(RuntimeError):
        scene.submit()

    assert not CorrectionRequest.objects.exists()
