"""The transcripts of a class are signed with one key handed in once, then sealed; each stays a document of its own."""

import zipfile
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Seal
from archive import store
from archive.models import Edition, Signature
from archive.signing import acts, checking, turns
from archive.signing.keys import FileKey
from archive.signing.many import sign_each
from archive.verification import verify
from gradebook import pdfa
from tests.archive.authority import KEY_PASSWORD
from tests.archive.booklets import booklet, issued, issued_year
from tests.cast import PASSWORD, Cast, signed_in
from transcripts.actions import withdraw_transcript
from transcripts.models import Transcript

pytestmark = pytest.mark.one_database

__all__ = ["issued", "issued_year"]


@pytest.fixture
def printed(issued: Cast) -> list[Edition]:
    """Of two pupils of 6A."""
    cache.clear()
    return [booklet(pupil, issued.cuc) for pupil in issued.pupils["6A"][:2]]


@pytest.fixture
def page(issued: Cast) -> str:
    return f"/archive/classes/{issued.classes['6A'].pk}/transcripts/"


@pytest.fixture
def sign(client, issued, authority, page):
    def posted(*, key_password=KEY_PASSWORD):
        file = SimpleUploadedFile("key.p12", authority.key_file(issued.hanh.full_name))
        data = {"password": PASSWORD, "key_password": key_password, "key_file": file}
        client.cookies["portal_language"] = "en"
        return signed_in(client, issued.hanh).post(f"{page}sign/", data, follow=True)

    return posted


@pytest.fixture
def seal(client, issued, page):
    return lambda: signed_in(client, issued.cuc).post(f"{page}seal/", {"password": PASSWORD}, follow=True)


def newest(edition: Edition) -> bytes:
    return store.signed.read(turns.signatures_of(edition)[-1].path)


def test_one_key_signs_all_and_the_seal_follows(printed, sign, seal, issued, client, page):
    assert "2 transcripts signed." in sign().text
    assert "2 transcripts signed." in seal().text

    for edition in printed:
        roles = [each.role for each in turns.signatures_of(edition)]
        checked = checking.check(newest(edition), [each.signed_at for each in turns.signatures_of(edition)])
        assert roles == ["principal", "school"]
        assert [(each.is_good, each.is_trusted) for each in checked] == [(True, True)] * 2
        assert pdfa.faults(newest(edition)) == []
        assert verify(edition) == []
    assert "seal/" not in signed_in(client, issued.cuc).get(f"{page}signatures/").text


def test_who_has_something_to_sign_is_told_at_home(printed, sign, issued, client, page):
    def home(person):
        return signed_in(client, person).get("/").text

    assert f"{page}signatures/" in home(issued.hanh) and "6A (" in home(issued.hanh)
    assert f"{page}signatures/" not in home(issued.cuc)
    sign()
    assert f"{page}signatures/" not in home(issued.hanh)
    assert f"{page}signatures/" in home(issued.cuc)


def test_the_page_asks_no_more_once_all_are_signed(printed, sign, seal, issued, client, page):
    def asked():
        reader = signed_in(client, issued.vinh)
        reader.get(f"{page}signatures/")
        with CaptureQueriesContext(connection) as found:
            assert reader.get(f"{page}signatures/").status_code == 200
        return len(found)

    before = asked()
    sign(), seal()

    assert asked() == before


def test_a_wrong_password_signs_nothing_and_says_so(printed, sign):
    answer = sign(key_password="khác")

    assert answer.status_code == 422
    assert "This is not the password of the key file" in answer.text
    assert not Signature.objects.exists()


def test_a_file_that_was_changed_is_passed_over_and_named(printed, sign, file_store):
    first, second = printed
    path = store.editions.locate(first.path)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1])

    text = sign().text

    assert "1 transcript signed." in text
    assert f"{first.student}: The file of this edition is not the one that was issued" in text
    assert [each.edition for each in Signature.objects.all()] == [second]


def test_what_the_records_no_longer_say_is_not_signed(printed, sign, issued):
    withdrawn = Transcript.objects.standing().get(enrolment=issued.pupils["6A"][0])
    withdraw_transcript(transcript=withdrawn, reason="Cấp nhầm", by=issued.hanh)

    text = sign().text

    assert f"{printed[0].student}: The records changed since it was printed." in text
    assert [each.edition for each in Signature.objects.all()] == [printed[1]]


@pytest.fixture
def first_signed(printed, issued, authority) -> Edition:
    """As far as the request had come when somebody looked, or when the server was stopped."""
    key = FileKey(authority.key_file(issued.hanh.full_name), KEY_PASSWORD)
    acts.sign_edition(edition=printed[0], key=key, by=issued.hanh)
    return printed[0]


def test_while_they_are_signed_the_page_can_tell_how_many_are(first_signed, sign, seal, issued, client, page):
    def shown(role, person):
        client.cookies["portal_language"] = "en"
        return signed_in(client, person).get(f"{page}signatures/{role}/2/").text

    half = shown("principal", issued.hanh)
    assert "Being signed" in half and 'value="1" max="2"' in half and 'hx-trigger="every 1s"' in half
    sign()
    whole = shown("principal", issued.hanh)
    assert 'value="2" max="2"' in whole and "hx-trigger" not in whole
    assert "Being sealed" in shown("school", issued.cuc) and 'value="0"' in shown("school", issued.cuc)
    assert client.get(f"{page}signatures/homeroom_teacher/2/").status_code == 404


def test_after_a_signing_that_was_broken_off_the_page_asks_for_the_rest(
    first_signed, sign, issued, client, page
):
    client.cookies["portal_language"] = "en"
    shown = signed_in(client, issued.hanh).get(f"{page}signatures/").text

    assert "Sign 1 transcript" in shown
    assert f'data-progress="{page}signatures/principal/1/"' in shown
    assert "1 transcript signed." in sign().text


def test_what_another_tab_signed_meanwhile_is_passed_over_and_the_rest_is_signed(printed, issued, authority):
    """Sent twice, without a script that would keep the button from a second click."""
    key = FileKey(authority.key_file(issued.hanh.full_name), KEY_PASSWORD)
    waiting = turns.transcripts_of(issued.classes["6A"])
    acts.sign_edition(edition=printed[0], key=key, by=issued.hanh)

    outcome = sign_each(waiting, lambda each: acts.sign_edition(edition=each, key=key, by=issued.hanh))

    assert outcome.signed == 1
    assert outcome.left == [(printed[0], "signed-meanwhile")]


def test_the_file_for_the_next_school_holds_the_signed_transcript(printed, sign, seal, issued, client):
    sign(), seal()
    pupil = issued.pupils["6A"][0]

    answer = signed_in(client, issued.cuc).post(f"/archive/pupils/{pupil.pk}/transcripts/hand-over/")

    with zipfile.ZipFile(BytesIO(answer.content)) as package:
        [name] = [each for each in package.namelist() if each.endswith(".pdf")]
        assert name.endswith("-ky-2.pdf")
        assert package.read(name) == newest(printed[0])
        [readme] = [each for each in package.namelist() if each.endswith("DOC-TRUOC.txt")]
        assert name.rpartition("/")[2] in package.read(readme).decode()


def test_the_page_of_seals_names_a_transcript_that_the_seals_themselves_do_not(
    printed, issued, client, sign, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        sign()
    said = Seal.objects.latest("number")

    shown = " ".join(signed_in(client, issued.hanh).get("/archive/history/").text.split())

    assert said.reference in {edition.code for edition in printed}
    assert f"Transcript {printed[0].student}" in shown
