"""Which files are accepted as evidence, told by their bytes; and that originals are never written again."""

from contextlib import closing
from pathlib import Path
from typing import cast

import pikepdf
import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.handlers.wsgi import WSGIRequest

from corrections import evidence
from corrections.models import CorrectionRequest, Evidence
from gradebook.attachments import BadFile, Upload, accept
from tests.cast import client_of, in_english
from tests.corrections.scene import handed_in, jpeg, locked_pdf, pdf, pdf_with_attachment, png, upload

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<html><script>alert(1)</script></html>"
SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
LAUNCH = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("bai.png", png(), "image/png"),
        ("bai.JPG", jpeg(), "image/jpeg"),
        ("bai.jpeg", jpeg(), "image/jpeg"),
        ("bai.pdf", pdf(), "application/pdf"),
    ],
)
def test_pictures_and_plain_pdf_are_accepted(name, data, kind):
    (file,) = accept([handed_in(name, data)])

    assert (file.content_type, file.data) == (kind, data)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("diem.exe", b"MZ" + b"\0" * 100, "not-accepted"),
        ("anh.png", b"MZ" + b"\0" * 100, "not-accepted"),
        ("anh.svg", SVG, "not-accepted"),
        ("anh.png", SVG, "not-accepted"),
        ("anh.jpg", HTML, "not-accepted"),
        ("anh.gif", b"GIF89a" + b"\0" * 20, "not-accepted"),
        ("anh.html", png(), "wrong-name"),
        ("anh.pdf", png(), "wrong-name"),
        ("anh", png(), "wrong-name"),
        ("anh.png", png()[:300], "damaged-picture"),
        ("anh.png", png()[:-8], "damaged-picture"),
        ("anh.jpg", jpeg((400, 300))[:2000], "damaged-picture"),
        ("bai.pdf", pdf(OpenAction=SCRIPT), "active-pdf"),
        ("bai.pdf", pdf(AA=pikepdf.Dictionary(WC=SCRIPT)), "active-pdf"),
        ("bai.pdf", pdf(Deep=pikepdf.Array([pikepdf.Array([LAUNCH])])), "active-pdf"),
        ("bai.pdf", pdf_with_attachment(), "active-pdf"),
        ("bai.pdf", locked_pdf(), "encrypted-pdf"),
        ("bai.pdf", pdf()[:-60], "damaged-pdf"),
        ("bai.pdf", b"%PDF-1.7 nothing", "damaged-pdf"),
        ("bai.pdf", b"", "empty-file"),
        # two formats at once
        ("anh.png", png() + b"PK\x03\x04" + HTML, "damaged-picture"),
        ("bai.pdf", b"GIF89a" + pdf(), "not-accepted"),
        ("bai.pdf", jpeg() + pdf(), "wrong-name"),
        ("bai.html", pdf() + HTML, "wrong-name"),
        ("bai.pdf", pdf() + b"PK\x03\x04" + HTML * 100, "damaged-pdf"),
    ],
)
def test_everything_else_is_refused_with_its_reason(name, data, code):
    with pytest.raises(BadFile) as refused:
        accept([handed_in(name, data)])

    assert (refused.value.code, refused.value.name) == (code, name)


def test_a_cut_off_picture_is_refused_also_where_documents_are_rendered(monkeypatch):
    """WeasyPrint, once imported, tells Pillow to accept such pictures everywhere."""
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)

    with pytest.raises(BadFile):
        accept([handed_in("anh.jpg", jpeg((400, 300))[:2000])])


def test_a_picture_of_absurd_size_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr("gradebook.attachments.MAX_PIXELS", 1000)

    with pytest.raises(BadFile, match="picture-too-big"):
        accept([handed_in("anh.png", png((60, 40)))])


def test_a_file_that_is_too_large_is_refused_unread(settings):
    settings.UPLOAD_MAX_BYTES = 1000

    def read(size):
        raise AssertionError("read")

    with pytest.raises(BadFile, match="too-large"):
        accept([Upload("anh.png", 1001, read)])


