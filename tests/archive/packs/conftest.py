"""A corrected mark and the pack that proves it; what its reader does, and what a forger does."""

import io
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import Seal
from accounts.seals.making import seal_now
from archive.models import EvidencePack
from archive.pack_actions import request_pack
from archive.packs import making
from corrections import actions
from corrections.models import CorrectionRequest
from tests.corrections.scene import Scene, handed_in, png


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
