"""A ZIP written piece by piece, with the SHA-256 of every file in it."""

import zipfile
from collections.abc import Iterable
from hashlib import sha256
from typing import IO, Self

MANIFEST = "manifest-sha256.txt"
# Of every file, so that the same content makes the same bytes; when the pack was made stands in it.
DATED = (1980, 1, 1, 0, 0, 0)


class ZipFolder:
    """One folder of a ZIP that is being written."""

    def __init__(self, archive: zipfile.ZipFile, folder: str) -> None:
        self._zip, self._folder = archive, folder
        self.digests: dict[str, str] = {}
        self.octets = 0

    def add(self, name: str, content: str | bytes) -> None:
        self.add_pieces(name, [content])

    def add_lines(self, name: str, lines: Iterable[str]) -> None:
        self.add_pieces(name, (f"{line}\n" for line in lines))

    def add_pieces(self, name: str, pieces: Iterable[str | bytes]) -> None:
        """The same file twice (evidence of two requests) is one file."""
        if name in self.digests:
            return
        hashed = sha256()
        with self._zip.open(self._info(name), "w", force_zip64=True) as out:
            for piece in pieces:
                data = piece.encode() if isinstance(piece, str) else piece
                hashed.update(data)
                self.octets += len(data)
                out.write(data)
        self.digests[name] = hashed.hexdigest()

    def add_manifest(self) -> None:
        """Comes last, in the form that sha256sum checks."""
        self.add_lines(MANIFEST, manifest_lines(self.digests))

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(f"{self._folder}/{name}", DATED)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        return info


class PackWriter(ZipFolder):
    """Files go under one folder, so that unpacking scatters nothing."""

    def __init__(self, file: IO[bytes], folder: str) -> None:
        super().__init__(zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED), folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """What failed half-way is closed too, while its file is still open; it gets no manifest."""
        if kind is None:
            self.add_manifest()
        self._zip.close()


def manifest_lines(digests: dict[str, str]) -> list[str]:
    return [f"{digest}  {name}" for name, digest in sorted(digests.items())]
