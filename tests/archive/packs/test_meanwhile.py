"""The school does not stand still while a pack is made: what is honest must not look forged."""

import json

import pytest

from accounts.seals.chain import read_chain
from archive.packs import dossiers, evidence
from corrections import actions
from gradebook.actions.marks import save_marks
from tests.archive.packs.conftest import made, seal, unpacked, verify
from tests.corrections.scene import Scene

pytestmark = pytest.mark.django_db


def test_a_pack_is_as_of_its_newest_seal_while_the_school_goes_on_writing_and_sealing(
    cast, tmp_path, monkeypatch
):
    """Another pack of the same minute, or a lock, makes a seal of its own while this one is being written."""
    scene = Scene.locked(cast)
    scene.submit()

    def read_chain_and_go_on():
        chain = read_chain()
        cast.execute("open")
        save_marks(course=scene.course, edits=[scene.edit("7", 1)], by=cast.toan, origin="page")
        seal()
        save_marks(course=scene.course, edits=[scene.edit("6", 2)], by=cast.toan, origin="page")
        return chain

    monkeypatch.setattr(evidence, "read_chain", read_chain_and_go_on)

    assert verify(unpacked(made(scene), tmp_path)) == []


def test_a_step_taken_while_the_pack_is_made_does_not_make_it_faulty(cast, tmp_path, monkeypatch):
    """What the dossier says is read before the seal, so that the seal covers it."""
    scene = Scene.locked(cast)
    scene.submit()
    records_of = dossiers.records_of

    def decided_meanwhile(correction):
        actions.approve(correction=correction, by=cast.hanh)
        return records_of(scene.again(correction))

    monkeypatch.setattr(dossiers, "records_of", decided_meanwhile)

    folder = unpacked(made(scene), tmp_path)

    assert "corrections.Decision" in json.loads((folder / "dossiers/1-2026-2027.json").read_text())["rows"]
    assert verify(folder) == []
