"""A write-once file store, addressed by content. No code path deletes or overwrites what is in it.

Reading checks nothing; verification does. The store lies outside the web root and is never served by path.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings


class StoreDamaged(OSError):
    """A file of this content is there already, but its bytes are not what its name says."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`path` is relative to the file store, so that the store can move."""

    sha256: str
    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that is being written, and has no name in the store yet."""

    folder: str
    file: "tempfile._TemporaryFileWrapper[bytes]"

    def keep(self, suffix: str) -> StoredFile:
        """Give the file its name for good, once it is whole and on the disk. Keeping the same again changes nothing."""
        self.file.flush()
        os.fchmod(self.file.fileno(), 0o440)
        os.fsync(self.file.fileno())
        digest, size = _digest_of(Path(self.file.name)), os.fstat(self.file.fileno()).st_size
        path = path_of(self.folder, digest, suffix)
        target = settings.FILE_STORE / path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(self.file.name, target)
        except FileExistsError:  # kept before, or another worker was faster; never take a name that is taken
            if _digest_of(target) != digest:
                raise StoreDamaged(path) from None
        _sync_folder(target.parent)
        return StoredFile(digest, size, path)


class WriteOnceStore:
    """One folder of the file store: <folder>/ab/cd/<sha256>.<suffix>."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    @property
    def root(self) -> Path:
        return (settings.FILE_STORE / self.folder).resolve()

    def put(self, content: bytes, *, suffix: str) -> StoredFile:
        """Keep the content for good. Putting the same content again changes nothing."""
        with self.incoming() as incoming:
            incoming.file.write(content)
            return incoming.keep(suffix)

    @contextmanager
    def incoming(self) -> Iterator[Incoming]:
        """For what is too long for memory: written piece by piece, then kept. What is not kept leaves no trace."""
        self.root.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.root, prefix=".incoming-") as file:
            yield Incoming(self.folder, file)

    def open(self, path: str) -> IO[bytes]:
        """Read a stored file piece by piece. Raises OSError."""
        return self.locate(path).open("rb")

    def exists(self, path: str) -> bool:
        return self.locate(path).is_file()

    def locate(self, path: str) -> Path:
        """Where a stored file lies. Refuses a path that leads out of this folder."""
        found: Path = (settings.FILE_STORE / path).resolve()
        if not found.is_relative_to(self.root):
            raise StoreDamaged(path)
        return found


def path_of(folder: str, digest: str, suffix: str) -> str:
    return f"{folder}/{digest[:2]}/{digest[2:4]}/{digest}.{suffix}"


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
