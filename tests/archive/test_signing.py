"""An issued book is signed by the homeroom teacher, the principal and with the seal, by real keys and real files."""

import re
import subprocess
from datetime import timedelta
from shutil import which

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from archive import rendering, retention, store
from archive.actions import request_class_book
from archive.models import Edition, Rendering, Signature
from archive.signing import acts, checking, pades, turns
from archive.signing.keys import FileKey, KeyUnusable
from archive.verification import verify
from gradebook import pdfa, printing
from tests.archive.authority import KEY_PASSWORD, Authority, certificate
from tests.archive.conftest import move_school
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def cast(shared_book) -> Cast:
    return shared_book.cast


@pytest.fixture
def key(authority):
    return lambda name: FileKey(authority.key_file(name), KEY_PASSWORD)


@pytest.fixture
def by_mai(cast, final_book, key) -> Signature:
    return acts.sign_edition(edition=final_book, key=key("VŨ HỒNG MAI"), by=cast.mai)


@pytest.fixture
def signed(cast, final_book, key, by_mai) -> list[Signature]:
    """By all three, in their order."""
    acts.sign_edition(edition=final_book, key=key("Nguyễn Thị Hạnh"), by=cast.hanh)
    acts.seal_edition(edition=final_book, by=cast.cuc)
    return turns.signatures_of(final_book)


def bytes_of(signature: Signature) -> bytes:
    return store.signed.locate(signature.path).read_bytes()


def checked(signature: Signature) -> list[checking.Checked]:
    return checking.check(bytes_of(signature), [signature.signed_at] * 9)


def rewrite(signature: Signature, content: bytes) -> None:
    path = store.signed.locate(signature.path)
    path.chmod(0o600)
    path.write_bytes(content)


def codes(edition: Edition) -> set[str]:
    return {finding.code for finding in verify(edition)}


@pytest.mark.duty("S1-84", "S2-01")
def test_three_sign_in_their_order_and_every_signature_stays_valid(signed):
    found = checked(signed[-1])

    assert [each.certificate.name for each in found] == [
        "VŨ HỒNG MAI",
        "Nguyễn Thị Hạnh",
        "Trường THCS Sông Hồng",
    ]
    assert all(each.is_good and each.is_trusted for each in found)


def test_what_was_there_before_a_signature_stays_byte_for_byte(final_book, signed):
    unsigned = store.editions.locate(final_book.path).read_bytes()
    first, second, third = map(bytes_of, signed)

    assert first.startswith(unsigned) and second.startswith(first) and third.startswith(second)
    assert store.digest(unsigned) == final_book.sha256


def test_a_signed_book_is_still_pdf_a_3_and_carries_its_data(final_book, signed):
    content = bytes_of(signed[-1])

    assert pdfa.faults(content) == []
    assert printing.attachments(content)["payload.json"] == final_book.payload.encode()
    assert printing.page_count(content) == final_book.pages


@pytest.mark.skipif(not which("pdfsig"), reason="needs poppler-utils: apt install poppler-utils")
def test_poppler_finds_the_same_signatures_valid(signed, tmp_path):
    file = tmp_path / "signed.pdf"
    file.write_bytes(bytes_of(signed[-1]))
    told = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False).stdout

    assert told.count("Signature Validation: Signature is Valid.") == 3
    assert re.findall(r"Signature Type: (\S+)", told) == ["ETSI.CAdES.detached"] * 3
    assert "Total document signed" in told


def test_nobody_signs_out_of_turn_or_in_anothers_place(cast, final_book, key):
    for person in (cast.hanh, cast.cuc, cast.toan, cast.khoa):
        with pytest.raises(PermissionDenied):
            acts.sign_edition(edition=final_book, key=key(person.full_name), by=person)
    with pytest.raises(acts.NotSigned, match="anothers-certificate"):
        acts.sign_edition(edition=final_book, key=key("Đỗ Minh Toàn"), by=cast.mai)
    assert not final_book.signatures.exists()


