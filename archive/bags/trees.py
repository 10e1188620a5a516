"""A folder or a ZIP as a set of names to be read: what is checked may lie on a disk, a stick or in a download."""

import zipfile
import zlib
from abc import ABC, abstractmethod
from pathlib import Path
from typing import IO

from accounts.files import digest_of

UNREADABLE = (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What a scratched disc, a damaged ZIP or one that is encrypted or packed in a way unknown here ends in."""


class Tree(ABC):
    """`label` says where it lies, for the sentence about a fault."""

    label: str
    names: frozenset[str]

    @abstractmethod
    def open(self, name: str) -> IO[bytes]:
        """Raises one of UNREADABLE, as reading what was opened may too."""

    def read(self, name: str) -> bytes:
        """Empty when it cannot be read: that it is not what it should be is said by whoever compares its hash."""
        try:
            with self.open(name) as file:
                return file.read()
        except UNREADABLE:
            return b""

    def digest(self, name: str) -> str:
        """Piece by piece; "" when it cannot be read."""
        try:
            with self.open(name) as file:
                return digest_of(file)
        except UNREADABLE:
            return ""

    def below(self, folder: str) -> "Tree":
        return Below(self, folder) if folder else self


class FolderTree(Tree):
    def __init__(self, root: Path) -> None:
        self.root, self.label = root, str(root)
        found = (path.relative_to(root).as_posix() for path in root.rglob("*") if not path.is_dir())
        self.names = frozenset(found)

    def open(self, name: str) -> IO[bytes]:
        """What is only linked to does not lie here."""
        path = self.root / name
        if path.is_symlink() or not path.is_file():
            raise OSError(name)
        return path.open("rb")


class ZipTree(Tree):
    def __init__(self, path: Path) -> None:
        """Raises zipfile.BadZipFile."""
        self._zip, self.label = zipfile.ZipFile(path), str(path)
        self.names = frozenset(info.filename for info in self._zip.infolist() if not info.is_dir())

    def open(self, name: str) -> IO[bytes]:
        return self._zip.open(name)


class Below(Tree):
    """One folder of a tree."""

    def __init__(self, tree: Tree, folder: str) -> None:
        self._tree, self._folder, self.label = tree, f"{folder}/", folder
        inside = (name for name in tree.names if name.startswith(self._folder))
        self.names = frozenset(name.removeprefix(self._folder) for name in inside)

    def open(self, name: str) -> IO[bytes]:
        return self._tree.open(f"{self._folder}{name}")
