"""What was changed in a pack, or behind the portal's back, is found with what lies in the pack alone."""

import json
import shutil
from hashlib import sha256

import pytest
from django.conf import settings
from django.db import connection

from corrections.evidence import path_of
from corrections.models import Evidence
from gradebook.actions.marks import save_marks
from tests.archive.packs.conftest import lines_of, made, refresh_manifest, sums_agree, unpacked, verify
from tests.corrections.scene import Scene, png

pytestmark = pytest.mark.django_db


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
