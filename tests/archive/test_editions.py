"""Editions: numbered without gaps, frozen when asked for, never changed and never overwritten."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts.files import StoreDamaged
from accounts.models import AuditEvent, Seal
from accounts.recorded import UnattributedWrite
from archive import payload, pdf, rendering
from archive.actions import request_class_book
from archive.freezing import StillRendering
from archive.models import Edition, EditionNeverChanges, Rendering
from archive.store import editions
from gradebook.models import School, SchoolClass
from tests.archive.conftest import enter_mark, move_school
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


def test_an_edition_is_superseded_also_across_one_that_was_never_printed(cast, ask, issue):
    issue()
    move_school(cast)
    Rendering.objects.filter(edition=ask()).update(state="failed", failure="killed")
    third = issue()

    assert list(Edition.objects.issued().latest_of_each()) == [third]


def test_what_says_the_same_is_not_printed_a_second_time_and_so_stays_the_one_that_counts(cast, issue):
    first = issue()
    rows = Edition.history.count(), Rendering.objects.count(), Seal.objects.count()

    assert issue() == first
    assert first.newer is None
    assert (Edition.history.count(), Rendering.objects.count(), Seal.objects.count()) == rows


def test_what_changed_and_changed_back_is_printed_anew_once_the_other_was_issued(cast, issue):
    place = School.objects.get().place
    first = issue()
    move_school(cast)
    second = issue()
    move_school(cast, place)

    third = issue()

    assert (third.number, third.previous) == (3, second)
    assert third.content == first.content


def test_an_edition_that_never_came_to_be_leaves_the_one_before_it_the_answer(cast, ask, issue):
    place = School.objects.get().place
    first = issue()
    move_school(cast)
    Rendering.objects.filter(edition=ask()).update(state="failed", failure="cancelled")
    move_school(cast, place)

    assert ask() == first


def test_a_rendering_that_failed_may_be_made_again(ask, issue):
    Rendering.objects.filter(edition=ask()).update(state="failed", failure="cancelled")

    assert issue().number == 2


@pytest.mark.parametrize("harm", ["lost", "altered"])
def test_a_file_that_is_not_what_was_kept_is_a_reason_to_print_anew(issue, harm):
    first = issue()
    file = editions.locate(first.path)
    if harm == "lost":
        file.unlink()
    else:
        file.chmod(0o600)
        file.write_bytes(b"other")

    second = issue()

    assert (second.number, second.same_as_previous) == (2, True)


def test_another_layout_of_the_same_content_is_no_reason_to_print_anew(issue, monkeypatch):
    first = issue()
    monkeypatch.setattr(pdf, "LAYOUT_VERSION", pdf.LAYOUT_VERSION + 1)

    assert issue() == first


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
