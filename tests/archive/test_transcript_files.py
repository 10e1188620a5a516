"""The file with which a transcript goes to another school, and what comes from one; certificates."""

import hashlib
import json
import subprocess
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import AuditEvent, User
from archive import rendering
from archive.handing_over import hand_over
from archive.models import Edition
from archive.store import editions
from gradebook.models import Enrolment
from tests.archive.booklets import OTHER_SCHOOL, booklet, elsewhere, issued, issued_year, pages_of
from tests.cast import Cast, client_of, in_english, signed_in
from tests.scene import picture
from transcripts.actions import withdraw_transcript
from transcripts.models import Certificate, ReceivedTranscript, Transcript

pytestmark = pytest.mark.one_database

__all__ = ["issued", "issued_year"]


def test_the_file_for_the_next_school_holds_the_booklet_its_data_and_the_hashes_of_both(
    issued, client, tmp_path
):
    pupil = issued.pupils["6A"][0]
    edition = booklet(pupil, issued.cuc)

    answer = signed_in(client, issued.cuc).post(f"/archive/pupils/{pupil.pk}/transcripts/hand-over/")

    (tmp_path / "hb.zip").write_bytes(answer.content)
    zipfile.ZipFile(tmp_path / "hb.zip").extractall(tmp_path)
    folder = tmp_path / "hoc-ba-0000000000-thcs-ban-1"
    checked = subprocess.run(
        ["sha256sum", "-c", "manifest-sha256.txt"], cwd=folder, capture_output=True, text=True
    )
    assert checked.returncode == 0 and checked.stdout.count("OK") == 3
    assert (folder / "hoc-ba.json").read_text() == edition.payload
    assert hashlib.sha256((folder / "hoc-ba.json").read_bytes()).hexdigest() == edition.fingerprint
    assert edition.fingerprint in (folder / "DOC-TRUOC.txt").read_text()
    event = AuditEvent.objects.get(verb="archive.transcript.handed_over")
    assert event.particulars["sha256"] == hashlib.sha256(answer.content).hexdigest()


def test_the_file_is_offered_once_the_booklet_is_printed(issued, client):
    pupil, clerk = issued.pupils["6A"][0], signed_in(client, issued.cuc)
    page = f"/archive/pupils/{pupil.pk}/transcripts/"
    clerk.post(f"{page}request/")
    assert "hand-over/" not in clerk.get(page).text

    rendering.render(Edition.objects.get(student=pupil.student).pk)
    assert "hand-over/" in clerk.get(page).text


def test_an_edition_that_says_less_than_the_records_is_not_handed_over(issued):
    pupil = issued.pupils["6A"][1]
    booklet(pupil, issued.cuc)
    withdraw_transcript(transcript=Transcript.objects.get(enrolment=pupil), reason="Nhầm", by=issued.hanh)

    page = in_english(issued.cuc).post(f"/archive/pupils/{pupil.pk}/transcripts/hand-over/", follow=True)

    assert "Print the transcript again" in page.text


def test_a_booklet_that_was_changed_in_the_store_is_not_handed_over(issued, client):
    pupil = issued.pupils["6A"][0]
    path = editions.locate(booklet(pupil, issued.cuc).path)
    path.chmod(0o640)
    path.write_bytes(path.read_bytes() + b" ")

    answer = signed_in(client, issued.cuc).post(f"/archive/pupils/{pupil.pk}/transcripts/hand-over/")

    assert answer.status_code == 303
    assert not AuditEvent.objects.filter(verb="archive.transcript.handed_over").exists()


def packed(cast: Cast, pupil: Enrolment, change=None) -> SimpleUploadedFile:
    """The file of a pupil as the other school would send it, perhaps with its data changed and listed anew."""
    with elsewhere(cast):
        booklet(pupil, cast.cuc)
        content = hand_over(pupil=pupil, by=cast.cuc).content
    if change is None:
        return SimpleUploadedFile("hoc-ba.zip", content)
    source, target = zipfile.ZipFile(BytesIO(content)), BytesIO()
    members = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(target, "w") as written:
        for name, data in change(members).items():
            written.writestr(name, data)
    return SimpleUploadedFile("hoc-ba.zip", target.getvalue())


def receive(cast: Cast, pupil: Enrolment, file: SimpleUploadedFile, **texts: str):
    path = f"/transcripts/{pupil.pk}/receive/"
    return in_english(cast.cuc).post(path, {"file": file, **texts}, follow=True)


