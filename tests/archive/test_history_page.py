"""The page of seals: what was sealed, a check that the worker does, and what it found in words."""

import pytest
from django.db import connection

from accounts import jobs
from accounts.models import AuditEvent, Seal, Verification
from accounts.seals.making import seal_now
from accounts.seals.verifying import verify
from accounts.tasks import resume_stale_verifications
from tests.cast import signed_in
from tests.corrections.scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast) -> Scene:
    scene = Scene.locked(cast)
    seal_now(reason=Seal.Reason.LOCK_ORDER, reference="12", by=cast.khoa)
    return scene


@pytest.fixture
def principal(client, scene):
    return signed_in(client, scene.cast.hanh)


def page(client) -> str:
    return client.get("/archive/history/").content.decode()


def check(client) -> Verification:
    client.post("/archive/history/check/")
    asked = Verification.objects.latest("pk")
    verify(asked.pk)
    return Verification.objects.get(pk=asked.pk)


def test_it_shows_the_seals_and_the_newest_hash_to_write_down(principal):
    made, shown = Seal.objects.get(), page(principal)

    assert "Thực hiện lệnh mở, khóa sổ số 12" in " ".join(shown.split())
    groups = " ".join(made.sha256[start : start + 8] for start in range(0, 64, 8))
    assert groups in shown
    assert f'value="{groups}"' in principal.get("/archive/history/", {"hash": groups}).content.decode()


def test_a_hash_from_paper_is_looked_for_in_the_chain(principal):
    made = Seal.objects.get()

    for written, kind in [
        (made.sha256.upper(), "message-success"),
        (made.sha256[:32], "message-success"),  # as on papers
        (made.sha256[:31], "message-warning"),
        ("abc", "message-warning"),
        ("0" * 63 + "x", "message-warning"),
        ("0" * 64, "message-error"),
    ]:
        assert kind in principal.get("/archive/history/", {"hash": written}).content.decode()


@pytest.mark.duty("S3-37")
def test_a_check_is_a_row_first_then_done_by_the_worker_and_stays_to_be_read(principal, scene):
    principal.post("/archive/history/check/")
    waiting = Verification.objects.get()
    assert waiting.state == "queued"
    assert f"/archive/history/checks/{waiting.pk}/" in page(principal)

    verify(waiting.pk)

    done = Verification.objects.get()
    assert (done.state, done.faults, done.seals) == ("done", 0, 1)
    assert str(scene.cast.hanh) in page(principal)
    assert AuditEvent.objects.filter(verb="accounts.history.checked", particulars__faults=0).exists()


def test_what_was_found_stands_there_in_words(principal, scene):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE gradebook_mark SET score = 10")

    done = check(principal)

    assert done.faults == 1
    shown = page(principal)
    assert scene.enrolment.student.full_name in shown
    assert "8 → 10" in shown


def test_asking_twice_starts_one_check(principal):
    for _ in range(2):
        answer = principal.post("/archive/history/check/", follow=True)

    assert Verification.objects.count() == 1
    assert "message-warning" in answer.content.decode()


def test_a_check_whose_worker_was_killed_is_taken_over(principal, settings):
    principal.post("/archive/history/check/")
    asked = Verification.objects.get()
    jobs.claim(Verification, asked.pk)
    settings.JOB_STALE_SECONDS = -1

    assert jobs.put_back_stale(Verification.objects.all(), asked.requested_at) == [asked.pk]
    verify(asked.pk)
    assert Verification.objects.get().state == "done"
    assert resume_stale_verifications() == 0


def test_a_check_that_breaks_off_says_so_and_can_be_started_again(principal, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("accounts.seals.chain.Seal.objects", None)
        assert check(principal).state == "failed"
    assert "message-error" in page(principal)

    assert check(principal).state == "done"