def test_a_name_that_only_begins_alike_is_anothers(cast, final_book, key):
    with pytest.raises(acts.NotSigned, match="anothers-certificate"):
        acts.sign_edition(edition=final_book, key=key(f"{cast.mai.full_name}x"), by=cast.mai)


def test_after_the_homeroom_teacher_it_is_the_principals_turn_and_only_once(cast, final_book, key, by_mai):
    for person in (cast.mai, cast.vinh, cast.cuc):
        with pytest.raises(PermissionDenied):
            acts.sign_edition(edition=final_book, key=key(person.full_name), by=person)
    with pytest.raises(PermissionDenied):
        acts.seal_edition(edition=final_book, by=cast.cuc)

    acts.sign_edition(edition=final_book, key=key(cast.hanh.full_name), by=cast.hanh)

    with pytest.raises(PermissionDenied):
        acts.sign_edition(edition=final_book, key=key(cast.hanh.full_name), by=cast.hanh)
    assert [each.role for each in turns.signatures_of(final_book)] == ["homeroom_teacher", "principal"]


def test_an_interim_book_is_signed_by_nobody(cast, key, final_book):
    """Nothing was entered in 6B."""
    asked = request_class_book(school_class=cast.classes["6B"], by=cast.cuc)
    rendering.render(asked.pk)

    with pytest.raises(acts.NotSigned, match="not-your-turn"):
        acts.sign_edition(edition=Edition.objects.get(pk=asked.pk), key=key("Bùi Ngọc Lan"), by=cast.lan)


def test_a_book_stays_to_be_signed_when_the_same_is_asked_for_again(cast, final_book, authority):
    assert request_class_book(school_class=cast.classes["6A"], by=cast.cuc) == final_book

    assert turns.waiting_for(cast.mai, cast.year) == [final_book]


def test_a_superseded_book_is_signed_by_nobody(cast, key, final_book):
    move_school(cast)
    rendering.render(request_class_book(school_class=cast.classes["6A"], by=cast.cuc).pk)

    with pytest.raises(acts.NotSigned, match="not-your-turn"):
        acts.sign_edition(edition=final_book, key=key(cast.mai.full_name), by=cast.mai)


def test_a_print_that_failed_leaves_the_book_before_it_to_be_signed(cast, final_book, authority):
    move_school(cast)
    newer = request_class_book(school_class=cast.classes["6A"], by=cast.cuc)
    Rendering.objects.filter(edition=newer).update(state="failed", failure="killed")

    assert turns.waiting_for(cast.mai, cast.year) == [final_book]


@pytest.mark.parametrize(
    ("password", "age", "code"),
    [
        ("khác", timedelta(), "wrong-password"),
        (KEY_PASSWORD, timedelta(days=400), "expired"),
        (KEY_PASSWORD, timedelta(days=-30), "too-early"),
    ],
)
def test_a_key_that_does_not_open_or_is_not_in_force_signs_nothing(
    cast, final_book, authority, password, age, code, caplog
):
    key = FileKey(authority.key_file(cast.mai.full_name, age=age), password)

    with pytest.raises(KeyUnusable) as refused:
        acts.sign_edition(edition=final_book, key=key, by=cast.mai)
    assert refused.value.code == code
    assert not final_book.signatures.exists()
    assert password not in caplog.text and password not in repr(key)


def test_a_key_of_a_kind_that_cannot_sign_is_refused_in_words(cast, final_book, authority):
    own = Ed25519PrivateKey.generate()
    issued = certificate(cast.mai.full_name, own, issuer=authority)
    file = pkcs12.serialize_key_and_certificates(b"", own, issued, None, NoEncryption())

    with pytest.raises(acts.NotSigned, match="unsuited-key"):
        acts.sign_edition(edition=final_book, key=FileKey(file, ""), by=cast.mai)


def test_a_file_that_holds_no_key_is_refused(cast, final_book):
    for content in (b"", b"%PDF-1.7", b"\x30\x82" + b"\0" * 400):
        with pytest.raises(KeyUnusable, match="not-a-key-file"):
            acts.sign_edition(edition=final_book, key=FileKey(content, KEY_PASSWORD), by=cast.mai)


