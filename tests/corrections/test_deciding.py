"""Decision and execution: what is refused, what a stale value does, and that nothing is done by half."""

import re

import pytest

from corrections import actions
from corrections.models import CorrectionRequest, Decision, Execution
from gradebook.actions.marks import Amendment, save_marks
from gradebook.models import Mark, SchoolYear
from tests.cast import client_of, in_english


def test_not_approving_needs_a_note_and_keeps_the_page(scene):
    correction = scene.submit()

    response = in_english(scene.cast.hanh).post(f"/corrections/{correction.pk}/refuse/", {"note": "  "})

    assert response.status_code == 422
    assert "Say why the request is not approved" in response.text
    assert not Decision.objects.exists()


def test_the_requester_reads_why_it_was_not_approved(scene):
    correction = scene.submit()
    url = f"/corrections/{correction.pk}/"

    assert client_of(scene.cast.hanh).post(f"{url}refuse/", {"note": "Thiếu bài"}).status_code == 303

    page = in_english(scene.cast.toan).get(url).text
    assert "Thiếu bài" in page
    assert "not approved" in page
    assert scene.again(correction).status == "refused"


def test_what_was_not_approved_is_not_carried_out(scene):
    correction = scene.submit()
    with pytest.raises(actions.NotWaiting):
        actions.execute(correction=correction, by=scene.cast.khoa)
    actions.refuse(correction=correction, by=scene.cast.hanh, note="Thiếu bài")
    with pytest.raises(actions.NotWaiting):
        actions.execute(correction=correction, by=scene.cast.khoa)

    assert scene.mark().score == 8


def test_a_second_decision_is_refused_and_shown_the_first(scene):
    correction = scene.approved()

    late = client_of(scene.cast.hanh).post(f"/corrections/{correction.pk}/refuse/", {"note": "Thôi"})

    assert late.status_code == 409
    assert Decision.objects.get().verdict == "approved"


def test_a_second_execution_is_refused(scene):
    correction = scene.approved()
    khoa = client_of(scene.cast.khoa)

    first = khoa.post(f"/corrections/{correction.pk}/execute/")
    second = khoa.post(f"/corrections/{correction.pk}/execute/")

    assert (first.status_code, second.status_code) == (303, 409)
    assert scene.mark().version == 2


@pytest.mark.parametrize("now", ["6", "9"])
def test_nothing_is_applied_when_the_value_is_no_longer_what_was_seen(scene, now):
    correction = scene.approved(scene.edit(), scene.edit("7", version=0, pupil=1))
    change_beside_the_portal(scene, now)

    in_english(scene.cast.khoa).post(f"/corrections/{correction.pk}/execute/")

    assert scene.mark().score == int(now)
    assert not Mark.objects.filter(enrolment=scene.cast.pupils["6A"][1]).exists()
    execution = Execution.objects.get()
    assert (execution.refusal, str(execution.refused_line)) == ("conflict", "1/2026-2027: 8 → 9")
    page = in_english(scene.cast.toan).get(f"/corrections/{correction.pk}/").text
    assert "could not be applied" in page
    assert "changed in the meantime" in page
    scene.submit(scene.edit("10", version=2))


def test_a_pupil_who_has_left_is_not_changed(scene):
    correction = scene.approved()
    scene.enrolment.status, scene.enrolment.until = "left", scene.cast.year.starts_on
    scene.enrolment.save_by(scene.cast.hanh)

    execution = actions.execute(correction=correction, by=scene.cast.khoa)

    assert execution.refusal == "not-on-this-sheet"
    assert scene.mark().score == 8


def test_a_closed_year_waits_for_the_principal_to_reopen_it(scene):
    correction = scene.approved()
    scene.cast.year.status = SchoolYear.Status.CLOSED
    scene.cast.year.save_by(scene.cast.hanh)

    assert client_of(scene.cast.khoa).post(f"/corrections/{correction.pk}/execute/").status_code == 409
    assert scene.mark().score == 8
    assert not Execution.objects.exists()


@pytest.mark.parametrize("broken", ["close_lines", "audit.record"])
def test_an_execution_that_breaks_off_changes_nothing(scene, monkeypatch, broken):
    correction = scene.approved()

    def fail(*args, **kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr(f"corrections.actions.executing.{broken}", fail)
    with pytest.raises(RuntimeError):
        actions.execute(correction=correction, by=scene.cast.khoa)

    assert scene.mark().score == 8
    assert Mark.history.count() == 1
    assert not Execution.objects.exists()
    assert CorrectionRequest.objects.get().status == "waiting_for_execution"


def change_beside_the_portal(scene, typed):
    """Another amendment changes the cell between the decision and the execution."""
    other = Amendment("2/2026-2027", "khác", frozenset({scene.edit().cell}))
    save_marks(
        course=scene.course,
        edits=[scene.edit(typed)],
        by=scene.cast.khoa,
        origin="correction 2/2026-2027",
        amendment=other,
    )


def test_after_a_refusal_without_a_reason_approving_still_needs_no_note(scene):
    correction = scene.submit()
    client = client_of(scene.cast.hanh)

    page = client.post(f"/corrections/{correction.pk}/refuse/", {"note": " "})

    assert page.status_code == 422
    [field] = re.findall(r"<textarea[^>]*>", page.content.decode())
    assert "required" not in field
