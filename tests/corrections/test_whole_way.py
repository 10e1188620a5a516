"""A correction from the teacher's request to the changed mark, through the pages."""

import hashlib

import pytest

from accounts.models import AuditEvent
from corrections import actions
from corrections.dossiers import NotAccepted
from corrections.models import CorrectionRequest
from gradebook.actions.marks import save_marks
from gradebook.models import Mark, Window
from tests.cast import client_of
from tests.corrections.scene import png, upload


@pytest.mark.duty("S0-21", "S3-36", "S3-37")
def test_a_wrong_mark_is_requested_approved_and_carried_out(scene):
    cast = scene.cast
    toan, hanh, khoa = client_of(cast.toan), client_of(cast.hanh), client_of(cast.khoa)

    form = toan.get(scene.form_url)
    assert "Trần Bảo An" in form.text
    assert "<strong>8</strong>" in form.text
    handed_in = toan.post(scene.post_url, scene.typed(evidence=[upload("bai-kiem-tra.png", png())]))
    assert handed_in.status_code == 303
    dossier = handed_in["Location"]
    number = CorrectionRequest.objects.get().pk
    assert dossier == f"/corrections/{number}/"

    assert scene.mark().score == 8
    assert hanh.post(f"{dossier}approve/", {"note": "Đồng ý"}).status_code == 303
    assert scene.mark().score == 8
    assert khoa.post(f"{dossier}execute/").status_code == 303
    assert scene.mark().score == 9

    page = toan.get(dossier).text
    assert "<del>8</del>" in page
    assert "<ins>9</ins>" in page
    for person in ("Đỗ Minh Toàn", "Nguyễn Thị Hạnh", "Trần Đăng Khoa", "Đồng ý"):
        assert person in page


@pytest.mark.duty("S3-37")
def test_the_history_of_the_mark_says_who_why_and_by_which_request(scene):
    actions.execute(correction=scene.approved(), by=scene.cast.khoa)

    old, new = Mark.history.filter(id=scene.mark().pk).order_by("version")
    assert (old.score, old.history_user, old.history_origin) == (8, scene.cast.toan, "page")
    assert (new.score, new.history_user, new.history_origin, new.history_change_reason) == (
        9,
        scene.cast.khoa,
        "correction 1/2026-2027",
        "Cộng nhầm điểm bài kiểm tra",
    )


def test_every_step_is_written_down(scene):
    actions.execute(correction=scene.approved(), by=scene.cast.khoa)

    events = AuditEvent.objects.filter(verb__startswith="corrections.").order_by("pk")
    assert [(event.verb, event.actor_name, event.target_name) for event in events] == [
        ("corrections.request.submitted", "Đỗ Minh Toàn", "1/2026-2027"),
        ("corrections.request.approved", "Nguyễn Thị Hạnh", "1/2026-2027"),
        ("corrections.request.executed", "Trần Đăng Khoa", "1/2026-2027"),
    ]


def test_the_book_stays_locked_throughout(scene):
    def states():
        return list(Window.history.filter(course=scene.course).values_list("history_id", "is_open"))

    before = states()
    actions.execute(correction=scene.approved(), by=scene.cast.khoa)

    assert states() == before
    windows = Window.objects.filter(course=scene.course, period=scene.column.period)
    assert not windows.filter(is_open=True).exists()
    refused = save_marks(
        course=scene.course, edits=[scene.edit("10", version=2)], by=scene.cast.toan, origin="page"
    )
    assert [refusal.code for refusal in refused.refused] == ["locked"]


@pytest.mark.duty("S1-72")
def test_the_evidence_comes_back_byte_for_byte_and_only_as_a_download(scene):
    data = png()
    toan = client_of(scene.cast.toan)
    dossier = toan.post(scene.post_url, scene.typed(evidence=[upload("bài kiểm tra.png", data)]))["Location"]
    file = CorrectionRequest.objects.get().evidence.get()

    response = client_of(scene.cast.hanh).get(f"{dossier}evidence/{file.pk}/")

    assert response.content == data
    assert file.sha256 == hashlib.sha256(data).hexdigest()
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_cell_can_be_emptied_and_an_empty_one_filled(scene):
    wrong_pupil = scene.approved(scene.edit(""), scene.edit("8", version=0, pupil=1))
    actions.execute(correction=wrong_pupil, by=scene.cast.khoa)

    assert scene.mark().state == "empty"
    assert Mark.objects.get(enrolment=scene.cast.pupils["6A"][1]).score == 8


def test_numbers_of_a_year_have_no_gaps(scene):
    scene.submit()
    with pytest.raises(NotAccepted):
        scene.submit(scene.edit("99", version=0, pupil=1))
    second = scene.submit(scene.edit("7", version=0, pupil=1))

    assert second.reference == "2/2026-2027"
