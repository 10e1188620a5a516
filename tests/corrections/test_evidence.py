"""Which files are accepted as evidence, told by their bytes; and that originals are never written again."""

import pikepdf
import pytest
from django.core.files.storage import default_storage

from corrections import evidence
from corrections.models import CorrectionRequest, Evidence
from gradebook.attachments import BadFile, Upload, accept
from tests.corrections.scene import (
    client_of,
    handed_in,
    jpeg,
    locked_pdf,
    pdf,
    pdf_with_attachment,
    png,
    upload,
)

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


def test_an_original_is_written_once(scene):
    (file,) = accept([handed_in("bai.png", png())])
    evidence.keep(file)
    first = list(default_storage.listdir(f"evidence/{file.sha256[:2]}")[1])
    evidence.keep(file)

    assert evidence.path_of(file.sha256) == f"evidence/{file.sha256[:2]}/{file.sha256[2:]}"
    assert default_storage.listdir(f"evidence/{file.sha256[:2]}")[1] == first


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
