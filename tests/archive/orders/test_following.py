"""The clerk orders papers of many classes in one go, follows how they are printed, and takes what was printed."""

import json
import zipfile
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pikepdf
from django.utils import timezone, translation

from accounts.models import AuditEvent
from archive import orders, tasks, wording
from archive.actions import request_class_book
from archive.models import Edition, OrderedPaper, Rendering
from archive.order_progress import progress_of
from archive.store import editions
from tests.archive.conftest import enter_mark
from tests.archive.orders.conftest import CHOICE, figures, follow, order, page
from tests.cast import in_english


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
    reader = in_english(cast.hanh)
    assert "Printed papers" in reader.get(page(given)).text
    assert reader.post(page(given, "retry/")).status_code == 403
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
        OrderedPaper.objects.create(order=given, edition=book)

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


def test_what_is_still_being_printed_is_not_asked_for_again(cast, clerk, woken):
    clerk.post("/papers/school/request/", {**CHOICE, "scope": f"class-{cast.classes['6A'].pk}"})

    given = order(clerk)
    tasks.freeze_papers(order_id=given.pk)

    assert Edition.objects.count() == 2
    assert "1 was still being printed from before" in clerk.get(page(given)).text


def test_older_orders_are_reached_from_the_desk(cast, clerk, woken):
    given = [order(clerk) for _ in range(4)]

    desk = clerk.get("/papers/").text

    assert page(given[0]) not in desk and "All my orders" in desk
    shown = clerk.get("/papers/?orders=all").text
    assert all(page(each) in shown for each in given) and "All my orders" not in shown


def test_what_was_cancelled_is_counted(cast, clerk, woken):
    given = order(clerk)
    begun = orders.carry_out(given.pk)
    next(begun)

    clerk.post(page(given, "cancel/"))

    said = figures(clerk, given)
    assert (said["Waiting"], said["Not printed"], said["Cancelled before printing"]) == ("0", "0", "2")
