"""A year goes onto media that can be checked where there is no portal."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pikepdf
import pycdlib
import pytest
from django.core.management import CommandError, call_command

from archive.bags import exporting
from archive.bags.checking import Counts, check
from archive.models import Bag, Medium
from archive.store import bags as store
from tests.archive.bags.conftest import made
from tests.poppler import text_of
from tests.running.processes import ROOT, clean_environment

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def bag(scene) -> Bag:
    return made(scene)


def export(path: Path, *options: str, by: str = "cuc") -> str:
    out = StringIO()
    what = ("export_archive", "2026-2027", str(path), "--by", by, "--kept-at", "Tủ số 2", *options)
    call_command(*what, stdout=out, stderr=out)
    return out.getvalue()


def verify(path: Path) -> subprocess.CompletedProcess[str]:
    """In a process of its own that could reach no database."""
    environment = clean_environment(
        DJANGO_SETTINGS_MODULE="schoolrecords.settings",
        PORTAL_DATA_DIR=str(path.parent / "elsewhere"),
        PORTAL_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none",
    )
    command = [sys.executable, "manage.py", "verify_archive", str(path)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.duty("S0-38", "S1-82")
def test_a_year_goes_into_a_folder_that_is_checked_without_the_database(bag, tmp_path):
    target = tmp_path / "usb"
    said = export(target, "--label", "Kingston 01")

    assert said.endswith("Not on it, for no bag of them was made: 6B.\n")
    medium = Medium.objects.get()
    assert (medium.number, medium.kind, medium.kept_at) == (1, "usb", "Tủ số 2")
    assert (target / "index.json").read_text() == medium.contents
    [listed] = json.loads(medium.contents)["bags"]
    assert (listed["folder"], listed["tagmanifest_sha256"]) == (bag.folder, bag.tag_sha256)
    checked = verify(target)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.startswith("1 bags, ")

    book = next((target / bag.folder / "data/books").rglob("*.pdf"))
    book.write_bytes(book.read_bytes() + b"\n")
    checked = verify(target)
    assert checked.returncode == 1
    assert f"{bag.folder}: {book.relative_to(target / bag.folder)}: file-changed" in checked.stderr


def test_the_sealing_form_names_medium_bags_and_hashes_and_carries_the_index(bag, tmp_path):
    export(tmp_path / "usb")
    form = tmp_path / "usb" / "bien-ban-niem-phong-1.pdf"
    text = text_of(form.read_bytes(), "-layout")
    assert "BIÊN BẢN" in text
    assert bag.folder in text
    assert bag.tag_sha256[:32] in text
    assert bag.tag_sha256[32:] in text
    with pikepdf.open(form) as pdf:
        assert pdf.attachments["index.json"].get_file().read_bytes().decode() == Medium.objects.get().contents


@pytest.mark.duty("S3-69")
def test_a_set_of_zips_and_of_images_holds_the_same_bags(bag, tmp_path):
    export(tmp_path / "zip", "--format", "zip")
    export(tmp_path / "iso", "--format", "iso")

    [packed] = (tmp_path / "zip").glob("*.zip")
    assert list(check(packed, Counts())) == []
    [image] = (tmp_path / "iso").glob("*.iso")
    assert names_in(image) >= {f"/{bag.folder}/bagit.txt", "/index.json", "/bien-ban-niem-phong-2.pdf"}
    assert sorted(path.suffix for path in (tmp_path / "iso").iterdir()) == [".iso", ".pdf"]


def test_a_bag_that_was_changed_in_the_store_goes_onto_no_medium(bag, tmp_path):
    path = store.locate(bag.path)
    path.chmod(0o640)
    path.write_bytes(path.read_bytes() + b" ")

    with pytest.raises(CommandError, match="not the one that was made"):
        export(tmp_path / "usb")
    assert not Medium.objects.exists()


def names_in(image: Path) -> set[str]:
    disc = pycdlib.PyCdlib()
    disc.open(str(image))
    found = {
        f"{where}/{name}".replace("//", "/") for where, _, names in disc.walk(udf_path="/") for name in names
    }
    disc.close()
    return found


def test_nothing_is_written_over_and_nobody_else_exports(bag, tmp_path):
    (tmp_path / "usb").mkdir()
    (tmp_path / "usb" / "bài giảng.pptx").write_bytes(b"x")
    with pytest.raises(CommandError, match="not empty"):
        export(tmp_path / "usb")
    with pytest.raises(CommandError, match="may not"):
        export(tmp_path / "other", by="toan")
    assert not Medium.objects.exists()


def bag_of(octets: int) -> Bag:
    return Bag(octets=octets, files=1)


def test_bags_stay_whole_and_in_order_when_they_are_divided_among_media():
    sizes = [3_000_000, 3_000_000, 1_000_000, 6_000_000]
    bags = [bag_of(size) for size in sizes]
    volumes = list(exporting.split(bags, exporting.BESIDE + 6_500_000))
    assert [[bag.octets for bag in volume] for volume in volumes] == [
        [3_000_000, 3_000_000],
        [1_000_000],
        [6_000_000],
    ]


def test_a_bag_that_no_medium_can_hold_is_said_at_once(scene):
    bag = bag_of(10**10)
    bag.school_class = scene.cast.classes["6A"]
    bag.number = 1
    with pytest.raises(exporting.TooLarge):
        list(exporting.split([bag], exporting.SIZES["dvd"]))
