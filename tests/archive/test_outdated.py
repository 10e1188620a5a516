"""A book that a correction has overtaken is signed by nobody: it is printed again first."""

from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from archive import rendering
from archive.actions import request_class_book
from archive.models import Edition
from archive.paper.acts import Done, record_lines
from archive.signing import acts, turns
from archive.signing.keys import FileKey
from archive.snapshots.taking import take_due
from corrections import actions
from gradebook.models import Column
from tests.archive.authority import KEY_PASSWORD
from tests.cast import PASSWORD, Cast, signed_in
from tests.corrections.scene import Scene

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

REASON = "The records changed since it was printed. Print it again, then it can be signed."


@pytest.fixture
def cast(shared_book, client) -> Cast:
    client.cookies["portal_language"] = "en"
    return shared_book.cast


@pytest.fixture
def correct(cast, authority):
    """Carry out a correction in 6A; the worker keeps the state after it."""

    def corrected():
        course = cast.maths["6A"]
        column = Column.objects.get(course=course, kind="regular", ordinal=1, period=cast.periods["GK1"])
        scene = Scene(cast, course, cast.pupils["6A"][0], column)
        actions.execute(correction=scene.approved(), by=cast.khoa)
        take_due()

    return corrected


@pytest.fixture
def key(authority):
    return lambda person: FileKey(authority.key_file(person.full_name), KEY_PASSWORD)


@pytest.fixture
def post(client, authority):
    """Sign or seal on the page, as whoever's turn it is."""

    def posted(edition, person, verb="sign"):
        data: dict[str, object] = {"password": PASSWORD}
        if verb == "sign":
            file = SimpleUploadedFile("key.p12", authority.key_file(person.full_name))
            data |= {"key_password": KEY_PASSWORD, "key_file": file}
        return signed_in(client, person).post(f"/archive/editions/{edition.pk}/{verb}/", data)

    return posted


def print_again(cast) -> Edition:
    asked = request_class_book(school_class=cast.classes["6A"], by=cast.cuc)
    rendering.render(asked.pk)
    return Edition.objects.get(pk=asked.pk)


def tasks(client, person) -> dict[str, str]:
    return {task["title"]: task["text"] for task in signed_in(client, person).get("/").context["tasks"]}


@pytest.mark.parametrize("signed", [0, 1, 2])
def test_after_a_correction_whoever_is_next_is_told_to_have_it_printed_again(
    cast, client, final_book, key, correct, post, shared_files, signed
):
    for person in (cast.mai, cast.hanh)[:signed]:
        acts.sign_edition(edition=final_book, key=key(person), by=person)
    person, verb = [(cast.mai, "sign"), (cast.hanh, "sign"), (cast.cuc, "seal")][signed]
    page = f"/archive/editions/{final_book.pk}/signatures/"
    assert f'action="/archive/editions/{final_book.pk}/{verb}/"' in signed_in(client, person).get(page).text

    correct()

    shown, kept = client.get(page).text, set(shared_files.rglob("*"))
    assert REASON in shown and f"/{verb}/" not in shown
    refused = post(final_book, person, verb)
    assert refused.status_code == 422 and REASON in refused.text
    assert final_book.signatures.count() == signed and set(shared_files.rglob("*")) == kept


def test_the_clerk_prints_it_again_from_there_and_then_it_is_signed(cast, client, final_book, correct, post):
    correct()
    page = f"/archive/editions/{final_book.pk}/signatures/"
    again = f'action="/archive/classes/{final_book.school_class_id}/request-book/"'

    told = signed_in(client, cast.mai).get(page).text
    assert again not in told and "The clerk prints the books" in told
    assert again in signed_in(client, cast.cuc).get(page).text
    assert post(print_again(cast), cast.mai).status_code == 303


def test_a_correction_that_comes_while_the_key_is_at_work_is_not_overlooked(cast, final_book, key, correct):
    class SlowKey(FileKey):
        @contextmanager
        def opened(self):
            with super().opened() as signer:
                correct()
                yield signer

    slow = SlowKey(key(cast.mai).content, KEY_PASSWORD)
    with pytest.raises(acts.NotSigned, match="outdated"):
        acts.sign_edition(edition=final_book, key=slow, by=cast.mai)
    assert not final_book.signatures.exists()


def test_a_book_that_was_only_opened_again_still_says_what_the_records_say(cast, final_book, post):
    cast.execute("open", "GK1")

    assert post(final_book, cast.mai).status_code == 303


def test_at_home_it_waits_for_who_prints_it_and_for_nobodys_signature(cast, client, final_book, correct):
    assert "Class book to sign" in tasks(client, cast.mai)
    assert "Class book to print again" not in tasks(client, cast.cuc)

    correct()

    assert "Class book to sign" not in tasks(client, cast.mai)
    assert tasks(client, cast.cuc)["Class book to print again"].endswith(": 6A")

    assert turns.waiting_for(cast.mai, cast.year) == []
    again = print_again(cast)
    assert "Class book to print again" not in tasks(client, cast.cuc)
    assert turns.waiting_for(cast.mai, cast.year) == [again]


def test_a_state_that_says_what_the_book_says_makes_no_book_outdated(cast, final_book, authority):
    """Opened and locked once more after the printing, and nothing was changed."""
    cast.execute("open", "GK1"), cast.execute("lock", "GK1")
    take_due()

    assert turns.waiting_for(cast.mai, cast.year) == [final_book]


def test_the_page_of_the_new_edition_says_what_differs_and_marks_come_first(
    cast, client, final_book, correct
):
    correct()
    again = print_again(cast)

    page = signed_in(client, cast.cuc).get(f"/archive/editions/{again.pk}/")

    pupil = cast.pupils["6A"][0].student.full_name
    said = [difference.sentence for difference in page.context["differences"]]
    assert said[0].startswith(f"{pupil}, Toán, ĐĐGtx 1, học kỳ I: 8 → ") and "đề nghị" in said[0]
    assert any("kết quả" in sentence for sentence in said[1:])
    assert "Other than in edition 1" in page.text
    assert "Other than in" not in client.get(f"/archive/editions/{final_book.pk}/").text


def test_a_signed_book_in_its_box_is_told_to_be_outdated_where_no_authority_is_trusted_too(
    cast, client, final_book, key, correct, settings
):
    for person in (cast.mai, cast.hanh):
        acts.sign_edition(edition=final_book, key=key(person), by=person)
    acts.seal_edition(edition=final_book, by=cast.cuc)
    stored = Done(timezone.localdate(), place="Hộp 3, kệ B")
    record_lines(edition=final_book, keys=["stored:"], done=stored, by=cast.cuc)
    settings.TRUST_DIR = None

    correct()

    assert (
        tasks(client, cast.cuc)["Class book to print again"] == "The records changed after it was printed: 6A"
    )
    for page in ("", "paper/"):
        shown = client.get(f"/archive/editions/{final_book.pk}/{page}").text
        assert "it no longer says what they say" in shown and "Hộp 3, kệ B) is superseded once" in shown

    print_again(cast)

    old = client.get(f"/archive/editions/{final_book.pk}/paper/").text
    assert "what counts is the paper of edition 2" in old
    assert "Hộp 3, kệ B" in client.get("/archive/paper/").text