def test_a_file_that_is_longer_than_it_says_is_refused(settings):
    settings.UPLOAD_MAX_BYTES = 1000
    long = handed_in("anh.png", png((200, 200)))

    with pytest.raises(BadFile, match="too-large"):
        accept([Upload(long.name, 10, long.read)])


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/cron.d/bai.png", "bai.png"),
        (r"C:\fakepath\bài làm.png", "bài làm.png"),
        ("bai\x00\r\nSet-Cookie: x\x1b[2J.png", "baiSet-Cookie: x[2J.png"),
        ("bai\u202egnp.exe.png", "baignp.exe.png"),
        ("x" * 400 + ".png", "x" * 146 + ".png"),
    ],
)
def test_a_name_keeps_no_path_and_nothing_unseen(name, kept):
    (file,) = accept([handed_in(name, png())])

    assert file.name == kept


class Endless:
    """The body of a form with one file of so many bytes, made as it is read."""

    def __init__(self, size: int) -> None:
        head = b'--x\r\nContent-Disposition: form-data; name="evidence"; filename="bai.pdf"\r\n\r\n%PDF-'
        self.parts = [head, b"\r\n--x--\r\n"]
        self.left, self.length = size, size + sum(map(len, self.parts))

    def read(self, size: int) -> bytes:
        if len(self.parts) == 2:
            return self.parts.pop(0)
        if self.left:
            given = min(size, self.left)
            self.left -= given
            return b"0" * given
        return self.parts.pop() if self.parts else b""

    readline = read


def test_of_a_huge_file_only_the_beginning_reaches_the_disk_and_it_is_refused(settings):
    """A gigabyte in small: what is dropped on the way is not kept anywhere."""
    settings.UPLOAD_MAX_BYTES = 3_000_000  # large enough not to be kept in memory
    body = Endless(60_000_000)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
            "CONTENT_LENGTH": str(body.length),
            "wsgi.input": body,
        }
    )

    with closing(cast(TemporaryUploadedFile, request.FILES["evidence"])) as file:
        on_disk = Path(file.temporary_file_path()).stat().st_size

        assert settings.UPLOAD_MAX_BYTES < on_disk < settings.UPLOAD_MAX_BYTES + 200_000
        with pytest.raises(BadFile, match="too-large"):
            accept([Upload("bai.pdf", file.size or 0, file.read)])
    assert not body.left


def test_a_file_over_the_limit_is_named_and_what_was_typed_stays(scene, settings):
    settings.UPLOAD_MAX_BYTES = 100_000
    data = scene.typed(reason="Chấm sót câu 3", evidence=[upload("phim.png", b"0" * 400_000)])

    response = in_english(scene.cast.toan).post(scene.post_url, data)

    assert response.status_code == 422
    assert "phim.png: The file is larger than" in response.text
    assert "Chấm sót câu 3" in response.text


def test_at_most_five_files_and_none_twice():
    with pytest.raises(BadFile, match="too-many"):
        accept([handed_in(f"{i}.png", png()) for i in range(6)])
    data = png()
    with pytest.raises(BadFile, match="same-file-twice"):
        accept([handed_in("a.png", data), handed_in("b.png", data)])


def test_nothing_is_requested_when_one_file_is_bad(scene):
    files = [upload("tot.png", png()), upload("xau.pdf", pdf(OpenAction=SCRIPT))]

    response = client_of(scene.cast.toan).post(scene.post_url, scene.typed(evidence=files))

    assert response.status_code == 422
    assert not CorrectionRequest.objects.exists()


def test_an_original_is_written_once(scene, file_store):
    (file,) = accept([handed_in("bai.png", png())])
    evidence.keep(file)
    first = list((file_store / "evidence").rglob("*"))
    evidence.keep(file)

    assert evidence.path_of(file.sha256) == f"evidence/{file.sha256[:2]}/{file.sha256[2:]}"
    assert list((file_store / "evidence").rglob("*")) == first


@pytest.mark.parametrize("harm", ["altered", "gone"])
def test_a_file_harmed_in_the_store_is_not_passed_off_as_evidence(scene, tmp_path, harm, caplog):
    correction = scene.submit(uploads=(handed_in("bai.png", png()),))
    file = Evidence.objects.get()
    stored = tmp_path / "files" / evidence.path_of(file.sha256)
    if harm == "altered":
        stored.write_bytes(b"khac")
    else:
        stored.unlink()

    response = client_of(scene.cast.hanh).get(f"/corrections/{correction.pk}/evidence/{file.pk}/")

    assert response.status_code == 409
    assert "Content-Disposition" not in response
    assert "altered" in caplog.text
