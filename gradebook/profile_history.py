"""Every value a profile ever had: who wrote it, when, from where, before and after (S3-37)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gradebook import origins
from gradebook.models import Guardian, Student
from gradebook.profile_fields import FIELDS, ProfileField


@dataclass(frozen=True, slots=True)
class Change:
    key: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What one save did to the pupil's own row or to that of one guardian."""

    at: datetime
    by: str
    origin: str
    reason: str
    is_first: bool
    changes: tuple[Change, ...]


NUMBER = ProfileField("register_number", parser=str)
_FIELDS = (*FIELDS.values(), NUMBER)


def read_history(student: Student) -> list[Entry]:
    """The latest first. Two queries."""
    pupils = Student.history.filter(id=student.pk)
    guardians = Guardian.history.filter(student=student.pk).order_by("relation")
    entries = list(_entries(pupils))
    for relation in Guardian.Relation.values:
        entries.extend(_entries([row for row in guardians if row.relation == relation], relation))
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def last_change(student: Student, key: str) -> Entry | None:
    """Who wrote what stands in the field now."""
    entries = (e for e in read_history(student) if any(change.key == key for change in e.changes))
    return next(entries, None)


def _entries(rows: Any, relation: str = "") -> Iterator[Entry]:
    fields = [field for field in _FIELDS if field.relation == relation]
    before = None
    for row in sorted(rows, key=lambda row: row.history_id):
        if changes := tuple(_changes(fields, before, row)):
            yield Entry(
                row.history_date,
                str(row.history_user or ""),
                origins.sentence(row.history_origin),
                row.history_change_reason,
                before is None,
                changes,
            )
        before = row


def _changes(fields: list[ProfileField], before: Any, after: Any) -> Iterator[Change]:
    for field in fields:
        old, new = field.text_of(before), field.text_of(after)
        if old != new:
            yield Change(field.key, field.label, field.shown(old), field.shown(new))
