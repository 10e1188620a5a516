"""The parts of a workbook package, unpacked as a stream: what the headers promise is never believed.

A package is a ZIP file (ECMA-376 part 2). The reader of the values is another ZIP implementation, so whatever
two implementations could understand differently is refused: names given twice, a comment after the directory.
"""

import copy
import io
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from gradebook.spreadsheets.parts import Part, observe
from gradebook.spreadsheets.problems import Code, UnsafeFile

CHUNK = 64 * 1024
ZIP_START, OLE_START = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DIRECTORY_END, DIRECTORY_END_SIZE, NO_COMMENT = b"PK\x05\x06", 22, b"\x00\x00"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
ENCRYPTED_FLAG = 0x1
XML_STARTS = (b"<", b"\xff\xfe", b"\xfe\xff")
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True)
class Limits:
    """How much of everything a spreadsheet may be; the defaults leave a school of 10,000 pupils at ease."""

    file_bytes: int = 10 * 1024 * 1024
    unpacked_bytes: int = 64 * 1024 * 1024
    ratio: int = 200
    ratio_from_bytes: int = 1024 * 1024
    parts: int = 1000
    cells: int = 1_000_000
    text: int = 64 * 1024 * 1024


def open_package(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Raises UnsafeFile: ENCRYPTED, SAVE_AS_XLSX, NOT_A_WORKBOOK, DAMAGED or TOO_MANY_PARTS."""
    if data.startswith(OLE_START):
        if ENCRYPTED_STREAM in data:
            raise UnsafeFile(Code.ENCRYPTED)
        raise UnsafeFile(Code.SAVE_AS_XLSX, extension=".xls")
    if not data.startswith(ZIP_START):
        raise UnsafeFile(Code.NOT_A_WORKBOOK)
    ending = data[-DIRECTORY_END_SIZE:]
    if not ending.startswith(DIRECTORY_END) or not ending.endswith(NO_COMMENT):
        raise UnsafeFile(Code.DAMAGED)
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnsafeFile(Code.DAMAGED) from error
    _check_directory(package.infolist(), limits)
    return package


def _check_directory(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.parts:
        raise UnsafeFile(Code.TOO_MANY_PARTS, count=len(entries), limit=limits.parts)
    seen = set()
    for entry in entries:
        name = entry.filename.replace("\\", "/").casefold()
        if entry.flag_bits & ENCRYPTED_FLAG:
            raise UnsafeFile(Code.ENCRYPTED)
        if name in seen or entry.compress_type not in METHODS:
            raise UnsafeFile(Code.DAMAGED, part=entry.filename)
        seen.add(name)


def stream_parts(package: zipfile.ZipFile, limits: Limits) -> Iterator[Part]:
    """Unpack every part, observe those that are XML, and stop at the first byte over a limit.

    Whether a part is XML is told by its first bytes: a worksheet may hide behind any file name.
    """
    budget = limits.unpacked_bytes
    for entry in package.infolist():
        chunks = _unpack(package, entry, budget, limits)
        first = next(chunks, b"")
        counted = _Counted(first, chunks)
        if first.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(XML_STARTS):
            yield observe(entry.filename, counted)
        else:
            for _ in counted:
                pass
        budget -= counted.size


class _Counted:
    """The chunks of a part, adding up their sizes."""

    def __init__(self, first: bytes, rest: Iterator[bytes]) -> None:
        self.size = 0
        self._first, self._rest = first, rest

    def __iter__(self) -> Iterator[bytes]:
        self.size = len(self._first)
        yield self._first
        for chunk in self._rest:
            self.size += len(chunk)
            yield chunk


def _unpack(package: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: int, limits: Limits) -> Iterator[bytes]:
    # zipfile stops at the size the header declares, and a liar declares little: let it run to the real end.
    honest = copy.copy(entry)
    honest.file_size = sys.maxsize
    size, sane = 0, max(limits.ratio_from_bytes, limits.ratio * entry.compress_size)
    try:
        with package.open(honest) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > min(budget, sane):
                    raise UnsafeFile(Code.UNPACKS_TOO_LARGE, part=entry.filename, limit=limits.unpacked_bytes)
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise UnsafeFile(Code.DAMAGED, part=entry.filename) from error
    if size != entry.file_size:
        raise UnsafeFile(Code.DAMAGED, part=entry.filename)
