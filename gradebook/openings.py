"""Which parts of a course's book are open now, and until when. One query."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from accounts.prepared import Given, Prepared
from gradebook.models import Column, Course, MarkKind, Window

Part = tuple[int, str]
"""(period id, kind of mark)"""


class Closing(NamedTuple):
    """When columns lock; `kind` names them, and both it and they are empty where all lock at one hour."""

    kind: str
    at: datetime
    columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Openings:
    """The parts that are open, each with the hour at which it closes, where one is known."""

    closing: Mapping[Part, datetime | None]

    @classmethod
    def of(cls, windows: Iterable[Window]) -> "Openings":
        return cls({(window.period_id, window.kind): window.closes_at for window in windows})

    def has(self, column: Column) -> bool:
        return _part(column) in self.closing

    def state(self, columns: Sequence[Column]) -> str:
        opened = sum(map(self.has, columns))
        return lock_state(opened, len(columns))

    def closings(self, columns: Sequence[Column]) -> list[Closing]:
        """When they close: one hour without a name where all do at once, else each kind of mark with its hour."""
        parts: dict[Part, list[int]] = {}
        for column in columns:
            parts.setdefault(_part(column), []).append(column.pk)
        hours = [(kind, self.closing.get((period, kind)), own) for (period, kind), own in parts.items()]
        if len({hour for _kind, hour, _own in hours}) == 1:
            return [Closing("", hour) for _kind, hour, _own in hours[:1] if hour]
        return [Closing(str(MarkKind(kind).label), hour, tuple(own)) for kind, hour, own in hours if hour]


def read_openings(course: Course) -> Openings:
    """As a page sees them, without locks; nothing of a closed year. The course needs its class and year."""
    if not course.school_class.year.is_open:
        return Openings({})
    now = timezone.now()
    return Openings.of(window for window in _OPEN.ask(course=course.pk) if window.is_open_at(now))


def lock_state(opened: int, total: int) -> str:
    """open, locked, or partly."""
    if opened == 0:
        return "locked"
    return "open" if opened == total else "partly"


def _part(column: Column) -> Part:
    return column.period_id, MarkKind.of(column.kind)


_OPEN = Prepared[Window](lambda: Window.objects.filter(course=Given("course"), is_open=True))
