"""A ZIP written piece by piece, with the SHA-256 of every file in it."""

import zipfile
from collections.abc import Iterable
from hashlib import sha256
from typing import IO, Self

MANIFEST = "manifest-sha256.txt"
# Of every file, so that the same content makes the same bytes; when the pack was made stands in it.
DATED = (1980, 1, 1, 0, 0, 0)


class PackWriter:
    """Files go under one folder, so that unpacking scatters nothing."""

    def __init__(self, file: IO[bytes], folder: str) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._folder = folder
        self._digests: dict[str, str] = {}

    def add(self, name: str, content: str | bytes) -> None:
        self.add_pieces(name, [content])

    def add_lines(self, name: str, lines: Iterable[str]) -> None:
        self.add_pieces(name, (f"{line}\n" for line in lines))

    def add_pieces(self, name: str, pieces: Iterable[str | bytes]) -> None:
        """The same file twice (evidence of two requests) is one file."""
        if name in self._digests:
            return
        hashed = sha256()
        with self._zip.open(self._info(name), "w", force_zip64=True) as out:
            for piece in pieces:
                data = piece.encode() if isinstance(piece, str) else piece
                hashed.update(data)
                out.write(data)
        self._digests[name] = hashed.hexdigest()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """What failed half-way is closed too, while its file is still open; it gets no manifest."""
        if kind is None:
            self._write_manifest()
        self._zip.close()

    def _write_manifest(self) -> None:
        """Last, in the form that sha256sum checks."""
        lines = [f"{digest}  {name}\n" for name, digest in sorted(self._digests.items())]
        with self._zip.open(self._info(MANIFEST), "w") as out:
            out.write("".join(lines).encode())

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(f"{self._folder}/{name}", DATED)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        return info
