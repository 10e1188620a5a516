"""Whatever is done to an exported bag or medium is named: the file, and what is wrong with it."""

import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from archive.bags import index
from archive.bags.checking import Counts, check
from archive.bags.writing import BagWriter
from gradebook import printing
from transcripts.payload import canonical, fingerprint

pytestmark = pytest.mark.one_database

BOOK, DATA = "data/books/class_book/so.pdf", "data/payloads/a.json"
AT = datetime(2027, 5, 31, tzinfo=UTC)
Damage = Callable[[Path], object]


def book_of(text: str) -> bytes:
    html = printing.page("archive/bags/index.html", {"year": "2026-2027", "columns": [], "rows": []})
    return printing.render(html, printing.Attached("payload.json", text, "", AT))


@pytest.fixture(scope="module")
def packed() -> tuple[bytes, str]:
    """A bag with one book, and the hash that the index knows it by. No database is asked."""
    text = canonical({"book": "6A"})
    book = book_of(text)
    edition = {
        "file": BOOK,
        "payload": DATA,
        "sha256": sha256(book).hexdigest(),
        "fingerprint": fingerprint(text),
        "pages": 1,
    }
    file = BytesIO()
    with BagWriter(file, "tui-6A") as writer:
        writer.within("books").add("class_book/so.pdf", book)
        writer.within("payloads").add("a.json", text)
        writer.within("editions").add("editions.json", canonical({"editions": [edition]}))
        closed = writer.close([("Source-Organization", "Trường")], b"README")
    return file.getvalue(), closed.tag_sha256


@pytest.fixture
def medium(packed, tmp_path) -> Path:
    root = tmp_path / "medium"
    zipfile.ZipFile(BytesIO(packed[0])).extractall(root)
    for name, text in index.files(contents(packed)).items():
        (root / name).write_bytes(text.encode())
    return root


def contents(packed: tuple[bytes, str]) -> str:
    bag = {
        "class": "6A",
        "number": 1,
        "folder": "tui-6A",
        "made_at": AT.isoformat(),
        "files": 3,
        "octets": 9,
        "tagmanifest_sha256": packed[1],
        "zip_sha256": sha256(packed[0]).hexdigest(),
    }
    school = {"name": "Trường", "governing_body": "", "place": ""}
    return canonical({"school": school, "year": "2026-2027", "bags": [bag]})


def faults(path: Path) -> set[tuple[str, str]]:
    return {(fault.name, fault.code) for fault in check(path, Counts())}


def zipped(folder: Path) -> Path:
    return Path(shutil.make_archive(str(folder), "zip", folder))


@pytest.mark.duty("S0-38")
def test_a_medium_as_it_was_made_has_no_fault_as_a_folder_and_as_a_zip(medium):
    counts = Counts()
    assert list(check(medium, counts)) == []
    assert (counts.bags, counts.files) == (1, 8)
    assert faults(zipped(medium)) == set()


def appended(name: str) -> Damage:
    def damage(bag: Path) -> None:
        (bag / name).write_bytes((bag / name).read_bytes() + b" ")

    return damage


