"""“Checked against my book”: what stands over one column of a sheet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, FilteredRelation, Max, OuterRef, Q, QuerySet, Subquery

from gradebook.models import Column, Confirmation, Mark


@dataclass(frozen=True, slots=True)
class Said:
    """By whom and when a column was confirmed, or its confirmation fell."""

    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ColumnCheck:
    """`fallen`: the column was confirmed, and a value changed afterwards.

    `seen` names the state of the column: the newest row in the history of its marks, 0 before the first. Saves of one
    course follow one another under the lock of its windows, and so do these numbers.
    """

    seen: int = 0
    has_values: bool = False
    standing: Said | None = None
    fallen: Said | None = None

    @classmethod
    def of(cls, column: Column) -> "ColumnCheck":
        """`column` comes from `with_checks`."""
        found: Any = column
        return cls(
            found.last_change or 0,
            found.has_values,
            _said(found.confirmed_name, found.last_confirmed_at),
            None if found.last_confirmed_at else _said(found.fallen_name, found.last_fallen_at),
        )


def with_checks(columns: "QuerySet[Column]") -> "QuerySet[Column]":
    """The columns with their checks, in one query: opening the grid asks nothing more of the database."""
    history = Mark.history.filter(column_id=OuterRef("pk")).order_by().values("column_id")
    given = Mark.objects.filter(column=OuterRef("pk")).exclude(state=Mark.State.EMPTY)
    fallen = Confirmation.objects.filter(column=OuterRef("pk"), fallen_at__isnull=False).order_by(
        "-fallen_at"
    )
    return columns.annotate(
        standing=FilteredRelation("confirmations", condition=Q(confirmations__fallen_at=None)),
        confirmed_name=F("standing__confirmed_by__full_name"),
        last_confirmed_at=F("standing__confirmed_at"),
        fallen_name=Subquery(fallen.values("fallen_by__full_name")[:1]),
        last_fallen_at=Subquery(fallen.values("fallen_at")[:1]),
        has_values=Exists(given),
        last_change=Subquery(history.annotate(last=Max("history_id")).values("last")),
    )


def _said(who: str | None, at: datetime | None) -> Said | None:
    return Said(who, at) if who is not None and at is not None else None