def test_a_transcript_of_another_school_is_verified_and_its_years_printed_with_ours(issued):
    pupil = issued.pupils["6A"][0]
    brought = packed(issued, pupil)
    own = Transcript.objects.get(enrolment=pupil)
    withdraw_transcript(transcript=own, reason="Nay là năm của trường khác", by=issued.hanh)

    page = receive(issued, pupil, brought).text
    edition = booklet(pupil, issued.cuc)

    assert "hashes agree" in page and "2026-2027" in page and "8,0" in page
    [year] = json.loads(edition.payload)["book"]["years"]
    assert year["fingerprint"] == hashlib.sha256(year["payload"].encode()).hexdigest() != own.fingerprint
    assert f"Kết quả nhận từ {OTHER_SCHOOL}" in pages_of(edition)[3]


def test_the_pdf_of_another_school_brings_its_data_with_it(issued):
    pupil = issued.pupils["6A"][0]
    with elsewhere(issued):
        content = editions.locate(booklet(pupil, issued.cuc).path).read_bytes()

    page = receive(issued, pupil, SimpleUploadedFile("hb.pdf", content))

    assert "hashes agree" in page.text
    assert ReceivedTranscript.objects.get().from_school == OTHER_SCHOOL


@pytest.mark.parametrize("suffix", ["zip", "pdf"])
def test_what_this_school_issued_itself_is_refused_and_the_reason_said(issued, suffix):
    pupil = issued.pupils["6A"][0]
    content = editions.read(booklet(pupil, issued.cuc).path)
    if suffix == "zip":
        content = hand_over(pupil=pupil, by=issued.cuc).content

    page = receive(issued, pupil, SimpleUploadedFile(f"hb.{suffix}", content))

    assert page.status_code == 422 and "This school issued this transcript itself" in page.text
    assert not ReceivedTranscript.objects.exists()


def test_a_year_that_comes_back_in_another_schools_file_is_printed_once(issued):
    pupil = issued.pupils["6A"][0]
    own = Transcript.objects.get(enrolment=pupil)

    def with_ours(members):
        """After its own year the other school repeats ours, as it received it."""
        name = next(name for name in members if name.endswith("hoc-ba.json"))
        listing = next(name for name in members if name.endswith("manifest-sha256.txt"))
        data = json.loads(members[name])
        ours = {"payload": own.payload, "fingerprint": own.fingerprint, "received": {"school": "Sông Hồng"}}
        data["book"]["years"].append({**data["book"]["years"][0], **ours})
        changed = json.dumps(data).encode()
        before, after = (hashlib.sha256(each).hexdigest().encode() for each in (members[name], changed))
        return {**members, name: changed, listing: members[listing].replace(before, after)}

    page = receive(issued, pupil, packed(issued, pupil, with_ours))

    assert page.status_code == 200
    years = json.loads(booklet(pupil, issued.cuc).payload)["book"]["years"]
    assert [year["fingerprint"] for year in years].count(own.fingerprint) == 1 and len(years) == 2


def _other_mark(members):
    """Somebody improves a mark and writes the list of hashes anew."""
    name = next(name for name in members if name.endswith("hoc-ba.json"))
    listing = next(name for name in members if name.endswith("manifest-sha256.txt"))
    before = hashlib.sha256(members[name]).hexdigest()
    changed = members[name].replace(b'\\"8,0\\"', b'\\"9,9\\"')
    assert changed != members[name]
    after = hashlib.sha256(changed).hexdigest()
    return {**members, name: changed, listing: members[listing].replace(before.encode(), after.encode())}


def _other_byte(members):
    name = next(name for name in members if name.endswith(".txt") and "DOC" in name)
    return {**members, name: members[name] + b" "}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_other_mark, "its hash differs"),
        (_other_byte, "not the one of its list of hashes"),
        (lambda members: {"a.txt": b"x"}, "not a transcript file of this kind"),
    ],
)
def test_a_file_that_was_changed_is_refused_and_nothing_is_kept(issued, change, why):
    pupil = issued.pupils["6A"][0]

    page = receive(issued, pupil, packed(issued, pupil, change))

    assert page.status_code == 422 and why in page.text
    assert not ReceivedTranscript.objects.exists()


def test_another_pupils_file_and_the_same_file_twice_are_refused(issued):
    an, anh = issued.pupils["6A"][:2]
    brought = packed(issued, an)
    content = brought.read()

    other = receive(issued, anh, SimpleUploadedFile("hb.zip", content))
    receive(issued, an, SimpleUploadedFile("hb.zip", content))
    again = receive(issued, an, SimpleUploadedFile("hb.zip", content))

    assert "another pupil" in other.text and "received before" in again.text
    assert ReceivedTranscript.objects.count() == 1