def test_a_certificate_of_a_stranger_signs_nothing_where_the_school_trusts_others(
    cast, final_book, authority
):
    stranger = Authority("CA lạ")
    with pytest.raises(acts.NotSigned, match="untrusted"):
        acts.sign_edition(
            edition=final_book, key=FileKey(stranger.key_file(cast.mai.full_name), KEY_PASSWORD), by=cast.mai
        )
    assert not final_book.signatures.exists()


def test_where_the_school_has_chosen_no_authority_a_signature_is_not_called_trusted(cast, final_book):
    stranger = Authority("CA lạ")
    key = FileKey(stranger.key_file(cast.mai.full_name), KEY_PASSWORD)
    [found] = checked(acts.sign_edition(edition=final_book, key=key, by=cast.mai))

    assert found.is_good and not found.is_trusted


def test_an_untouched_signed_book_is_clean(final_book, signed):
    assert codes(final_book) == set()


def test_one_flipped_byte_in_a_signed_file_is_found(final_book, signed):
    content = bytearray(bytes_of(signed[1]))
    content[len(content) // 2] ^= 1
    rewrite(signed[1], bytes(content))

    assert {"signed-file-changed", "signature-broken"} <= codes(final_book)


def test_a_signature_replaced_by_another_is_found(cast, final_book, by_mai):
    """Somebody else signs the unsigned book with an own key and puts that file in the place of Mai's."""
    stranger = Authority("CA lạ")
    unsigned = store.editions.locate(final_book.path).read_bytes()
    with FileKey(stranger.key_file(cast.mai.full_name), KEY_PASSWORD).opened() as signer:
        wish = pades.Wish("Signature1", "Vũ Hồng Mai", "", "")
        rewrite(by_mai, pades.sign(unsigned, signer=signer, wish=wish, stamp=None))

    assert "signature-replaced" in codes(final_book)


def test_the_unsigned_file_in_the_place_of_a_signed_one_is_found(final_book, by_mai):
    rewrite(by_mai, store.editions.locate(final_book.path).read_bytes())

    assert "signature-replaced" in codes(final_book)


def test_a_page_removed_after_signing_is_found(final_book, signed):
    rewrite(signed[-1], without_last_page(bytes_of(signed[-1])))

    assert "signature-broken" in codes(final_book)


def test_a_missing_signed_file_and_a_vanished_signature_are_found(final_book, signed):
    store.signed.locate(signed[0].path).unlink()
    assert codes(final_book) == {"signed-file-missing"}

    Signature.objects.filter(pk=signed[-1].pk)._raw_delete("default")
    assert codes(final_book) == {"signed-file-missing", "signature-vanished"}


def test_a_destroyed_book_goes_with_its_signed_files(cast, final_book, signed, monkeypatch):
    end = cast.year.ends_on
    monkeypatch.setattr(timezone, "localdate", lambda *_: end.replace(year=end.year + 2))
    facts = {"kind": "class_book", "years": 1, "legal_basis": "Danh mục", "effective_from": end}
    retention.set_rule(facts=facts, by=cast.hanh)
    decision = {"number": "30/QĐ", "dated": end, "minutes": "BB 2"}
    decided = retention.decide_destruction(year=cast.year, kind="class_book", facts=decision, by=cast.hanh)
    certificate = decided.certificates.get(edition=final_book)

    store.editions.locate(final_book.path).unlink()
    assert retention.left_of(certificate) == [each.path for each in signed]
    for signature in signed:
        store.signed.locate(signature.path).unlink()

    assert retention.left_of(certificate) == []
    assert codes(final_book) == set()


def without_last_page(content: bytes) -> bytes:
    """As a forger would: one more incremental update that shows a page less."""
    from io import BytesIO

    from pyhanko.pdf_utils.generic import NameObject, NumberObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(content))
    pages = writer.root["/Pages"]
    pages["/Kids"].pop()
    pages[NameObject("/Count")] = NumberObject(int(pages["/Count"]) - 1)
    writer.mark_update(pages.get_container_ref())
    output = BytesIO()
    writer.write(output)
    return output.getvalue()
