"""A BagIt bag (RFC 8493) written straight into a ZIP: payload under data/, manifests and tag files beside it."""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import IO

from archive.packs.writing import ZipFolder, manifest_lines

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"


@dataclass(frozen=True, slots=True)
class Closed:
    """What a finished bag is known by. `octets` and `files` are of the payload."""

    tag_sha256: str
    files: int
    octets: int


class BagWriter:
    """Add payload by folders, then close; the files under data/ are hashed while they are written."""

    def __init__(self, file: IO[bytes], folder: str) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._folder = folder
        self._payload: dict[str, ZipFolder] = {}

    def __enter__(self) -> "BagWriter":
        return self

    def __exit__(self, *_: object) -> None:
        """A bag that was not closed is given up: its file goes with whoever opened it."""
        self._zip.close()

    def within(self, name: str) -> ZipFolder:
        """A folder of the payload: `books` is data/books/."""
        if name not in self._payload:
            self._payload[name] = ZipFolder(self._zip, f"{self._folder}/data/{name}")
        return self._payload[name]

    def close(self, info: Iterable[tuple[str, str]], readme: bytes) -> Closed:
        """`info`: what bag-info.txt says beside the size."""
        digests = {
            f"data/{folder}/{name}": digest
            for folder, files in self._payload.items()
            for name, digest in files.digests.items()
        }
        octets = sum(files.octets for files in self._payload.values())
        tags = ZipFolder(self._zip, self._folder)
        tags.add("bagit.txt", DECLARATION)
        tags.add("README.txt", readme)
        said = [*info, ("Payload-Oxum", f"{octets}.{len(digests)}")]
        tags.add_lines("bag-info.txt", (f"{label}: {' '.join(text.split())}" for label, text in said if text))
        tags.add_lines(MANIFEST, manifest_lines(digests))
        lines = "".join(f"{line}\n" for line in manifest_lines(tags.digests))
        tags.add(TAG_MANIFEST, lines)
        self._zip.close()
        return Closed(sha256(lines.encode()).hexdigest(), len(digests), octets)
