"""An evidence pack proves itself: unpacked anywhere, with sha256sum and the script in it alone (S3-71)."""

import io
import json
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, models

from accounts.models import AuditEvent, Seal
from accounts.seals.making import seal_now
from archive.models import EvidencePack
from archive.pack_actions import request_pack
from archive.packs import making
from corrections import actions
from corrections.evidence import path_of
from corrections.models import CorrectionRequest, Evidence, Execution, Paper
from gradebook.actions.marks import save_marks
from tests.corrections.scene import Scene, handed_in, png
from tests.newcomers import newcomer

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast) -> Scene:
    """A mark corrected from 8 to 9 with a picture as evidence, sealed on the way as in school."""
    scene = Scene.locked(cast)
    seal()
    correction = scene.submit(uploads=(handed_in("bài kiểm tra của An.png", png()),))
    actions.approve(correction=correction, by=cast.hanh)
    actions.execute(correction=correction, by=cast.khoa)
    seal()
    return scene


def seal() -> Seal:
    return seal_now(reason=Seal.Reason.DAILY)


def made(scene: Scene, **about) -> EvidencePack:
    about = about or {"correction": CorrectionRequest.objects.get()}
    asked = request_pack(by=scene.cast.vinh, **about)
    making.make(asked.pk)
    return EvidencePack.objects.get(pk=asked.pk)


def unpacked(pack: EvidencePack, where: Path) -> Path:
    data = (settings.FILE_STORE / pack.path).read_bytes()
    assert sha256(data).hexdigest() == pack.sha256
    zipfile.ZipFile(io.BytesIO(data)).extractall(where)
    return where / pack.folder


@pytest.fixture
def folder(scene, tmp_path) -> Path:
    return unpacked(made(scene), tmp_path)


def sums_agree(folder: Path) -> bool:
    command = ["sha256sum", "--check", "--quiet", "--strict", "manifest-sha256.txt"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def verify(folder: Path, *arguments: str) -> list[str]:
    """The faults that the pack's own script finds; it gets nothing of the portal."""
    command = [sys.executable, "-I", "verify.py", *arguments]
    ran = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={"PYTHONUTF8": "1"}, check=False
    )
    assert (ran.returncode == 0) == (ran.stderr == ""), ran
    return ran.stderr.splitlines()


