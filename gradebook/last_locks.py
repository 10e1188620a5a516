"""Since when the books of a course are locked: asked of the history of its windows, which keeps every opening."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gradebook.models import Course, Window

Part = tuple[int, str]
"""A period and a kind of mark."""


def locked_since(course: Course) -> Mapping[Part, datetime]:
    """The hour of the last lock of each part that was ever open, and is locked; in two queries.

    A book that closes by itself is closed at its hour, even if its row is set by a later save.
    """
    windows = {window.pk: window for window in Window.objects.filter(course=course)}
    opened: dict[int, Any] = {}
    closed: dict[int, datetime] = {}
    for row in Window.history.filter(id__in=list(windows)).order_by("history_id"):
        if row.is_open:
            opened[row.id] = row
            closed.pop(row.id, None)
        elif row.id in opened:
            closed.setdefault(row.id, row.history_date)
    found = {}
    for pk, row in opened.items():
        hours = [hour for hour in (row.closes_at, closed.get(pk)) if hour is not None]
        if hours:
            found[windows[pk].period_id, windows[pk].kind] = min(hours)
    return found
