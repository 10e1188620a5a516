"""A bag of a class is verified with common tools alone (S0-38, S1-82)."""

import csv
import json
import os
import subprocess
import sys
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import bagit
import pikepdf
import pytest
from django.conf import settings
from django.utils import timezone

from accounts import jobs
from accounts.models import AuditEvent, Seal
from archive.bags import making
from archive.models import Bag, Edition
from archive.packs.evidence import Evidence
from tests.archive.bags.conftest import asked, issue_book, made, unpacked
from tests.archive.conftest import move_school

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONUTF8": "1", "PATH": os.environ["PATH"]}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)


@pytest.mark.duty("S0-38")
def test_a_bag_is_verified_with_sha256sum_and_the_standards_own_tool(folder):
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        assert run(folder, "sha256sum", "--check", "--strict", "--quiet", manifest).returncode == 0
    bag = bagit.Bag(str(folder))
    assert bag.validate()
    assert bag.info["External-Description"] == "Hồ sơ điện tử lớp 6A, năm học 2026–2027"
    assert bag.info["Payload-Oxum"].endswith(f".{len(bag.payload_entries())}")


def test_the_history_in_it_proves_itself(folder):
    ran = run(folder / "data" / "evidence", sys.executable, "-I", "verify.py")
    assert (ran.returncode, ran.stderr) == (0, "")


def test_it_holds_the_book_with_its_data_the_dossier_and_the_lines_of_the_register(folder, scene):
    [listed] = json.loads((folder / "data/editions/editions.json").read_text())["editions"]
    edition = Edition.objects.get()
    book = (folder / listed["file"]).read_bytes()
    assert sha256(book).hexdigest() == edition.sha256
    with pikepdf.open(folder / listed["file"]) as pdf:
        carried = pdf.attachments["payload.json"].get_file().read_bytes()
    assert carried == (folder / listed["payload"]).read_bytes() == edition.payload.encode()
    assert (folder / "data/evidence/dossiers/1-2026-2027.json").is_file()
    with (folder / "data/register/so-dang-bo.csv").open(encoding="utf-8-sig") as file:
        names = [row["Họ và tên"] for row in csv.DictReader(file)]
    assert sorted(names) == sorted(enrolment.student.full_name for enrolment in scene.cast.pupils["6A"])


def test_the_next_bag_refers_to_the_one_before_which_stays_as_it_is(scene, tmp_path):
    first = made(scene)
    kept = (settings.FILE_STORE / first.path).read_bytes()
    second = made(scene)

    assert (first.number, second.number, second.previous) == (1, 2, first)
    info = (unpacked(second, tmp_path) / "bag-info.txt").read_text()
    assert f"Thay-cho: bản 1, SHA-256 tagmanifest {first.tag_sha256}" in info
    assert (settings.FILE_STORE / first.path).read_bytes() == kept


def test_the_seal_that_a_bag_ends_with_says_that_it_is_a_bag(scene):
    made(scene)

    assert Seal.objects.latest("number").get_reason_display() == "Lập túi lưu trữ"


def test_only_the_newest_edition_of_an_unsigned_book_goes_into_a_bag(scene, tmp_path):
    move_school(scene.cast)
    newest = issue_book(scene)
    folder = unpacked(made(scene), tmp_path)
    [listed] = json.loads((folder / "data/editions/editions.json").read_text())["editions"]
    assert (listed["number"], listed["code"]) == (2, newest.code)
    assert [path.suffix for path in (folder / "data/books").rglob("*") if path.is_file()] == [".pdf"]


def test_an_order_for_all_classes_names_those_that_have_no_book_and_those_under_way(scene):
    first = asked(scene, "6A", "6B")
    again = asked(scene, "6A", "6B")

    assert [bag.school_class.name for bag in first.bags] == ["6A"]
    assert [each.name for each in first.without_book] == ["6B"]
    assert (again.bags, [each.name for each in again.waiting]) == ([], ["6A"])
    assert AuditEvent.objects.get(verb="archive.bags.ordered").particulars["classes"] == ["6A"]


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_no_bag_is_closed_over_a_book_that_is_not_what_was_issued(scene, damage):
    book = settings.FILE_STORE / Edition.objects.get().path
    if damage == "gone":
        book.unlink()
    else:
        book.chmod(0o600)
        book.write_bytes(b"%PDF-")
    bag = made(scene)
    assert (bag.state, bag.sha256) == (Bag.State.FAILED, "")
    assert Path(bag.detail.partition(":")[0]).name.startswith("so-theo-doi-6A")
    assert not list((settings.FILE_STORE / "bags").rglob("*.zip"))


def test_a_worker_that_was_overtaken_adds_nothing(scene, monkeypatch):
    [bag] = asked(scene).bags
    real = Evidence.write

    def overtaken(self, writer, tick):
        stale = timezone.now() + timedelta(days=1)
        jobs.put_back_stale(Bag.objects.all(), stale)
        real(self, writer, tick)

    monkeypatch.setattr(Evidence, "write", overtaken)
    making.make(bag.pk)
    bag.refresh_from_db()
    assert (bag.state, bag.sha256) == (Bag.State.QUEUED, "")
    assert not list((settings.FILE_STORE / "bags").rglob("*.zip"))
    monkeypatch.undo()
    making.make(bag.pk)
    bag.refresh_from_db()
    assert bag.state == Bag.State.DONE
    assert len(list((settings.FILE_STORE / "bags").rglob("*.zip"))) == 1