def refresh_manifest(folder: Path) -> None:
    """What a forger does last."""
    manifest = folder / "manifest-sha256.txt"
    names = [line.split("  ", 1)[1] for line in manifest.read_text().splitlines()]
    lines = [f"{sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    manifest.write_text("".join(lines))


def lines_of(path: Path) -> list[str]:
    return path.read_text().splitlines(keepends=True)


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


@pytest.mark.parametrize("name", ["history.jsonl", "seals.jsonl", "dossiers/1-2026-2027.json", "pack.json"])
def test_a_changed_byte_is_found(folder, name):
    data = bytearray((folder / name).read_bytes())
    position = data.index(b"2026")
    data[position] ^= 1
    (folder / name).write_bytes(data)

    assert not sums_agree(folder)
    assert any(name in fault for fault in verify(folder))


def test_a_changed_value_is_found_even_with_a_new_manifest(folder):
    path = folder / "history.jsonl"
    path.write_text(path.read_text().replace('"score":"8"', '"score":"7"'))
    refresh_manifest(folder)

    assert sums_agree(folder)
    assert [("đã bị thay đổi" in fault) for fault in verify(folder)] == [True]


def test_a_removed_row_is_found_even_with_a_new_manifest_and_a_new_count(cast, tmp_path):
    scene = Scene.locked(cast)
    cast.execute("open")
    for version, typed in enumerate(["5", "6"], start=1):
        save_marks(course=scene.course, edits=[scene.edit(typed, version)], by=cast.toan, origin="page")
    folder = unpacked(made(scene, school_class=cast.classes["6A"]), tmp_path)
    path, about = folder / "history.jsonl", folder / "pack.json"
    path.write_text("".join(line for line in lines_of(path) if '"score":"5"' not in line))
    refresh_manifest(folder)
    assert len(verify(folder)) == 2

    said = json.loads(about.read_text())
    said["rows"]["gradebook_historicalmark"] -= 1
    about.write_text(json.dumps(said))
    refresh_manifest(folder)
    assert [("thiếu một lần ghi" in fault) for fault in verify(folder)] == [True]


def test_a_replaced_seal_is_found(folder):
    """The forger changes a value, its digest, the seal over it and the manifest: the next seal does not follow."""
    history, chain = folder / "history.jsonl", folder / "seals.jsonl"
    [old] = [line for line in lines_of(history) if '"score":"8"' in line and "historicalmark" in line]
    new = old.replace('"score":"8"', '"score":"7"')
    history.write_text(history.read_text().replace(old, new))
    first, *others = lines_of(chain)
    number = json.loads(first)["number"]
    digests = folder / f"digests/{number}-gradebook_historicalmark.txt"
    digest_of = {text: sha256(text.rstrip("\n").encode()).hexdigest() for text in (old, new)}
    digests.write_text(digests.read_text().replace(digest_of[old], digest_of[new]))
    said = json.loads(first)
    hashed = sha256("".join(f"{line.split()[1]}\n" for line in lines_of(digests)).encode()).hexdigest()
    said["tables"]["gradebook_historicalmark"]["sha256"] = hashed
    forged = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    chain.write_text("".join([f"{forged}\n", *others]))
    refresh_manifest(folder)

    assert [("không nối tiếp" in fault) for fault in verify(folder)] == [True]


def test_a_seal_left_out_is_found(folder):
    chain = folder / "seals.jsonl"
    chain.write_text("".join(lines_of(chain)[:-1]))
    refresh_manifest(folder)

    assert verify(folder) != []


def test_a_file_put_in_or_taken_away_is_found(folder):
    shutil.copy(folder / "README.txt", folder / "them.txt")
    [picture] = (folder / "files").glob("*.png")
    picture.unlink()

    assert ["them.txt" in fault or picture.name in fault for fault in verify(folder)] == [True, True]


def test_what_was_changed_in_the_database_shows_in_the_pack(scene, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE gradebook_historicalmark SET score = 10 WHERE version = 1")

    assert verify(unpacked(made(scene), tmp_path)) != []


def test_evidence_that_is_gone_is_named(scene, tmp_path):
    digest = Evidence.objects.get().sha256
    (settings.FILE_STORE / path_of(digest)).unlink()

    [fault] = verify(unpacked(made(scene), tmp_path))
    assert digest in fault


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


def test_a_dossier_that_tells_otherwise_than_the_history_is_found_even_with_a_new_manifest(folder):
    path = folder / "dossiers/1-2026-2027.json"
    path.write_text(path.read_text().replace("Cộng nhầm điểm bài kiểm tra", "Học sinh xin nâng điểm"))
    refresh_manifest(folder)

    assert sums_agree(folder)
    assert any("corrections.CorrectionRequest" in fault for fault in verify(folder))


def test_another_file_under_the_name_of_the_evidence_is_found_even_with_a_new_manifest(folder):
    [picture] = (folder / "files").glob("*.png")
    picture.write_bytes(png((80, 80)))
    refresh_manifest(folder)

    assert sums_agree(folder)
    [fault] = verify(folder)
    assert picture.name in fault


def test_a_pack_asked_for_before_the_papers_were_kept_holds_them_all_the_same(scene, tmp_path):
    assert set(Paper.objects.values_list("sha256", flat=True)) == {""}

    folder = unpacked(made(scene), tmp_path)

    papers = Paper.objects.order_by("kind")
    assert [paper.kind for paper in papers] == ["form", "minutes"]
    for paper in papers:
        kept = (folder / f"files/{paper.sha256}.pdf").read_bytes()
        assert kept.startswith(b"%PDF-") and sha256(kept).hexdigest() == paper.sha256
    assert verify(folder) == []
