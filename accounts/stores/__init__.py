"""Where bytes are kept for good: a folder of this machine, or a bucket of an S3-compatible service.

`PORTAL_FILE_STORE` says which. Both are write-once: a name that is taken is never given away again, what was written is
read back before anybody relies on it, and neither knows how to delete.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings

from accounts.stores.bucket import Bucket
from accounts.stores.folder import Folder


class Place(Protocol):
    """Paths are relative, with slashes. Whoever asks for what is not there gets FileNotFoundError, else OSError."""

    def incoming(self, folder: str) -> Path:
        """A folder of this machine for a file that is being written, from which `keep` can take it."""

    def keep(self, file: Path, path: str) -> bool:
        """Give a whole file its name, unless the name is taken. Returns whether it was free."""

    def open(self, path: str) -> IO[bytes]:
        """To be read, from any position."""

    def exists(self, path: str) -> bool: ...

    def names(self, folder: str) -> Iterator[str]:
        """Every path below a folder."""

    def check(self) -> None:
        """Can it be reached, and does it read back what was written? Raises OSError."""


def place() -> Place:
    return Bucket(settings.FILE_BUCKET) if settings.FILE_BUCKET else Folder(settings.FILE_STORE)