def sums(bag: Path, manifest: str) -> None:
    """What a forger does last: the manifest says again what stands there."""
    names = [line.split("  ", 1)[1] for line in (bag / manifest).read_text().splitlines()]
    lines = [f"{sha256((bag / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (bag / manifest).write_text("".join(lines))


def other_book(bag: Path) -> None:
    (bag / BOOK).write_bytes(book_of('{"book":"6B"}'))
    sums(bag, "manifest-sha256.txt")
    sums(bag, "tagmanifest-sha256.txt")


def other_list(bag: Path) -> None:
    """The forger thinks of the list too."""
    other_book(bag)
    listed = bag / "data/editions/editions.json"
    said = json.loads(listed.read_text())
    said["editions"][0]["sha256"] = sha256((bag / BOOK).read_bytes()).hexdigest()
    listed.write_text(canonical(said))
    sums(bag, "manifest-sha256.txt")
    sums(bag, "tagmanifest-sha256.txt")


DAMAGES: dict[str, tuple[Damage, set[tuple[str, str]]]] = {
    "a changed byte": (
        appended(DATA),
        {(DATA, "file-changed"), (DATA, "payload-changed"), (BOOK, "attachment-differs")},
    ),
    "a missing file": (lambda bag: (bag / DATA).unlink(), {(DATA, "file-missing")}),
    "an added file": (lambda bag: (bag / "data/x.txt").write_text("x"), {("data/x.txt", "file-added")}),
    "a file added beside": (lambda bag: (bag / "x.txt").write_text("x"), {("x.txt", "file-added")}),
    "a changed manifest": (appended("manifest-sha256.txt"), {("manifest-sha256.txt", "manifest-changed")}),
    "a changed description": (appended("bag-info.txt"), {("bag-info.txt", "tag-changed")}),
    "no manifest": (
        lambda bag: (bag / "manifest-sha256.txt").unlink(),
        {("manifest-sha256.txt", "file-missing")},
    ),
    "no declaration": (lambda bag: (bag / "bagit.txt").unlink(), {("bagit.txt", "file-missing")}),
    "another book, manifests rewritten": (
        other_book,
        {(BOOK, "file-changed"), (BOOK, "attachment-differs"), ("tui-6A", "bag-differs")},
    ),
    "another book, list and manifests rewritten": (
        other_list,
        {(BOOK, "attachment-differs"), ("tui-6A", "bag-differs")},
    ),
    "no bag": (shutil.rmtree, {("tui-6A", "bag-missing")}),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
@pytest.mark.parametrize("as_zip", [False, True], ids=["folder", "zip"])
def test_each_damage_is_named(name, as_zip, medium):
    damage, expected = DAMAGES[name]
    damage(medium / "tui-6A")
    assert faults(zipped(medium) if as_zip else medium) == expected


def test_what_lies_beside_the_bags_is_looked_at_too(medium):
    shutil.copytree(medium / "tui-6A", medium / "tui-6B")
    (medium / "index.html").write_text("x")
    (medium / "thu.exe").write_bytes(b"MZ")
    assert faults(medium) == {
        ("tui-6B", "bag-added"),
        ("index.html", "file-changed"),
        ("thu.exe", "file-added"),
    }


def test_bags_may_lie_on_a_medium_as_the_portal_hands_them_out(medium, packed):
    shutil.rmtree(medium / "tui-6A")
    (medium / "tui-6A.zip").write_bytes(packed[0])
    assert faults(medium) == set()
    (medium / "tui-6A.zip").write_bytes(packed[0][:-200])
    assert faults(medium) == {("tui-6A", "bag-differs"), ("tui-6A.zip", "not-a-zip")}


def test_a_set_of_media_is_checked_at_once(medium, tmp_path):
    for number in (1, 2):
        shutil.copytree(medium, tmp_path / "set" / f"dia-{number}")
    appended(BOOK)(tmp_path / "set" / "dia-2" / "tui-6A")
    [fault] = {(fault.where, fault.code) for fault in check(tmp_path / "set", Counts())} - {("", "")}
    assert fault == ("dia-2/tui-6A", "file-changed")


def test_the_index_itself_is_data_that_has_to_be_read(medium):
    (medium / "index.json").write_text('{"bags": 1}')
    assert faults(medium) == {("index.json", "list-unreadable")}


def test_a_zip_that_is_damaged_in_the_middle_is_named_file_by_file(packed, tmp_path):
    """Whichever octets a stick has lost: in the books, in the manifests, in the list of editions."""
    file = tmp_path / "tui-6A.zip"
    for info in zipfile.ZipFile(BytesIO(packed[0])).infolist():
        content = bytearray(packed[0])
        begin = info.header_offset + 30 + len(info.filename) + 20
        content[begin : begin + 12] = b"\xff" * 12
        file.write_bytes(content)

        assert info.filename.partition("/")[2] in {name for name, _code in faults(file)}


def test_what_is_only_linked_to_does_not_lie_on_the_medium(medium, tmp_path):
    book = medium / "tui-6A" / BOOK
    book.rename(tmp_path / "elsewhere.pdf")
    book.symlink_to(tmp_path / "elsewhere.pdf")

    assert (BOOK, "file-changed") in faults(medium)
