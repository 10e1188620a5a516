"""Papers of many classes ordered in one go: the row first, then the worker, and nothing lost or doubled."""

import json
import re
import zipfile
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from django.utils import timezone, translation

from accounts import jobs
from accounts.models import AuditEvent
from archive import orders, paper_payloads, pdf, rendering, tasks, wording
from archive.actions import request_class_book
from archive.models import Edition, PaperOrder, Rendering
from archive.order_progress import progress_of
from archive.store import editions
from tests.archive.conftest import enter_mark
from tests.cast import in_english

CHOICE = {"kind": "check_sheet", "scope": "grade-6", "period": "GK1", "signatures": "on"}


@pytest.fixture
def clerk(cast):
    return in_english(cast.cuc)


@pytest.fixture
def woken(monkeypatch) -> list[int]:
    """Editions of which a worker was told."""
    told: list[int] = []
    monkeypatch.setattr(tasks, "wake", told.append)
    return told


def order(clerk, **more) -> PaperOrder:
    answer = clerk.post("/papers/school/request/", {**CHOICE, **more})
    given = PaperOrder.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (303, page(given))
    return given


def page(given: PaperOrder, verb: str = "") -> str:
    return f"/papers/orders/{given.pk}/{verb}"


def figures(clerk, given: PaperOrder) -> dict[str, str]:
    """What the page of an order says, by its labels."""
    text = clerk.get(page(given)).text
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", text, re.S)
    bar = "".join(re.findall(r'<progress[^>]*value="(\d+)"', text))
    return {label: figure.strip() for label, figure in found} | {"bar": bar}


def follow(given: PaperOrder) -> None:
    """What a worker does that gets each message once."""
    tasks.freeze_papers(order_id=given.pk)
    while found := rendering.first_queued(1):
        assert rendering.render(found[0])


def test_the_clerk_prints_a_grade_in_one_go_and_follows_it_on_a_page(cast, clerk, woken):
    given = order(clerk)
    assert not Edition.objects.exists()
    assert figures(clerk, given) == {
        "Pages": "0", "Being printed now": "0", "Waiting": "2", "Not printed": "0", "bar": "0",
    }  # fmt: skip
    assert "hx-get" in clerk.get(page(given)).text

    tasks.freeze_papers(order_id=given.pk)

    found = Edition.objects.order_by("pk")
    assert [edition.school_class.name for edition in found] == ["6A", "6B"]
    assert woken == [edition.pk for edition in found]
    follow(given)
    assert figures(clerk, given)["bar"] == "2" and figures(clerk, given)["Waiting"] == "0"
    assert int(figures(clerk, given)["Pages"]) == sum(edition.pages for edition in Edition.objects.all())
    assert "Finished" in clerk.get(page(given)).text and "hx-get" not in clerk.get(page(given)).text
    assert page(given) in clerk.get("/papers/").text
    assert AuditEvent.objects.get(verb="archive.papers.ordered").particulars == {"papers": 2}


def test_all_class_books_of_a_grade_are_one_order(cast, clerk, woken):
    follow(order(clerk, kind="class_book"))

    assert [edition.kind for edition in Edition.objects.all()] == ["class_book"] * 2
    assert all(edition.is_issued for edition in Edition.objects.all())


def test_a_finished_order_leads_to_each_of_its_papers_and_is_known_by_its_grade(cast, clerk, woken):
    given = order(clerk, kind="class_book")
    assert "/archive/editions/" not in clerk.get(page(given)).text
    follow(given)
    shown = clerk.get(page(given)).text

    assert all(f"/archive/editions/{book.pk}/" in shown for book in Edition.objects.all())
    assert "/archive/paper/" in shown
    assert "Class book, Grade 6" in clerk.get("/papers/").text
    answer = clerk.get(page(given, "zip/"))
    assert answer.getvalue()
    taken = answer["Content-Disposition"]
    assert f"so-theo-doi-khoi-6-{given.year.name}-lenh-in-{given.pk}.zip" in taken


