"""The archive's pages: who may, what they show, and that looking changes nothing."""

import pytest
from django.core.exceptions import ObjectDoesNotExist

from accounts.models import AuditEvent
from archive.models import Edition, Rendering
from archive.store import editions
from tests.archive.conftest import move_school
from tests.archive.test_verification import damage
from tests.cast import in_english

READERS = {"hanh", "vinh", "khoa", "cuc"}
EVERYBODY = {"hanh", "vinh", "khoa", "cuc", "dung", "mai", "toan", "lan"}


def look(client, path: str) -> int:
    """The status of a page. Only the file of a download is closed: closing the response ends the transaction."""
    response = client.get(path)
    if response.streaming:
        for close in response._resource_closers:
            close()
    return response.status_code


@pytest.fixture
def edition(issue):
    return issue()


def test_who_may_read_and_who_may_ask(client, cast, edition):
    for name in EVERYBODY:
        client.force_login(cast.people[name])
        read = 200 if name in READERS | {"mai"} else 404
        for path in ("", "progress/", "download/"):
            assert look(client, f"/archive/editions/{edition.pk}/{path}") == read, (name, path)
        assert client.get("/archive/").status_code == (200 if name in READERS else 403)
        write = 303 if name in READERS else 403
        for path in (f"/archive/editions/{edition.pk}/verify/", "/archive/check/"):
            assert client.post(path).status_code == write, (name, path)
        asks = 303 if name == "cuc" else 403
        book = f"/archive/classes/{cast.classes['6B'].pk}/request-book/"
        assert client.post(book).status_code == asks, name
        again = client.post(f"/archive/editions/{edition.pk}/retry/").status_code
        assert again == (asks if read == 200 else 404), name


def test_without_signing_in_only_the_printed_code_opens_a_page(client, edition):
    for path in (
        "/archive/",
        f"/archive/editions/{edition.pk}/",
        f"/archive/editions/{edition.pk}/download/",
    ):
        assert client.get(path)["Location"].startswith("/sign-in/")
    assert client.get(f"/verify/{edition.code}/").status_code == 200
    assert client.get("/verify/0123456789abcdef/").status_code == 404


def test_whoever_cannot_scan_the_code_types_it(client, edition):
    """In capitals, with blanks, or with the address around it; a slip is answered beside the field."""
    assert 'href="/verify/"' in client.get("/sign-in/").content.decode()
    assert client.get("/verify/").status_code == 200
    code = edition.code
    for typed in (f" {code[:4]} {code[4:].upper()}", f"https://school.example/verify/{code}/"):
        assert client.get("/verify/", {"code": typed})["Location"] == f"/verify/{code}/", typed
    for slip in ("", code[:-1], f"{code}0", "g" * 16):
        refused = client.get("/verify/", {"code": slip})
        assert refused.status_code == 422 and refused.context["form"].errors["code"], slip
    assert 'action="/verify/"' in client.get("/verify/0123456789abcdef/").content.decode()


def test_the_public_page_shows_the_document_and_no_person(client, cast, edition, issue):
    page = client.get(f"/verify/{edition.code}/").content.decode()
    assert edition.sha256 in page and "6A" in page
    names = [user.full_name for user in cast.people.values()]
    names += [enrolment.student.full_name for enrolment in cast.pupils["6A"]]
    assert [name for name in names if name in page] == []

    move_school(cast)
    newer = issue()
    response = client.get(f"/verify/{edition.code}/")
    assert response.context["newer"] == newer


def test_an_unknown_code_is_answered_with_what_to_do(ask):
    """The code of an edition that is not printed yet is unknown too."""
    for code in ("0123456789abcdef", ask().code):
        response = in_english().get(f"/verify/{code}/")
        page = response.content.decode()
        assert response.status_code == 404
        assert "This school has issued no document with this code." in page
        assert code in page and "letter by letter" in page


def test_the_hashes_are_folded_away_for_technicians(edition):
    page = in_english().get(f"/verify/{edition.code}/").content.decode()
    plain, folded = page.split("<summary>For technicians", 1)

    assert "SHA-256" not in plain and "sha256sum" not in plain
    assert edition.sha256 in folded and edition.fingerprint in folded


def test_a_check_of_no_editions_is_not_a_success(cast):
    client = in_english(cast.cuc)
    client.post("/archive/check/")

    page = client.get("/archive/").content.decode()
    assert "Nothing to check yet" in page
    assert "Everything is as it was printed" not in page


