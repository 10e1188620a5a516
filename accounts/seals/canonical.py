"""The bytes that a seal is about: the same for the same row on every machine and on both databases.

Version 1: JSON with sorted keys, without spaces, letters as they are, in UTF-8. Moments are in UTC with microseconds,
days as in ISO 8601, decimal numbers as text without trailing zeros.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

VERSION = 1


def canonical(facts: Mapping[str, Any]) -> str:
    return _ENCODER.encode(facts)


def row_line(table: str, row: Mapping[str, Any]) -> str:
    """A history row, as it is hashed and as it is kept."""
    return _ENCODER.encode({"table": table, "row": row})


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        # The database may keep more places than were typed: 8.50 is 8.5.
        return f"{value.normalize():f}"
    raise TypeError(f"A history row holds {type(value).__name__}, which has no canonical form.")


def moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)
