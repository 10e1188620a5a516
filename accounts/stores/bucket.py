"""A bucket of an S3-compatible service, written to on the condition that the name is free.

The service has to honour `If-None-Match: *`, as Amazon S3 and MinIO do; `GET /health/` says so when it does not.
Versioning or object lock of the bucket may be on; nothing here depends on it.
"""

import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, wraps
from hashlib import file_digest
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar, cast
from urllib.parse import urlsplit

from django.conf import settings

P = ParamSpec("P")
R = TypeVar("R")

PIECE = 1 << 20
PROBE = "health-probe"
SPOOLED = 8 << 20
TAKEN = {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}
MISSING = {"NoSuchKey", "404", "NotFound"}


def said_as_os_error(function: Callable[P, R]) -> Callable[P, R]:
    """Callers know one kind of trouble with files, wherever those lie."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return function(*args, **kwargs)
        except ClientError as error:
            if _code(error) in MISSING:
                raise FileNotFoundError(_code(error)) from None
            raise OSError(f"file store: {_code(error)}") from None
        except BotoCoreError as error:
            raise OSError(f"file store: {type(error).__name__}") from None

    return run


@dataclass(frozen=True, slots=True)
class Bucket:
    """`address`: s3://bucket/prefix."""

    address: str

    @property
    def _bucket(self) -> str:
        return urlsplit(self.address).netloc

    def _key(self, path: str) -> str:
        prefix = urlsplit(self.address).path.strip("/")
        return f"{prefix}/{path}" if prefix else path

    def incoming(self, folder: str) -> Path:
        path: Path = settings.DATA_DIR / "incoming"
        path.mkdir(parents=True, exist_ok=True)
        return path

    @said_as_os_error
    def keep(self, file: Path, path: str) -> bool:
        """One request of at most 5 GiB, so that the name is given to the whole or to nothing."""
        from botocore.exceptions import ClientError

        with file.open("rb") as body:
            digest = file_digest(body, "sha256").digest()
            body.seek(0)
            try:
                _client().put_object(
                    Bucket=self._bucket,
                    Key=self._key(path),
                    Body=body,
                    IfNoneMatch="*",
                    ChecksumSHA256=b64encode(digest).decode(),
                )
            except ClientError as error:
                if _code(error) in TAKEN:
                    return False
                raise
        return True

    @said_as_os_error
    def open(self, path: str) -> IO[bytes]:
        """A copy in memory or, when long, on this machine's disk: a ZIP and a PDF are read from any position."""
        found = _client().get_object(Bucket=self._bucket, Key=self._key(path))
        spooled = tempfile.SpooledTemporaryFile(max_size=SPOOLED, dir=str(self.incoming("")))  # noqa: SIM115  handed on
        copy = cast(IO[bytes], spooled)
        for piece in found["Body"].iter_chunks(PIECE):
            copy.write(piece)
        copy.seek(0)
        return copy

    def exists(self, path: str) -> bool:
        try:
            self._head(path)
        except FileNotFoundError:
            return False
        return True

    @said_as_os_error
    def _head(self, path: str) -> None:
        _client().head_object(Bucket=self._bucket, Key=self._key(path))

    def names(self, folder: str) -> Iterator[str]:
        yield from self._listed(folder)

    @said_as_os_error
    def _listed(self, folder: str) -> list[str]:
        """At once: a generator would raise where nobody says it as OSError."""
        pages = _client().get_paginator("list_objects_v2")
        start = self._key("")
        return [
            found["Key"].removeprefix(start)
            for page in pages.paginate(Bucket=self._bucket, Prefix=self._key(f"{folder}/"))
            for found in page.get("Contents", [])
        ]

    def check(self) -> None:
        """Written twice, to learn that the second is refused; the one that is there is read back."""
        with tempfile.NamedTemporaryFile(dir=self.incoming("")) as probe:
            probe.write(PROBE.encode())
            probe.flush()
            self.keep(Path(probe.name), PROBE)
            if self.keep(Path(probe.name), PROBE):
                raise OSError("file store: the service overwrites; it does not honour If-None-Match")
        with self.open(PROBE) as kept:
            if kept.read() != PROBE.encode():
                raise OSError(f"file store: {PROBE} does not read back as written")


def _code(error: Any) -> str:
    code: str = error.response.get("Error", {}).get("Code", "")
    return code


@lru_cache(maxsize=1)
def _client() -> Any:
    # Imported here: it takes half a second, and a portal that keeps its files in a folder needs none of it.
    import boto3
    from botocore.config import Config

    return boto3.client(
        "s3",
        **settings.S3,
        config=Config(retries={"max_attempts": 4, "mode": "standard"}, connect_timeout=5, read_timeout=60),
    )
