"""Editions: numbered without gaps, frozen when asked for, never changed and never overwritten."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts.files import StoreDamaged
from accounts.models import AuditEvent
from accounts.recorded import UnattributedWrite
from archive import payload, rendering
from archive.actions import request_class_book
from archive.freezing import StillRendering
from archive.models import Edition, EditionNeverChanges, Rendering
from archive.store import editions
from gradebook.models import SchoolClass
from tests.archive.conftest import enter_mark
from tests.cast import build
from transcripts.payload import canonical, fingerprint

PAYLOAD_QUERIES = 17


def test_the_payload_is_frozen_when_asked_for(cast, ask):
    enter_mark(cast, "8,5")
    edition = ask()
    enter_mark(cast, "3", pupil=1)

    book = json.loads(edition.payload)["book"]
    assert [pupil["name"] for pupil in book["pupils"]][:2] == ["Trần Bảo An", "Lê Thị Ánh"]
    assert [row["cells"][0] for row in book["courses"][0]["rows"]] == ["8,5", "", "", "", ""]
    assert edition.fingerprint == fingerprint(edition.payload)
    assert canonical(json.loads(edition.payload)) == edition.payload


@pytest.mark.duty("S1-87")
def test_asking_again_makes_the_next_edition_and_leaves_the_file_of_the_first(cast, issue):
    first = issue()
    kept = editions.locate(first.path).read_bytes()
    enter_mark(cast, "8,5")
    second = issue()

    assert (first.number, second.number, second.previous) == (1, 2, first)
    assert first.content != second.content
    assert editions.locate(first.path).read_bytes() == kept
    first.refresh_from_db()
    assert first.newer == second


def test_an_edition_is_superseded_also_across_one_that_was_never_printed(ask, issue):
    issue()
    Rendering.objects.filter(edition=ask()).update(state="failed", failure="killed")
    third = issue()

    assert list(Edition.objects.issued().latest_of_each()) == [third]


def test_the_same_content_is_still_an_edition_of_its_own(issue):
    first, second = issue(), issue()

    assert second.same_as_previous
    assert first.path != second.path


def test_numbers_are_counted_per_class(cast, issue):
    issue()
    other = request_class_book(school_class=cast.classes["6B"], by=cast.cuc)

    assert other.number == 1


def test_no_second_request_while_the_first_is_being_made(ask):
    ask()
    with pytest.raises(StillRendering):
        ask()


def test_only_the_clerk_asks(cast):
    with pytest.raises(PermissionDenied):
        request_class_book(school_class=cast.classes["6A"], by=cast.khoa)


def test_an_issued_edition_never_changes(cast, issue):
    edition = issue()
    edition.number = 7

    with pytest.raises(EditionNeverChanges):
        edition.save_by(cast.cuc)
    with pytest.raises(EditionNeverChanges):
        edition.issue(editions.put(b"another", suffix="pdf"), pages=1, origin="test")
    with pytest.raises(UnattributedWrite):
        edition.delete()
    with pytest.raises(UnattributedWrite):
        Edition.objects.filter(pk=edition.pk).update(number=7)
    with pytest.raises(EditionNeverChanges):
        edition.rendering.delete()


def test_who_asked_and_which_file_came_of_it_are_recorded(cast, issue):
    edition = issue()

    rows = Edition.history.filter(id=edition.pk).order_by("history_id")
    assert [(row.history_type, row.history_user, bool(row.sha256)) for row in rows] == [
        ("+", cast.cuc, False),
        ("~", cast.cuc, True),
    ]
    verbs = AuditEvent.objects.filter(target_type="archive.edition").values_list("verb", flat=True)
    assert set(verbs) == {"archive.edition.requested", "archive.edition.issued"}


def test_a_gap_in_the_chain_of_editions_is_refused(cast, ask):
    edition = ask()
    edition.pk, edition.number, edition.code, edition.fingerprint = None, 2, "c", "f"
    edition._state.adding = True

    with pytest.raises(IntegrityError):
        edition.save_by(cast.cuc)


def test_the_store_never_overwrites(store):
    kept = editions.put(b"first", suffix="pdf")
    assert editions.put(b"first", suffix="pdf") == kept
    path = editions.locate(kept.path)
    assert path.stat().st_mode & 0o222 == 0
    assert [file for file in store.rglob("*") if file.is_file()] == [path]

    path.chmod(0o600)
    path.write_bytes(b"changed")
    with pytest.raises(StoreDamaged):
        editions.put(b"first", suffix="pdf")
    assert path.read_bytes() == b"changed"


def test_a_stored_path_cannot_lead_out_of_the_store():
    with pytest.raises(StoreDamaged):
        editions.locate("editions/../../secret-key")


@pytest.mark.django_db
@pytest.mark.parametrize("size", [5, 45])
def test_the_payload_takes_as_many_queries_for_45_pupils_as_for_5(size, django_assert_num_queries):
    school_class = SchoolClass.objects.get(pk=build(size).classes["6A"].pk)

    with django_assert_num_queries(PAYLOAD_QUERIES):
        book = payload.freeze_class_book(school_class)

    assert len(book["pupils"]) == len(book["courses"][0]["rows"]) == size


def test_a_message_that_comes_twice_renders_once(issue):
    edition = issue()
    rendering.render(edition.pk)

    assert edition.rendering.attempt == 1
    assert Edition.history.filter(id=edition.pk).count() == 2
