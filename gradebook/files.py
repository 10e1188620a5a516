"""A write-once file store, addressed by content. No code path deletes or overwrites what is in it.

Reading checks nothing; verification does. The store lies outside the web root and is never served by path.
"""

import os
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings


class StoreDamaged(OSError):
    """A file of this content is there already, but its bytes are not what its name says."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`path` is relative to the file store, so that the store can move."""

    sha256: str
    size: int
    path: str


class WriteOnceStore:
    """One folder of the file store: <folder>/ab/cd/<sha256>.<suffix>."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def put(self, content: bytes, *, suffix: str) -> StoredFile:
        """Keep the content for good. Putting the same content again changes nothing."""
        digest = sha256(content).hexdigest()
        path = f"{self.folder}/{digest[:2]}/{digest[2:4]}/{digest}.{suffix}"
        target = settings.FILE_STORE / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            _link_whole(content, target)
        if target.read_bytes() != content:
            raise StoreDamaged(path)
        return StoredFile(digest, len(content), path)

    def locate(self, path: str) -> Path:
        """Where a stored file lies. Refuses a path that leads out of this folder."""
        root = (settings.FILE_STORE / self.folder).resolve()
        found = (settings.FILE_STORE / path).resolve()
        if not found.is_relative_to(root):
            raise StoreDamaged(path)
        return found


def _link_whole(content: bytes, target: Path) -> None:
    """Give the file its name only when it is whole and on the disk; never take a name that is taken."""
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".incoming-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), 0o440)
            os.fsync(file.fileno())
        try:
            os.link(temporary, target)
        except FileExistsError:
            return  # another worker was faster; the caller compares the bytes
        _sync_folder(target.parent)
    finally:
        os.unlink(temporary)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