@pytest.mark.parametrize("path", ["verify", "retry"])
def test_changes_are_posts(client, cast, edition, path):
    client.force_login(cast.cuc)

    assert client.get(f"/archive/editions/{edition.pk}/{path}/").status_code == 405
    assert client.get(f"/archive/classes/{cast.classes['6A'].pk}/request-book/").status_code == 405
    assert client.get("/archive/check/").status_code == 405


def test_looking_changes_nothing(client, cast, edition):
    client.force_login(cast.cuc)

    def state() -> tuple[object, ...]:
        return (*Edition.objects.values(), *Rendering.objects.values(), Edition.history.count())

    before = state()
    for path in ("", "progress/", "download/"):
        assert look(client, f"/archive/editions/{edition.pk}/{path}") == 200
    assert look(client, "/archive/") == 200
    assert state() == before


def test_the_clerk_asks_and_follows_the_work(client, cast):
    client.force_login(cast.cuc)
    response = client.post(f"/archive/classes/{cast.classes['6A'].pk}/request-book/", follow=True)

    edition = Edition.objects.get()
    assert response.redirect_chain == [(f"/archive/editions/{edition.pk}/", 303)]
    fragment = f'hx-get="/archive/editions/{edition.pk}/progress/"'
    assert fragment in response.content.decode()
    again = client.post(f"/archive/classes/{cast.classes['6A'].pk}/request-book/")
    assert again["Location"] == "/archive/"
    assert Edition.objects.count() == 1


def test_polling_stops_when_the_work_is_finished(client, cast, edition):
    client.force_login(cast.cuc)
    response = client.get(f"/archive/editions/{edition.pk}/progress/", headers={"HX-Request": "true"})

    assert response["HX-Refresh"] == "true"
    page = client.get(f"/archive/editions/{edition.pk}/").content.decode()
    assert "every 1s" not in page


def test_a_failure_is_told_to_the_clerk_with_a_button(client, cast, ask):
    edition = ask()
    Rendering.objects.filter(edition=edition).update(state="failed", failure="store", detail="OSError: full")
    client.force_login(cast.cuc)
    page = client.get(f"/archive/editions/{edition.pk}/").content.decode()
    assert f'action="/archive/editions/{edition.pk}/retry/"' in page

    client.post(f"/archive/editions/{edition.pk}/retry/")
    assert Rendering.objects.get().state == "queued"


def test_the_download_is_the_stored_file_and_is_recorded(client, cast, edition):
    client.force_login(cast.vinh)
    response = client.get(f"/archive/editions/{edition.pk}/download/")

    assert b"".join(response.streaming_content) == editions.locate(edition.path).read_bytes()
    assert response["Content-Disposition"] == 'attachment; filename="so-theo-doi-6A-2026-2027-ban-1.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert AuditEvent.objects.get(verb="archive.edition.downloaded").actor_id == cast.vinh.pk


def test_a_missing_file_is_said_and_not_hidden(client, cast, edition):
    editions.locate(edition.path).unlink()
    client.force_login(cast.cuc)
    response = client.get(f"/archive/editions/{edition.pk}/download/", follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_a_flipped_byte_is_found_on_the_pages(client, cast, edition):
    client.force_login(cast.khoa)
    damage(edition, edition.size // 2)
    shown = client.post(f"/archive/editions/{edition.pk}/verify/", follow=True)
    assert "file-changed" in shown.context["checked"].particulars["faults"]

    shown = client.post("/archive/check/", follow=True)
    faults = shown.context["checked"].particulars["faults"]
    assert {fault["edition"] for fault in faults} == {edition.pk}


def test_the_archive_takes_the_same_queries_for_more_editions(client, cast, edition, issue):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(cast.cuc)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/archive/").status_code == 200
        return len(captured)

    few = queries()
    move_school(cast)
    issue()
    assert queries() == few


def test_an_edition_without_a_file_cannot_be_downloaded_or_verified(client, cast, ask):
    edition = ask()
    client.force_login(cast.cuc)

    assert client.get(f"/archive/editions/{edition.pk}/download/").status_code == 404
    assert client.post(f"/archive/editions/{edition.pk}/verify/").status_code == 404
    assert client.get(f"/verify/{edition.code}/").status_code == 404
    with pytest.raises(ObjectDoesNotExist):
        Edition.objects.issued().get()
