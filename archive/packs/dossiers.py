"""Everything that belongs to a correction request: its rows, in whatever table of the corrections they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from mimetypes import guess_extension
from pathlib import PurePosixPath
from typing import Any

from django.db import models

from accounts.files import WriteOnceStore
from accounts.seals.findings import shown
from corrections import evidence
from corrections.models import CorrectionRequest

FORMAT, VERSION = "correction-dossier", 1
Records = dict[type[models.Model], list[Any]]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that a row of the dossier names. `data` is None when it is gone or no longer what it was."""

    name: str
    data: bytes | None


def records_of(correction: CorrectionRequest) -> Records:
    """Found by the models' relations to the request, so that a step that is added belongs to it by itself."""
    found: Records = {CorrectionRequest: [correction]}
    waiting: list[type[models.Model]] = [CorrectionRequest]
    while waiting:
        model = waiting.pop()
        for name, related in _steps(model):
            if related in found:
                continue
            rows: models.QuerySet[Any] = models.QuerySet(related)
            of_these = rows.filter(**{f"{name}__in": [row.pk for row in found[model]]})
            if standing := list(of_these.order_by("pk")):
                found[related] = standing
                waiting.append(related)
    return found


def _steps(model: type[models.Model]) -> Iterator[tuple[str, type[models.Model]]]:
    for relation in model._meta.get_fields(include_hidden=True):
        related = relation.related_model
        if not (relation.auto_created and not relation.concrete and isinstance(related, type)):
            continue
        is_history = hasattr(related, "instance_type")
        if related._meta.app_label == CorrectionRequest._meta.app_label and not is_history:
            yield relation.field.name, related  # type: ignore[union-attr]


def facts_of(correction: CorrectionRequest, records: Records) -> dict[str, Any]:
    """The dossier as data, each row once as it stands in the database and once in words."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "reference": correction.reference,
        "status": correction.status.value,
        "rows": {model._meta.label: [_row(row) for row in rows] for model, rows in records.items()},
    }


def _row(record: models.Model) -> dict[str, Any]:
    fields = record._meta.concrete_fields
    values = {str(field.column): getattr(record, field.attname) for field in fields}
    words = {field.name: shown(field, getattr(record, field.attname)) for field in fields}
    return {"values": values, "in_words": words}


def files_of(records: Records) -> Iterator[KeptFile]:
    """Evidence, and what the portal made of the dossier: every file whose hash stands in a row of it."""
    for rows in records.values():
        for row in rows:
            for field in row._meta.concrete_fields:
                if field.name.endswith("sha256") and (digest := getattr(row, field.name)):
                    yield _file(row, field.name.removesuffix("sha256"), digest)


def _file(row: Any, prefix: str, digest: str) -> KeptFile:
    path = getattr(row, f"{prefix}path", "")
    suffix = PurePosixPath(path).suffix or guess_extension(getattr(row, f"{prefix}content_type", "")) or ""
    return KeptFile(f"files/{digest}{suffix}", _read(path, digest))


def _stored(path: str) -> bytes:
    return WriteOnceStore(PurePosixPath(path).parts[0]).read(path)


def _read(path: str, digest: str) -> bytes | None:
    """In the write-once store under its path; evidence lies in the private store under its hash."""
    try:
        data: bytes = _stored(path) if path else evidence.read(digest)
    except (OSError, evidence.Altered):
        return None
    return data if sha256(data).hexdigest() == digest else None
