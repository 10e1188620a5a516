"""A book made before the year is over says on every page that it is not the final one."""

import json

import pytest
from django.utils import timezone

from archive import rendering
from archive.actions import request_class_book
from archive.models import Edition
from tests.archive.test_book import whole
from tests.archive.year import close, decide_on, fill, lock
from tests.cast import in_english
from tests.gradebook.results.school_year import decide_all, live, propose_all, teach_everything
from tests.poppler import pages_of

pytestmark = pytest.mark.one_database


def pages_now(edition: Edition) -> list[str]:
    return pages_of(whole(rendering.book_of(edition)).content)


def test_an_interim_book_says_so_on_the_cover_and_at_every_foot(ask):
    edition = ask()
    pages = pages_now(edition)

    assert edition.is_interim and json.loads(edition.payload)["book"]["interim"]
    assert f"BẢN TẠM – số liệu đến ngày {timezone.localdate(edition.requested_at):%d/%m/%Y}" in pages[0]
    assert all(page.count("· Bản tạm") == 1 for page in pages)


def test_a_complete_locked_and_decided_book_says_nothing_of_the_kind(cast, ask):
    fill(cast)
    lock(cast)
    close(cast)
    edition = ask()

    assert not edition.is_interim
    assert not any("tạm" in page.lower() for page in pages_now(edition))
    assert (
        "Interim edition" not in in_english(cast.cuc).get(f"/archive/editions/{edition.pk}/").content.decode()
    )


def test_one_open_window_makes_it_interim(cast, ask):
    fill(cast)
    lock(cast)
    close(cast)
    cast.execute("open")

    assert ask().is_interim


def test_one_missing_result_makes_it_interim(cast, ask):
    fill(cast, besides=1)
    lock(cast)
    close(cast)

    assert ask().is_interim


def test_one_pupil_upon_whom_the_principal_has_not_decided_makes_it_interim(cast, ask):
    fill(cast)
    lock(cast)
    decide_on(cast, cast.pupils["6A"][1:])

    assert ask().is_interim


def test_who_is_called_back_for_the_summer_is_decided_upon(cast, ask):
    teach_everything(cast, cast.classes["6A"], cast.toan)
    live(cast, "6A", p0={"toan": "3", "ngu-van": "3"})
    propose_all(cast)
    decide_all(cast)
    edition = ask()

    assert "summer_" in json.loads(edition.payload)["book"]["summary"][0]["outcome"]
    assert not edition.is_interim


def test_who_left_needs_neither_result_nor_decision(cast, ask):
    fill(cast, besides=1)
    lock(cast)
    decide_on(cast, cast.pupils["6A"][1:])
    left = cast.pupils["6A"][0]
    left.status, left.until = left.Status.LEFT, left.since
    left.save_by(cast.hanh)

    assert not ask().is_interim


def test_a_locked_class_without_marks_is_interim(cast):
    cast.execute("lock")

    assert request_class_book(school_class=cast.classes["6B"], by=cast.cuc).is_interim


def test_the_archive_and_the_public_page_say_interim(cast, issue):
    edition = issue()
    assert "Interim edition" in in_english().get(f"/verify/{edition.code}/").content.decode()

    clerk = in_english(cast.cuc)
    for path in ("/archive/", f"/archive/editions/{edition.pk}/"):
        assert "Interim edition" in clerk.get(path).content.decode(), path
