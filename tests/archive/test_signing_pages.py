"""The pages of signatures: who may sign, what is said when nothing was signed, and which file is handed out."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import AuditEvent
from archive import retention, store, verification
from archive.models import Edition, Signature
from archive.signing import acts, turns
from archive.signing.keys import FileKey
from tests.archive.authority import KEY_PASSWORD
from tests.archive.conftest import move_school
from tests.cast import PASSWORD, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def in_english(client):
    cache.clear()
    client.cookies["portal_language"] = "en"


@pytest.fixture
def cast(shared_book) -> Cast:
    return shared_book.cast


@pytest.fixture
def send(client, authority, final_book):
    def sent(person, *, password=PASSWORD, key_password=KEY_PASSWORD, content=None):
        client.force_login(person)
        file = SimpleUploadedFile("key.p12", content or authority.key_file(person.full_name))
        posted = {"password": password, "key_password": key_password, "key_file": file}
        return client.post(f"/archive/editions/{final_book.pk}/sign/", posted)

    return sent


def test_who_checks_a_printed_book_reads_whether_it_is_signed(client, cast, final_book, send):
    public = f"/verify/{final_book.code}/"
    assert "Its file is not signed electronically yet." in client.get(public).text

    send(cast.mai)

    shown = client.get(public).text
    assert "not signed electronically yet" not in shown and "Signed electronically" in shown


def test_a_file_that_is_unknown_may_be_several_papers_put_together(client, final_book):
    joined = SimpleUploadedFile("lenh-in.pdf", b"%PDF-1.7 several")

    told = client.post(f"/verify/{final_book.code}/file/", {"file": joined}).text

    assert "check each paper" in told


def seal(client, person, edition: Edition):
    client.force_login(person)
    return client.post(f"/archive/editions/{edition.pk}/seal/", {"password": PASSWORD})


def body(response) -> bytes:
    """As it was streamed. Only the file is closed: closing the response ends the transaction."""
    content = b"".join(response.streaming_content)
    for close in response._resource_closers:
        close()
    return content


@pytest.mark.duty("S0-48", "S0-52", "S3-17", "S3-46")
def test_the_three_sign_one_after_the_other_on_the_page(client, cast, final_book, send):
    page = f"/archive/editions/{final_book.pk}/signatures/"
    assert send(cast.mai).status_code == 303
    assert "You have signed." in client.get(page).content.decode()
    assert send(cast.hanh).status_code == 303
    assert "Next: the clerk puts the school's seal on it." in client.get(page).content.decode()
    assert seal(client, cast.cuc, final_book).status_code == 303

    shown = client.get(page).content.decode()
    assert "The seal is on it" in shown
    assert shown.count("Nothing was changed since.") == 3
    assert "Vũ Hồng Mai" in shown and "Nguyễn Thị Hạnh" in shown
    signed = AuditEvent.objects.filter(verb="archive.edition.signed")
    assert [event.actor_name for event in signed.order_by("pk")] == [
        cast.mai.full_name,
        cast.hanh.full_name,
        cast.cuc.full_name,
    ]


def test_only_whose_turn_it_is_may_sign(client, cast, final_book, send):
    for name, status in {"hanh": 403, "vinh": 403, "khoa": 403, "cuc": 403, "dung": 404, "toan": 404}.items():
        assert send(cast.people[name]).status_code == status, name
        assert seal(client, cast.people[name], final_book).status_code == status, name
    assert send(cast.mai).status_code == 303
    assert send(cast.mai).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"key_password": "khác"}, "This is not the password of the key file"),
        ({"password": "khác"}, "This is not your password"),
        ({"content": b"%PDF-1.7"}, "This is not a key file"),
    ],
)
def test_a_mistyped_password_is_named_and_the_next_try_signs(cast, final_book, send, wrong, said):
    response = send(cast.mai, **wrong)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Signature.objects.exists()
    assert send(cast.mai).status_code == 303


def test_somebody_elses_key_is_refused_by_name(cast, authority, final_book, send):
    response = send(cast.mai, content=authority.key_file("Đỗ Minh Toàn"))

    assert response.status_code == 422
    assert "The certificate is of Đỗ Minh Toàn" in response.content.decode()


def test_without_a_key_of_the_seal_the_page_says_so(client, cast, final_book, send, settings):
    send(cast.mai), send(cast.hanh)
    settings.SEAL_KEY_FILE = ""

    response = seal(client, cast.cuc, final_book)
    assert response.status_code == 422
    assert "no key for the school&#x27;s seal" in response.content.decode()


def test_the_newest_signed_file_is_handed_out_and_the_unsigned_stays(client, cast, final_book, send):
    send(cast.mai), send(cast.hanh)
    first, second = turns.signatures_of(final_book)
    base = f"/archive/editions/{final_book.pk}"

    newest = client.get(f"{base}/download/")
    assert "ban-1-ky-2.pdf" in newest["Content-Disposition"]
    assert store.digest(body(newest)) == second.sha256
    assert store.digest(client.get(f"{base}/files/1/").content) == first.sha256
    assert store.digest(client.get(f"{base}/files/0/").content) == final_book.sha256
    assert client.get(f"{base}/files/3/").status_code == 404


def test_the_edition_speaks_of_the_file_it_hands_out_and_leads_nobody_to_a_closed_door(
    client, cast, final_book, send
):
    send(cast.mai)
    page = client.get(f"/archive/editions/{final_book.pk}/")

    assert page.context["size"] == final_book.signatures.get().size > final_book.size
    assert "/archive/?year=" not in page.text
    assert f'href="/classes/{final_book.school_class_id}/"' in page.text


def test_a_changed_file_is_shown_as_changed(client, cast, final_book, send):
    send(cast.mai)
    [signature] = turns.signatures_of(final_book)
    path = store.signed.locate(signature.path)
    path.chmod(0o600)
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.write_bytes(content)

    shown = client.get(f"/archive/editions/{final_book.pk}/signatures/").content.decode()
    assert "Nothing was changed since." not in shown
    assert "Does not hold" in shown or "Not found" in shown


@pytest.fixture
def check(client, final_book):
    def checked(content: bytes):
        file = SimpleUploadedFile("so.pdf", content)
        return client.post(f"/verify/{final_book.code}/file/", {"file": file})

    return checked


@pytest.fixture
def by_mai(cast, final_book, authority) -> Signature:
    key = FileKey(authority.key_file(cast.mai.full_name), KEY_PASSWORD)
    return acts.sign_edition(edition=final_book, key=key, by=cast.mai)


def test_whoever_holds_a_file_learns_whether_the_school_issued_it(final_book, by_mai, check):
    unsigned = store.editions.locate(final_book.path).read_bytes()
    signed = store.signed.locate(by_mai.path).read_bytes()

    for content, said in {
        signed: "It carries 1 electronic signature of 1",
        unsigned: "It is the file without the electronic signatures",
        signed + b"%": "This file was changed after the school issued it",
        unsigned[:500] + b"x" + unsigned[501:]: "This is not a file that the school issued",
    }.items():
        response = check(content)
        assert response.status_code == 200
        assert said in response.content.decode()


def test_the_signed_files_of_a_book_are_destroyed_with_it(client, cast, final_book, by_mai, monkeypatch):
    """They say the same of the pupils: a book is not destroyed while one of them lies in the store."""
    after = cast.year.ends_on.replace(year=cast.year.ends_on.year + 2)
    monkeypatch.setattr(timezone, "localdate", lambda *_: after)
    facts = {
        "kind": "class_book",
        "years": 1,
        "legal_basis": "Danh mục",
        "effective_from": cast.year.starts_on,
    }
    retention.set_rule(facts=facts, by=cast.hanh)
    decision = {"number": "30/QĐ-THCS", "dated": after, "minutes": "BB số 2, có mặt: Hạnh, Cúc"}
    decided = retention.decide_destruction(year=cast.year, kind="class_book", facts=decision, by=cast.hanh)

    page = f"/archive/destructions/{decided.pk}/"
    client.force_login(cast.hanh)
    assert by_mai.path in client.get(page).text
    assert page in client.get(f"/archive/editions/{final_book.pk}/").text
    store.editions.locate(final_book.path).unlink()
    assert client.get(page).context["left"] == 1
    store.signed.locate(by_mai.path).unlink()
    assert client.get(page).context["left"] == 0
    assert verification.verify(final_book) == []


def test_a_file_of_another_document_is_named(cast, final_book, by_mai, client):
    from archive import rendering
    from archive.actions import request_class_book

    move_school(cast)
    other = request_class_book(school_class=cast.classes["6A"], by=cast.cuc)
    rendering.render(other.pk)
    file = SimpleUploadedFile("so.pdf", store.signed.locate(by_mai.path).read_bytes())
    shown = client.post(f"/verify/{other.code}/file/", {"file": file}).content.decode()

    assert "The school issued this file, but it is not this document" in shown
    assert f"/verify/{final_book.code}/" in shown


def test_the_public_page_names_who_signed(client, cast, final_book, by_mai):
    shown = client.get(f"/verify/{final_book.code}/").content.decode()

    assert "Vũ Hồng Mai" in shown
    assert by_mai.certificate_sha256 not in shown


def test_a_checked_file_is_not_kept(check, final_book, file_store):
    before = sorted(file_store.rglob("*"))
    check(b"%PDF-1.7 mine")

    assert sorted(file_store.rglob("*")) == before


def test_too_large_a_file_and_none_are_refused(client, check, final_book, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    assert check(b"x" * 2000).status_code == 422
    assert client.post(f"/verify/{final_book.code}/file/").status_code == 422
    assert client.get(f"/verify/{final_book.code}/file/").status_code == 405
    assert client.post("/verify/0123456789abcdef/file/").status_code == 404


def test_nobody_checks_files_without_end(check, monkeypatch):
    monkeypatch.setattr("archive.public_views.MOST_FILES", 2)

    assert [check(b"%PDF").status_code for _ in range(3)] == [200, 200, 429]


def test_the_home_page_says_whose_signature_a_book_waits_for(client, cast, final_book, send):
    page = f"/archive/editions/{final_book.pk}/signatures/"

    def waits(person) -> bool:
        client.force_login(person)
        return page in [task["url"] for task in client.get("/").context["tasks"]]

    assert [waits(person) for person in (cast.mai, cast.hanh, cast.cuc, cast.toan)] == [True] + [False] * 3
    send(cast.mai)
    assert [waits(person) for person in (cast.mai, cast.hanh, cast.cuc)] == [False, True, False]
    send(cast.hanh)
    assert waits(cast.cuc) and "Class book to seal" in client.get("/").content.decode()


def test_a_school_that_trusts_no_authority_is_not_reminded_to_sign(
    client, cast, final_book, authority, settings
):
    settings.TRUST_DIR = ""
    client.force_login(cast.mai)

    assert "signatures/" not in str([task["url"] for task in client.get("/").context["tasks"]])