def test_what_was_printed_is_taken_in_one_file_each_paper_on_a_front_side(cast, clerk, woken):
    given = order(clerk, kind="class_book")
    follow(given)
    books = list(Edition.objects.order_by("pk"))

    whole = zipfile.ZipFile(BytesIO(clerk.get(page(given, "zip/")).getvalue()))
    assert whole.namelist() == [book.file_name for book in books]
    assert [sha256(whole.read(name)).hexdigest() for name in whole.namelist()] == [
        book.sha256 for book in books
    ]
    with pikepdf.open(BytesIO(clerk.get(page(given, "joined/")).getvalue())) as joined:
        assert len(joined.pages) == sum(book.pages + book.pages % 2 for book in books)
    taken = AuditEvent.objects.filter(verb="archive.papers.downloaded")
    assert [event.actor_id for event in taken] == [cast.cuc.pk] * 2


def test_a_lost_file_is_said_and_nothing_half_is_handed_out(cast, clerk, woken):
    given = order(clerk)
    follow(given)
    file = editions.locate(Edition.objects.earliest("pk").path)
    file.rename(file.with_suffix(".away"))

    answer = clerk.get(page(given, "zip/"), follow=True)

    assert answer.redirect_chain == [(page(given), 303)]
    with translation.override("en"):
        assert str(wording.FAULTS["file-missing"]) in answer.text


def test_a_paused_order_prints_nothing_more_until_it_goes_on(
    cast, clerk, woken, django_capture_on_commit_callbacks
):
    given = order(clerk)
    tasks.freeze_papers(order_id=given.pk)
    first, second = woken
    rendering.render(first)

    clerk.post(page(given, "pause/"))
    tasks.render_edition(edition_id=second)
    tasks.resume_stale_editions()
    assert figures(clerk, given)["bar"] == "1" and "Paused" in clerk.get(page(given)).text

    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(page(given, "resume/"))
    assert woken[-1] == second
    tasks.render_edition(edition_id=second)
    assert figures(clerk, given)["bar"] == "2"


def test_freezing_stops_where_the_order_is_paused_and_goes_on_from_there(cast, clerk, woken):
    given = order(clerk)
    begun = orders.carry_out(given.pk)
    next(begun)
    clerk.post(page(given, "pause/"))
    begun.close()
    assert list(orders.carry_out(given.pk)) == []
    assert Edition.objects.count() == 1

    clerk.post(page(given, "resume/"))
    follow(given)
    assert Edition.objects.issued().count() == 2


def test_a_cancelled_order_keeps_what_was_printed_and_can_be_printed_after_all(cast, clerk, woken):
    given = order(clerk)
    tasks.freeze_papers(order_id=given.pk)
    rendering.render(woken[0])

    clerk.post(page(given, "cancel/"))
    tasks.render_edition(edition_id=woken[1])
    text = clerk.get(page(given)).text
    assert Edition.objects.issued().count() == 1
    assert "Cancelled" in text and "The order was cancelled before this was printed." in text

    clerk.post(page(given, "retry/"))
    follow(given)
    assert Edition.objects.issued().count() == Edition.objects.count() == 2


def test_nothing_more_is_frozen_once_an_order_is_cancelled(cast, clerk, woken):
    given = order(clerk)
    begun = orders.carry_out(given.pk)
    next(begun)
    clerk.post(page(given, "cancel/"))

    assert list(begun) == []
    assert Edition.objects.count() == 1


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


def test_a_state_that_changed_meanwhile_is_said_and_changes_nothing(cast, clerk, woken):
    given = order(clerk)
    answer = clerk.post(page(given, "resume/"), follow=True)

    assert "The order is in another state by now" in answer.text
    assert not AuditEvent.objects.filter(verb="archive.papers.resumed").exists()


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


def test_the_time_left_follows_from_the_pace_of_the_last_papers(cast, clerk, woken):
    given = order(clerk)
    tasks.freeze_papers(order_id=given.pk)
    given.papers = 12
    now = timezone.now()
    assert progress_of(given).left is None

    for number in range(3):
        book = request_class_book(school_class=cast.classes["6A"], by=cast.cuc)
        end = now + number * timedelta(seconds=30)
        Rendering.objects.filter(edition=book).update(state="done", heartbeat=end, order=given)

    assert progress_of(given).left == 9 * timedelta(seconds=30)


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

    given = order(clerk)
    tasks.freeze_papers(order_id=given.pk)

    assert Edition.objects.count() == 2
    assert "1 was still being printed from before" in clerk.get(page(given)).text


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
