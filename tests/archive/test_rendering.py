"""The job: claimed by one, taken over when its worker falls silent, failed in words, tried again."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts import jobs
from archive import pdf, rendering, tasks
from archive.actions import NotFailed, retry
from archive.models import Edition, Rendering
from archive.store import editions

_S = Rendering.State


@pytest.fixture
def edition(ask):
    return ask()


@pytest.fixture
def woken(monkeypatch) -> list[int]:
    """The editions for which a worker was woken."""
    calls: list[int] = []
    monkeypatch.setattr(tasks.render_edition, "delay", lambda *, edition_id: calls.append(edition_id))
    return calls


def fall_silent(edition: Edition, **facts) -> None:
    long_ago = timezone.now() - timedelta(seconds=settings.JOB_STALE_SECONDS + 1)
    Rendering.objects.filter(edition=edition).update(heartbeat=long_ago, **facts)


def claim(edition: Edition) -> jobs.Claim | None:
    return jobs.claim(Rendering, edition.rendering.pk)


def state(edition: Edition) -> str:
    return Rendering.objects.get(edition=edition).state


def test_the_worker_is_woken_after_the_commit(ask, woken, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        edition = ask()

    assert woken == [edition.pk]
    assert state(edition) == _S.QUEUED


def test_of_two_workers_one_gets_the_edition(edition):
    assert claim(edition) is not None
    assert claim(edition) is None


def test_a_silent_worker_loses_its_claim_to_a_successor(edition, woken):
    slow = claim(edition)
    assert slow is not None
    fall_silent(edition)

    assert tasks.resume_stale_editions() == 1
    assert woken == [edition.pk]
    with pytest.raises(jobs.Superseded):
        slow.update()
    successor = claim(edition)
    assert successor is not None and successor.attempt == 2
    with pytest.raises(jobs.Superseded):
        slow.update()


def test_a_lost_message_is_sent_again(edition, woken):
    fall_silent(edition)
    tasks.resume_stale_editions()
    tasks.resume_stale_editions()

    assert woken == [edition.pk]


def test_a_worker_that_lives_is_left_alone(edition, woken):
    claim(edition)
    tasks.resume_stale_editions()

    assert woken == []


def test_an_edition_that_kills_every_worker_is_given_up(edition, woken):
    fall_silent(edition, state=_S.RUNNING, attempt=jobs.ATTEMPTS_MAX)
    tasks.resume_stale_editions()

    assert woken == []
    assert Rendering.objects.get(edition=edition).failure == Rendering.Failure.KILLED


def test_a_successor_continues_with_the_parts_on_disk(edition, monkeypatch):
    made: list[str] = []
    render_section = pdf.render_section

    def die_at_the_third(book, section):
        if len(made) == 2:
            raise KeyboardInterrupt
        made.append(section.title)
        return render_section(book, section)

    monkeypatch.setattr(pdf, "render_section", die_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        rendering.render(edition.pk)
    fall_silent(edition)
    rendering.put_back_stale(timezone.now())

    def go_on(book, section):
        made.append(section.title)
        return render_section(book, section)

    monkeypatch.setattr(pdf, "render_section", go_on)
    rendering.render(edition.pk)

    titles = [section.title for section in pdf.sections(rendering.book_of(edition))]
    assert made == titles
    row = Rendering.objects.get(edition=edition)
    assert (row.state, row.attempt, row.done, row.total) == (_S.DONE, 2, len(titles), len(titles))
    assert not list((settings.DATA_DIR / "work").glob(f"{edition.fingerprint}*"))


def test_missing_fonts_fail_in_words_and_a_retry_succeeds(cast, edition, settings, tmp_path, woken):
    fonts = settings.DOCUMENT_FONT_DIR
    settings.DOCUMENT_FONT_DIR = tmp_path
    rendering.render(edition.pk)

    row = Rendering.objects.get(edition=edition)
    assert (row.state, row.failure) == (_S.FAILED, Rendering.Failure.FONTS)
    assert "fonts-liberation2" in row.detail
    assert not Edition.objects.issued().exists()

    settings.DOCUMENT_FONT_DIR = fonts
    retry(edition=edition, by=cast.cuc)
    rendering.render(edition.pk)
    assert Edition.objects.issued().get() == edition
    with pytest.raises(NotFailed):
        retry(edition=edition, by=cast.cuc)


def test_two_workers_at_once_end_in_one_file(edition, store):
    slow = claim(edition)
    assert slow is not None
    fall_silent(edition)
    rendering.put_back_stale(timezone.now())
    rendering.render(edition.pk)
    issued = Edition.objects.get(pk=edition.pk)

    with pytest.raises(jobs.Superseded):
        rendering._make(slow)
    assert [file for file in store.rglob("*.pdf")] == [editions.locate(issued.path)]
    assert Edition.history.filter(id=edition.pk).count() == 2


def test_asking_for_a_book_succeeds_while_the_broker_is_down(
    ask, monkeypatch, django_capture_on_commit_callbacks
):
    """The row waits; the periodic check wakes a worker later."""

    def unreachable(**_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.render_edition, "delay", unreachable)

    with django_capture_on_commit_callbacks(execute=True):
        edition = ask()

    assert edition.rendering.state == Rendering.State.QUEUED
