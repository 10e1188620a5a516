"""The states of a class's book that were kept, and what differs between two of them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest
from accounts.roles import Permission
from archive.models import Edition, Snapshot
from archive.snapshots.differences import Difference, between
from archive.store import snapshots
from gradebook.models import SchoolClass


@dataclass(frozen=True, slots=True)
class State:
    """A kept state: a snapshot (`s12`), told by the hash of its file, or a printed class book (`e7`), by its code."""

    key: str
    at: datetime
    label: str
    digest: str
    record: Snapshot | Edition

    def book(self) -> dict[str, Any]:
        """Raises OSError, ValueError when the kept bytes are gone or no longer data."""
        if isinstance(self.record, Edition):
            text: str = Edition.objects.values_list("payload", flat=True).get(pk=self.record.pk)
        else:
            text = snapshots.read(self.record.path).decode()
        book: dict[str, Any] = json.loads(text)["book"]
        return book


@require_safe
@permission_required(Permission.READ_ARCHIVE)
def states(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """All of them, and the comparison of two; without a choice of the last with the one before."""
    school_class = get_object_or_404(SchoolClass.objects.select_related("year"), pk=pk)
    kept = sorted(_states(school_class), key=lambda state: state.at)
    by_key = {state.key: state for state in kept}
    new = by_key.get(request.GET.get("to", ""), kept[-1] if kept else None)
    old = by_key.get(request.GET.get("from", ""), kept[-2] if len(kept) > 1 else None)
    context = {"school_class": school_class, "states": kept, "old": old, "new": new}
    return render(request, "archive/states.html", {**context, **_compared(old, new)})


def _compared(old: State | None, new: State | None) -> dict[str, Any]:
    if old is None or new is None:
        return {}
    try:
        before, after = old.book(), new.book()
        found: list[Difference] = between(before, after)
    except (OSError, ValueError, KeyError):
        return {"is_lost": True}
    return {"differences": found, "is_same": _stood(before) == _stood(after)}


def _stood(book: dict[str, Any]) -> dict[str, Any]:
    """Whether a window stood open is no part of a state; only a printed book says it."""
    return {fact: said for fact, said in book.items() if fact != "interim"}


def _states(school_class: SchoolClass) -> Iterator[State]:
    for taken in Snapshot.objects.filter(school_class=school_class):
        label = f"{taken.get_reason_display()} {taken.reference}"
        yield State(f"s{taken.pk}", taken.taken_at, label, taken.sha256, taken)
    books = Edition.objects.issued().without_payload().filter(kind=Edition.Kind.CLASS_BOOK)
    for edition in books.filter(school_class=school_class):
        label = _("Printed edition %(number)s") % {"number": edition.number}
        yield State(f"e{edition.pk}", edition.requested_at, label, "", edition)
