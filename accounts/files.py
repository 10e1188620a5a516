"""A write-once file store, addressed by content. No code path deletes or overwrites what is in it.

Reading checks nothing; verification does. The store lies outside the web root and is never served by path.
`accounts.stores` knows where the bytes are.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage

from accounts.stores import place

PIECE = 1 << 20


class StoreDamaged(OSError):
    """The bytes of a stored file are not what its name or its record says."""


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
        digest, size = _settled(self.file), os.fstat(self.file.fileno()).st_size
        path = path_of(self.folder, digest, suffix)
        _keep(Path(self.file.name), path, digest)
        return StoredFile(digest, size, path)


class WriteOnceStore:
    """One folder of the file store: <folder>/ab/cd/<sha256>.<suffix>."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def put(self, content: bytes, *, suffix: str) -> StoredFile:
        """Keep the content for good. Putting the same content again changes nothing."""
        with self.incoming() as incoming:
            incoming.file.write(content)
            return incoming.keep(suffix)

    @contextmanager
    def incoming(self) -> Iterator[Incoming]:
        """For what is too long for memory: written piece by piece, then kept. What is not kept leaves no trace."""
        where = place().incoming(self.folder)
        with tempfile.NamedTemporaryFile(dir=where, prefix=".incoming-") as file:
            yield Incoming(self.folder, file)

    def open(self, path: str) -> IO[bytes]:
        """A stored file, to be read piece by piece from any position. Raises OSError."""
        return place().open(self._own(path))

    def read(self, path: str) -> bytes:
        """All of it, for what is short. Raises OSError."""
        with self.open(path) as file:
            return file.read()

    def genuine(self, path: str, digest: str) -> bytes:
        """All of it, while it is what was kept. Raises OSError: StoreDamaged when the bytes are others."""
        content = self.read(path)
        if sha256(content).hexdigest() != digest:
            raise StoreDamaged(path)
        return content

    def exists(self, path: str) -> bool:
        return place().exists(self._own(path))

    def paths(self) -> Iterator[str]:
        """Everything that is kept in this folder."""
        return place().names(self.folder)

    def locate(self, path: str) -> Path:
        """Where a stored file lies on this machine, when the store is a folder of it."""
        found: Path = settings.FILE_STORE / self._own(path)
        return found

    def _own(self, path: str) -> str:
        """Refuses a path that leads out of this folder."""
        parts = PurePosixPath(path).parts
        if parts[:1] != (self.folder,) or ".." in parts:
            raise StoreDamaged(path)
        return path


class KeptStorage(Storage):
    """What people hand in, kept by Django's own door under the same rules: a name is given once, nothing is deleted."""

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        return File(place().open(name), name)

    def _save(self, name: str, content: "File[bytes]") -> str:
        store = place()
        with tempfile.NamedTemporaryFile(dir=store.incoming(""), prefix=".incoming-") as file:
            for piece in content.chunks():
                file.write(piece)
            _keep(Path(file.name), name, _settled(file))
        return name

    def exists(self, name: str) -> bool:
        return place().exists(name)


def path_of(folder: str, digest: str, suffix: str) -> str:
    return f"{folder}/{digest[:2]}/{digest[2:4]}/{digest}.{suffix}"


def _settled(file: "tempfile._TemporaryFileWrapper[bytes]") -> str:
    """Whole, on the disk and never to be written again: its digest."""
    file.flush()
    os.fchmod(file.fileno(), 0o440)
    os.fsync(file.fileno())
    with Path(file.name).open("rb") as written:
        return digest_of(written)


def _keep(file: Path, path: str, digest: str) -> None:
    """A name that is taken has to hold the same; a new one is read back. Raises StoreDamaged."""
    store = place()
    store.keep(file, path)
    with store.open(path) as kept:
        if digest_of(kept) != digest:
            raise StoreDamaged(path)


def digest_of(file: IO[bytes]) -> str:
    """SHA-256 of what is left to read of it, piece by piece."""
    hashed = sha256()
    while piece := file.read(PIECE):
        hashed.update(piece)
    return hashed.hexdigest()
