"""What a pupil could bring in the hope that nobody looks: nonsense with right hashes, bombs, the same thing twice."""

import hashlib
import json
import zipfile
import zlib
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.archive.booklets import OTHER_SCHOOL, booklet, issued, issued_year
from tests.archive.test_transcript_files import packed, receive
from transcripts.actions import withdraw_transcript
from transcripts.certificates import record_certificate
from transcripts.models import ReceivedTranscript, Transcript

__all__ = ["issued", "issued_year"]


def member(brought: SimpleUploadedFile, suffix: str) -> bytes:
    with zipfile.ZipFile(BytesIO(brought.read())) as package:
        brought.seek(0)
        [name] = [each for each in package.namelist() if each.endswith(suffix)]
        return package.read(name)


def relisted(members, name, data):
    """A member replaced, and the list of hashes written anew."""
    listing = next(each for each in members if each.endswith("manifest-sha256.txt"))
    before, after = (hashlib.sha256(each).hexdigest().encode() for each in (members[name], data))
    return {**members, name: data, listing: members[listing].replace(before, after)}


def data_changed(change):
    """`change` takes the data as an object and gives back what stands in the file instead."""

    def forge(members):
        name = next(each for each in members if each.endswith("hoc-ba.json"))
        changed = change(json.loads(members[name]))
        return relisted(
            members, name, changed if isinstance(changed, bytes) else json.dumps(changed).encode()
        )

    return forge


def with_book(**facts):
    return lambda data: {**data, "book": {**data["book"], **facts}}


def with_year(text: str):
    return with_book(years=[{"payload": text, "fingerprint": hashlib.sha256(text.encode()).hexdigest()}])


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xff\xfe",
        lambda data: b"[" * 100_000,
        lambda data: [],
        with_book(pupil=[]),
        with_book(school={}),
        with_book(school={"name": 7}),
        with_book(way=None),
        with_book(years="2026"),
        with_year("[]"),
        with_year("{}"),
        with_year('{"scheme": "TT99"}'),
    ],
)
def test_nonsense_with_right_hashes_is_refused_and_nothing_is_kept(issued, change):
    pupil = issued.pupils["6A"][0]

    page = receive(issued, pupil, packed(issued, pupil, data_changed(change)))

    assert page.status_code == 422 and "not a transcript file of this kind" in page.text
    assert not ReceivedTranscript.objects.exists()


def test_a_zip_damaged_in_the_middle_is_refused(issued):
    pupil = issued.pupils["6A"][0]
    content = bytearray(packed(issued, pupil).read())
    content[200:260] = b"\xff" * 60

    page = receive(issued, pupil, SimpleUploadedFile("hb.zip", bytes(content)))

    assert page.status_code == 422 and not ReceivedTranscript.objects.exists()


def test_a_pdf_that_would_unfold_to_fill_the_memory_is_refused(issued):
    pupil, bomb = issued.pupils["6A"][0], BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        stream = pikepdf.Stream(document, b"")
        stream.write(zlib.compress(bytes(200_000_000), 9), filter=pikepdf.Name.FlateDecode)
        spec = pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec, EF=pikepdf.Dictionary(F=stream), UF="payload.json"
        )
        tree = pikepdf.NameTree.new(document)
        tree["payload.json"] = document.make_indirect(spec)
        document.Root.Names = pikepdf.Dictionary(EmbeddedFiles=tree.obj)
        document.save(bomb)

    page = receive(issued, pupil, SimpleUploadedFile("hb.pdf", bomb.getvalue()), from_school="A", years="B")

    assert page.status_code == 422 and not ReceivedTranscript.objects.exists()


def test_whoever_receives_data_is_told_how_to_learn_whether_that_school_issued_them(issued):
    pupil = issued.pupils["6A"][0]

    brought = packed(issued, pupil)
    code = hashlib.sha256(member(brought, ".json")).hexdigest()[:16]

    page = receive(issued, pupil, brought).text

    assert f"<code>{code}</code>" in page
    assert "They do not say who made the file" in page and "verified" not in page


def test_the_same_booklet_as_zip_and_as_pdf_is_received_once(issued):
    pupil = issued.pupils["6A"][0]
    brought = packed(issued, pupil)
    content = member(brought, ".pdf")
    receive(issued, pupil, brought)

    page = receive(issued, pupil, SimpleUploadedFile("hb.pdf", content), from_school="A", years="B")

    assert page.status_code == 422 and "received before" in page.text


def test_two_editions_of_a_booklet_print_each_year_and_each_step_of_the_way_once(issued):
    pupil = issued.pupils["6A"][0]
    receive(issued, pupil, packed(issued, pupil))
    record_certificate(
        student=pupil.student,
        level=pupil.school_class.level,
        number="1",
        register_entry="",
        dated=date(2027, 6, 1),
        by=issued.cuc,
    )
    receive(issued, pupil, packed(issued, pupil))
    assert ReceivedTranscript.objects.count() == 2
    withdraw_transcript(transcript=Transcript.objects.get(enrolment=pupil), reason="Nhầm", by=issued.hanh)

    book = json.loads(booklet(pupil, issued.cuc).payload)["book"]

    assert len(book["years"]) == 1
    assert [place["school"] for place in book["way"]] == [OTHER_SCHOOL, "Trường THCS Sông Hồng"]
