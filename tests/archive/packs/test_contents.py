"""An evidence pack proves itself: unpacked anywhere, with sha256sum and the script in it alone (S3-71)."""

import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.db import models

from accounts.models import AuditEvent, Seal
from corrections.models import Evidence, Execution, Paper
from gradebook.actions.marks import save_marks
from tests.archive.packs.conftest import lines_of, made, sums_agree, unpacked, verify
from tests.corrections.scene import Scene
from tests.newcomers import newcomer

pytestmark = pytest.mark.django_db


@pytest.mark.duty("S3-71", "S4-38")
def test_a_pack_of_a_correction_verifies_with_nothing_but_itself(folder):
    assert sums_agree(folder)
    assert verify(folder) == []
    assert verify(folder, "--anchor", Seal.objects.latest("number").sha256) == []
    assert len(verify(folder, "--anchor", "0" * 64)) == 1


def test_it_holds_the_whole_dossier_in_words_too(folder, scene):
    said = json.loads((folder / "dossiers/1-2026-2027.json").read_text())

    assert set(said["rows"]) == {
        f"corrections.{name}"
        for name in (
            *("CorrectionRequest", "CorrectionLine", "Evidence", "Decision", "Execution"),
            *("Presence", "FrozenEffects", "Paper"),
        )
    }
    [decision], [line] = said["rows"]["corrections.Decision"], said["rows"]["corrections.CorrectionLine"]
    assert decision["in_words"]["decided_by"] == str(scene.cast.hanh)
    assert (line["values"]["old_text"], line["values"]["new_text"]) == ("8", "9")
    digest = Evidence.objects.get().sha256
    assert sha256((folder / f"files/{digest}.png").read_bytes()).hexdigest() == digest


def test_a_step_that_a_later_version_brings_belongs_to_the_dossier_by_itself(scene, tmp_path):
    """Witnesses of an execution, say: two relations away from the request, and in no list of ours."""
    execution = models.ForeignKey(Execution, on_delete=models.PROTECT, related_name="witnesses")
    with newcomer(
        "corrections", "Witness", execution=execution, full_name=models.CharField(max_length=40)
    ) as model:
        model(execution=Execution.objects.get(), full_name="Bùi Văn Chứng").save_by(scene.cast.hanh)

        folder = unpacked(made(scene), tmp_path)

    said = json.loads((folder / "dossiers/1-2026-2027.json").read_text())
    assert said["rows"]["corrections.Witness"][0]["values"]["full_name"] == "Bùi Văn Chứng"
    assert '"table":"corrections_historicalwitness"' in (folder / "history.jsonl").read_text()
    assert verify(folder) == []


def test_it_holds_every_value_that_the_mark_has_had(folder):
    rows = [json.loads(line) for line in lines_of(folder / "history.jsonl")]
    marks = [each["row"] for each in rows if each["table"] == "gradebook_historicalmark"]

    assert [(mark["version"], mark["score"]) for mark in marks] == [(1, "8"), (2, "9")]
    assert {each["table"] for each in rows} >= {"accounts_auditevent", "corrections_historicaldecision"}


def test_no_other_pupils_marks_are_in_the_pack_of_a_correction(cast, tmp_path):
    scene = Scene.locked(cast)
    cast.execute("open")
    save_marks(course=scene.course, edits=[scene.edit("3", 0, pupil=1)], by=cast.toan, origin="page")
    cast.execute("lock")
    scene.submit()

    folder = unpacked(made(scene), tmp_path)

    assert verify(folder) == []
    other = cast.pupils["6A"][1]
    for path in folder.rglob("*.json*"):
        text = path.read_text()
        assert f'"enrolment_id":{other.pk},' not in text
        assert other.student.full_name not in text


def test_names_of_files_name_nobody(scene):
    pack = made(scene)

    assert pack.file_name == "minh-chung-sua-diem-1-2026-2027.zip"
    for name in zipfile.ZipFile(settings.FILE_STORE / pack.path).namelist():
        assert name.isascii()
        assert "An" not in Path(name).stem.split("-")


@pytest.mark.duty("S3-71")
def test_a_pack_of_a_class_and_year_holds_its_books_windows_orders_and_dossiers(scene, tmp_path):
    pack = made(scene, school_class=scene.cast.classes["6A"])
    folder = unpacked(pack, tmp_path)

    assert pack.file_name == "minh-chung-6A-2026-2027.zip"
    assert verify(folder) == []
    assert [path.name for path in (folder / "dossiers").iterdir()] == ["1-2026-2027.json"]
    tables = {json.loads(line)["table"] for line in lines_of(folder / "history.jsonl")}
    assert tables >= {
        "gradebook_historicalmark",
        "gradebook_historicalwindow",
        "gradebook_historicallockorder",
    }


def test_who_asked_and_which_file_was_made_is_part_of_the_record(scene):
    pack = made(scene)

    event = AuditEvent.objects.get(verb="archive.pack.made")
    assert (event.actor_id, event.particulars["sha256"]) == (scene.cast.vinh.pk, pack.sha256)


def test_a_pack_asked_for_before_the_papers_were_kept_holds_them_all_the_same(scene, tmp_path):
    assert set(Paper.objects.values_list("sha256", flat=True)) == {""}

    folder = unpacked(made(scene), tmp_path)

    papers = Paper.objects.order_by("kind")
    assert [paper.kind for paper in papers] == ["form", "minutes"]
    for paper in papers:
        kept = (folder / f"files/{paper.sha256}.pdf").read_bytes()
        assert kept.startswith(b"%PDF-") and sha256(kept).hexdigest() == paper.sha256
    assert verify(folder) == []
