"""Where the originals of evidence are kept: byte for byte in the private store under their SHA-256, written once."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from gradebook.attachments import Accepted, BadFile


class Altered(RuntimeError):
    """The stored bytes are gone, or no longer have the hash they were kept under."""


def keep(file: Accepted) -> None:
    """Put the original into the store, once, and read it back. Raises BadFile not-kept.

    Done before the rows are written: a file without a row is nobody's evidence.
    """
    path = path_of(file.sha256)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(file.data))
    try:
        read(file.sha256)
    except Altered:
        raise BadFile("not-kept", file.name) from None


def read(sha256: str) -> bytes:
    """The original bytes. Raises Altered when they are missing or not those that were handed in."""
    try:
        with default_storage.open(path_of(sha256)) as stored:
            data: bytes = stored.read()
    except FileNotFoundError:
        raise Altered(sha256) from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Altered(sha256)
    return data


def path_of(sha256: str) -> str:
    return f"evidence/{sha256[:2]}/{sha256[2:]}"
