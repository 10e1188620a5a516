"""A folder outside the web root."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True)
class Folder:
    root: Path

    def incoming(self, folder: str) -> Path:
        """On the same disk, so that keeping is a link and never half a copy."""
        path = self.root / folder
        path.mkdir(parents=True, exist_ok=True)
        return path

    def keep(self, file: Path, path: str) -> bool:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(file, target)
        except FileExistsError:  # kept before, or another worker was faster; never take a name that is taken
            return False
        finally:
            _sync_folder(target.parent)
        return True

    def open(self, path: str) -> IO[bytes]:
        return (self.root / path).open("rb")

    def exists(self, path: str) -> bool:
        return (self.root / path).is_file()

    def names(self, folder: str) -> Iterator[str]:
        for found in (self.root / folder).glob("??/??/*"):
            yield found.relative_to(self.root).as_posix()

    def check(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=self.root) as probe:
            probe.write(b"probe")
            probe.seek(0)
            if probe.read() != b"probe":
                raise OSError(f"{self.root} does not read back as written")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
