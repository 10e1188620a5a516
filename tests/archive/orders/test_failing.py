"""Workers are killed, brokers forget, disks fill up: no paper of an order is lost or doubled."""

from datetime import timedelta

from django.utils import timezone

from accounts import jobs
from archive import orders, paper_payloads, pdf, rendering, tasks
from archive.models import Edition, PaperOrder, Rendering
from tests.archive.orders.conftest import CHOICE, figures, follow, order, page


def test_what_a_killed_worker_counted_is_counted_anew(cast, clerk, woken):
    clerk.post("/papers/school/request/", {**CHOICE, "scope": f"class-{cast.classes['6A'].pk}"})
    given, wait = order(clerk), Edition.objects.get()
    begun = orders.carry_out(given.pk)
    next(begun)
    begun.close()
    rendering.render(wait.pk)

    follow(given)

    given.refresh_from_db()
    assert (given.frozen, given.waiting, given.failed) == (2, 0, 0)


def test_what_failed_is_printed_again_and_nothing_else(cast, clerk, woken, monkeypatch):
    given, join = order(clerk), pdf.join

    def full_disk(book, parts):
        raise OSError("full")

    monkeypatch.setattr(pdf, "join", full_disk)
    tasks.freeze_papers(order_id=given.pk)
    rendering.render(woken[0])
    monkeypatch.setattr(pdf, "join", join)
    rendering.render(woken[1])
    assert figures(clerk, given)["Not printed"] == "1"
    kept = Edition.objects.issued().get()

    clerk.post(page(given, "retry/"))
    follow(given)

    assert Edition.objects.issued().count() == 2
    assert Edition.objects.get(pk=kept.pk).rendering.attempt == 1


def test_a_long_queue_does_not_fill_the_broker_with_messages(cast, clerk, woken):
    """Every half minute the lost ones are looked for: what merely waits behind a worker is not sent again."""
    given = order(clerk)
    tasks.freeze_papers(order_id=given.pk)
    long_ago = timezone.now() - timedelta(hours=1)
    Rendering.objects.update(heartbeat=long_ago)
    jobs.claim(Rendering, Rendering.objects.get(edition=woken[0]).pk)
    sent = list(woken)

    assert tasks.resume_stale_editions() == 0
    assert woken == sent


def test_a_worker_goes_on_with_the_queue_when_the_broker_forgot_everything(cast, clerk, woken):
    given = order(clerk)
    tasks.freeze_papers(order_id=given.pk)
    first, second = woken
    woken.clear()

    tasks.render_edition(edition_id=first)

    assert woken == [second]


def test_a_worker_killed_in_the_middle_leaves_the_rest_to_its_successor(cast, clerk, woken):
    given = order(clerk)
    begun = orders.carry_out(given.pk)
    first = next(begun)
    begun.close()
    rendering.render(first)  # printed meanwhile: the successor must not print it again
    PaperOrder.objects.update(heartbeat=timezone.now() - timedelta(hours=1))

    assert orders.stale(timezone.now()) == [given.pk]
    tasks.freeze_papers(order_id=given.pk)
    tasks.freeze_papers(order_id=given.pk)

    assert Edition.objects.count() == 2
    given.refresh_from_db()
    assert (given.frozen, given.waiting, given.failed) == (2, 0, 0)
    assert orders.stale(timezone.now() + timedelta(hours=1)) == []


def test_a_paper_that_cannot_be_frozen_keeps_no_other_from_being_made_and_is_made_when_asked_again(
    cast, clerk, woken, monkeypatch, caplog
):
    given, whole = order(clerk), paper_payloads.freeze

    def broken_for_6a(wanted):
        if wanted.school_class.name == "6A":
            raise ValueError("Trần Bảo An")
        return whole(wanted)

    monkeypatch.setattr(paper_payloads, "freeze", broken_for_6a)
    tasks.freeze_papers(order_id=given.pk)

    assert [edition.school_class.name for edition in Edition.objects.all()] == ["6B"]
    assert "1 could not be prepared" in clerk.get(page(given)).text
    assert "ValueError" in caplog.text and "Trần" not in caplog.text

    monkeypatch.setattr(paper_payloads, "freeze", whole)
    clerk.post(page(given, "retry/"))
    follow(given)

    assert sorted(edition.school_class.name for edition in Edition.objects.issued()) == ["6A", "6B"]
    assert figures(clerk, given)["Not printed"] == "0"
