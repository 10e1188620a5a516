"""The papers of a dossier: each is numbered without gaps, kept as it was issued, and read by who reads the dossier."""

import os
from hashlib import sha256

import pytest
from django.conf import settings

from corrections import actions, tasks
from corrections.dossiers import NotAccepted
from corrections.papers import file
from gradebook.actions.marks import save_marks
from tests.cast import client_of, in_english
from tests.corrections.papers import FORM, MINUTES, carried_out, pdf


@pytest.mark.duty("S3-39")
def test_a_paper_is_kept_as_it_was_issued_whatever_changes_later(scene, monkeypatch):
    correction = scene.submit()
    before = pdf(correction)
    paper = correction.papers.get()
    assert paper.sha256 == ""

    tasks.keep_missing_papers()
    kept = correction.papers.get()
    assert (kept.sha256, kept.size) == (sha256(before).hexdigest(), len(before))

    student = scene.enrolment.student
    student.full_name = "Người Khác"
    student.save_by(scene.cast.khoa)
    tasks.keep_paper(paper_id=paper.pk)
    assert pdf(correction) == before
    assert correction.papers.get().sha256 == kept.sha256


def test_a_paper_that_cannot_be_made_holds_up_no_other(scene, monkeypatch):
    broken, whole = scene.submit(), scene.submit(scene.edit("6", version=0, pupil=1))
    render = file.render

    def failing(paper):
        if paper.request_id == broken.pk:
            raise OSError("full")
        return render(paper)

    monkeypatch.setattr(file, "render", failing)
    tasks.keep_missing_papers()

    assert broken.papers.get().sha256 == ""
    assert whole.papers.get().sha256 != ""


def test_a_file_that_was_changed_or_is_gone_is_noticed(scene):
    correction = scene.submit()
    tasks.keep_missing_papers()
    paper = correction.papers.get()
    url = f"/corrections/{correction.pk}/papers/{paper.pk}/"
    stored = settings.FILE_STORE / paper.path
    os.chmod(stored, 0o640)
    stored.write_bytes(stored.read_bytes() + b" ")

    answer = in_english(scene.cast.toan).get(url)
    assert answer.status_code == 409
    assert "The stored file is not the one issued" in answer.text

    stored.unlink()
    assert in_english(scene.cast.toan).get(url).status_code == 409


def test_a_paper_is_read_by_those_who_may_read_the_request(scene):
    correction = scene.submit()
    other = scene.submit(scene.edit("7", version=0, pupil=1))
    url = f"/corrections/{correction.pk}/papers/{correction.papers.get().pk}/"
    readers = {person: client_of(getattr(scene.cast, person)).get(url).status_code for person in
               ("hanh", "vinh", "khoa", "toan", "cuc", "dung", "mai", "lan")}  # fmt: skip

    assert {person for person, status in readers.items() if status == 200} == {"hanh", "vinh", "khoa", "toan"}
    assert set(readers.values()) == {200, 404}
    elsewhere = f"/corrections/{other.pk}/papers/{correction.papers.get().pk}/"
    assert client_of(scene.cast.toan).get(elsewhere).status_code == 404


def test_the_dossier_leads_to_its_papers(scene):
    correction = carried_out(scene)
    page = client_of(scene.cast.toan).get(f"/corrections/{correction.pk}/").text
    for paper in correction.papers.all():
        assert f"/corrections/{correction.pk}/papers/{paper.pk}/" in page


def test_an_attempt_that_changed_nothing_has_no_minutes(scene):
    correction = scene.approved()
    scene.cast.execute("open")
    save_marks(course=scene.course, edits=[scene.edit("5")], by=scene.cast.toan, origin="page")
    scene.cast.execute("lock")

    assert not actions.execute(correction=correction, by=scene.cast.khoa).applied
    assert not correction.papers.filter(kind=MINUTES).exists()


def test_numbers_have_no_gaps_and_each_kind_has_its_own(scene):
    first = scene.submit()
    with pytest.raises(NotAccepted):
        scene.submit(scene.edit("99", version=0, pupil=1))
    second = carried_out(scene, scene.edit("7", version=0, pupil=1))

    assert [correction.papers.get(kind=FORM).number for correction in (first, second)] == [1, 2]
    assert second.papers.get(kind=MINUTES).number == 1
