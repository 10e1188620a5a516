"""Every value a cell of a mark sheet ever had: who, when, from where, why (S3-37)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from gradebook import origins
from gradebook.entries import entry_of
from gradebook.models import Mark


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one cell. `old` and `new` are as shown in the cell; empty text is an empty cell."""

    old: str
    new: str
    who: str
    at: datetime
    origin: str
    reason: str


def changes_of(enrolment: int, column: int) -> list[Change]:
    """The last one first; one query."""
    rows = (
        Mark.history.filter(enrolment=enrolment, column=column)
        .select_related("history_user")
        .order_by("version")
    )
    texts = [entry_of(row).text for row in rows]
    changes = [
        Change(
            old,
            new,
            str(row.history_user),
            row.history_date,
            origins.sentence(row.history_origin),
            row.history_change_reason,
        )
        for row, old, new in zip(rows, ["", *texts], texts, strict=False)
    ]
    return changes[::-1]


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote what stands in a cell now, and when."""

    pk: int
    name: str
    at: datetime


def authors_of(marks: Collection[Mark]) -> dict[int, Author]:
    """By the key of the mark; one query, none for no mark."""
    if not marks:
        return {}
    versions = {mark.pk: mark.version for mark in marks}
    rows = (
        Mark.history.filter(id__in=versions, version__in=set(versions.values()))
        .select_related("history_user")
        .order_by("history_id")
    )
    return {
        row.id: Author(row.history_user_id, str(row.history_user), row.history_date)
        for row in rows
        if row.version == versions[row.id]
    }