def test_a_scan_says_its_school_and_years_and_the_booklet_lists_it_until_it_is_taken_out(issued):
    pupil = issued.pupils["6A"][0]
    silent = receive(issued, pupil, SimpleUploadedFile("hb.png", picture(), "image/png"))
    page = receive(
        issued,
        pupil,
        SimpleUploadedFile("hb.png", picture(), "image/png"),
        from_school="Trường THCS Suối Mơ",
        years="2025-2026",
    )
    received, clerk = ReceivedTranscript.objects.get(), client_of(issued.cuc)

    file = clerk.get(f"/transcripts/received/{received.pk}/file/")
    with_scan = pages_of(booklet(pupil, issued.cuc))
    clerk.post(f"/transcripts/received/{received.pk}/withdraw/", {"reason": "Của em khác"})
    without = pages_of(booklet(pupil, issued.cuc))

    assert silent.status_code == 422 and "a scan, not verified" in page.text
    assert file.content == picture()
    assert "Trường THCS Suối Mơ 2025-2026" in with_scan[-1] and "Suối Mơ" not in without[-1]


@pytest.mark.duty("S0-28")
def test_the_school_keeps_the_transcript_from_the_day_a_pupil_comes_until_it_goes_to_the_next_school(issued):
    pupil, clerk = issued.pupils["6A"][0], in_english(issued.cuc)
    brought = SimpleUploadedFile("hb.png", picture(), "image/png")
    receive(issued, pupil, brought, from_school="Trường THCS Suối Mơ", years="2025-2026")
    here = printed(clerk, pupil)
    words = " ".join(pages_of(here))
    assert "Trường THCS Suối Mơ" in words and "8,0" in words

    transfer = {
        "on": "05/09/2026",
        "number": "54/QĐ",
        "dated": "05/09/2026",
        "other_school": "THCS Đồi Thông",
    }
    clerk.post(f"/pupils/{pupil.pk}/movements/record/transferred/", transfer | {"reason": "Theo gia đình"})
    gone = printed(clerk, pupil)
    file = clerk.post(f"/archive/pupils/{pupil.pk}/transcripts/hand-over/")

    with zipfile.ZipFile(BytesIO(file.content)) as packed_up:
        assert editions.read(gone.path) in [packed_up.read(name) for name in packed_up.namelist()]
    handed = AuditEvent.objects.get(verb="archive.transcript.handed_over")
    assert (handed.actor_id, handed.particulars["to"]) == (issued.cuc.pk, "THCS Đồi Thông")
    assert {reads(person, pupil, here, gone) for person in (issued.hanh, issued.cuc)} == {200}
    assert reads(issued.lan, pupil, here, gone) == 404


def printed(clerk: Client, pupil: Enrolment) -> Edition:
    """Asked for on the page, made as the worker makes it."""
    clerk.post(f"/archive/pupils/{pupil.pk}/transcripts/request/")
    rendering.render(Edition.objects.latest("pk").pk)
    return Edition.objects.latest("pk")


def reads(person: User, pupil: Enrolment, *kept: Edition) -> int:
    """Whether the pupil's transcripts lead this person to each of these files."""
    client = client_of(person)
    page = client.get(f"/archive/pupils/{pupil.pk}/transcripts/")
    for edition in kept if page.status_code == 200 else ():
        file = f"/archive/editions/{edition.pk}/download/"
        assert file in page.text and client.get(file).getvalue() == editions.read(edition.path)
    return int(page.status_code)


def test_the_certificate_of_a_completed_level_stands_on_the_last_page(issued, client):
    pupil = issued.pupils["6A"][0]
    path = f"/transcripts/{pupil.pk}/certificate/"
    said = {"number": "B 0012345", "register_entry": "17/2027", "dated": "2027-06-20"}

    empty = signed_in(client, issued.cuc).post(path, {**said, "number": ""})
    client.post(path, {**said, "number": "B 0012344"})
    client.post(path, said)

    assert empty.status_code == 422
    last = pages_of(booklet(pupil, issued.cuc))[-1]
    assert "Bằng tốt nghiệp trung học cơ sở: số hiệu B 0012345, số vào sổ gốc 17/2027" in last
    assert [row.number for row in Certificate.history.order_by("history_id")] == ["B 0012344", "B 0012345"]
