"""Papers of many classes ordered in one go: the row first, then the worker, and nothing lost or doubled."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from archive import orders, paper_payloads, rendering, tasks
from archive.models import Edition, PaperOrder
from tests.archive.conftest import enter_mark
from tests.gradebook.workbooks import english

CHOICE = {"kind": "check_sheet", "scope": "grade-6", "period": "GK1", "signatures": "on"}


@pytest.fixture
def clerk(cast):
    return english(cast.cuc)


@pytest.fixture
def woken(monkeypatch) -> list[int]:
    """Editions of which a worker was told."""
    told: list[int] = []
    monkeypatch.setattr(tasks, "wake", told.append)
    return told


def order(clerk, **more) -> PaperOrder:
    answer = clerk.post("/papers/school/request/", {**CHOICE, **more})
    assert (answer.status_code, answer["Location"]) == (303, "/papers/")
    return PaperOrder.objects.latest("pk")


def desk(clerk) -> str:
    return clerk.get("/papers/").text.split('id="printed"')[1].split("</section>")[0]


def test_the_clerk_prints_a_grade_in_one_go_and_follows_it_on_the_desk(cast, clerk, woken):
    given = order(clerk)
    assert not Edition.objects.exists()
    assert "0 of 2 are prepared" in desk(clerk) and "hx-get" in desk(clerk)

    tasks.freeze_papers(order_id=given.pk)

    found = Edition.objects.order_by("pk")
    assert [edition.school_class.name for edition in found] == ["6A", "6B"]
    assert woken == [edition.pk for edition in found]
    assert "2 papers are being printed or printed" in desk(clerk) and "hx-get" not in desk(clerk)
    assert AuditEvent.objects.get(verb="archive.papers.ordered").particulars == {"papers": 2}


def test_an_edition_holds_what_stood_when_it_was_frozen_and_says_when_that_was(cast, clerk, woken):
    given = order(clerk)
    enter_mark(cast, "8,5")
    frozen_after = timezone.now()

    tasks.freeze_papers(order_id=given.pk)

    edition = Edition.objects.get(school_class=cast.classes["6A"])
    assert "8,5" in edition.payload
    assert given.ordered_at < frozen_after <= edition.requested_at
    moment = timezone.localtime(edition.requested_at)
    assert json.loads(edition.payload)["edition"]["requested_at"] == moment.isoformat()
    assert f"{moment:%H:%M:%S %d/%m/%Y}" in clerk.get(f"/archive/editions/{edition.pk}/").text


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


def test_what_is_still_being_printed_is_not_asked_for_again(cast, clerk, woken):
    clerk.post("/papers/school/request/", {**CHOICE, "scope": f"class-{cast.classes['6A'].pk}"})

    tasks.freeze_papers(order_id=order(clerk).pk)

    assert Edition.objects.count() == 2
    assert "1 is still being printed from before" in desk(clerk)


def test_a_paper_that_cannot_be_frozen_keeps_no_other_from_being_made(cast, clerk, woken, monkeypatch):
    given, whole = order(clerk), paper_payloads.freeze

    def broken_for_6a(wanted):
        if wanted.school_class.name == "6A":
            raise ValueError("broken")
        return whole(wanted)

    monkeypatch.setattr(paper_payloads, "freeze", broken_for_6a)
    tasks.freeze_papers(order_id=given.pk)

    assert [edition.school_class.name for edition in Edition.objects.all()] == ["6B"]
    assert "1 could not be prepared" in desk(clerk)
