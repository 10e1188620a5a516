"""The stored file of an import, how its columns are read, and the note of what became of it."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.files.storage import default_storage

from accounts import audit
from accounts.models import User
from gradebook.import_rows import RefusedRow
from gradebook.models import Import
from gradebook.spreadsheets.reading import Chosen


class FileChanged(RuntimeError):
    """The stored file is no longer the one that was uploaded."""


def stored_file(upload: Import) -> bytes:
    """Raises FileChanged when the store does not give back what was uploaded."""
    with default_storage.open(upload.stored_name) as file:
        data: bytes = file.read()
    if hashlib.sha256(data).hexdigest() != upload.sha256:
        raise FileChanged(upload.pk)
    return data


def chosen_columns(columns: Mapping[str, object]) -> Chosen | None:
    """What a person has said of the columns, from an import's note of it."""
    return Chosen(**columns) if columns else None  # type: ignore[arg-type]


def settle(
    upload: Import, *, counts: Mapping[str, int], refused: Sequence[RefusedRow], by: User, at: datetime
) -> Import:
    """Note what became of the rows, so that the page still says so when the records have moved on."""
    upload.state, upload.confirmed_by, upload.confirmed_at = Import.State.CONFIRMED, by, at
    upload.counts, upload.refused = dict(counts), [refusal.as_json() for refusal in refused]
    upload.save_by(by)
    audit.record(by=by, verb="gradebook.import.confirmed", target=upload, **counts)
    return upload
