"""What the mark grid is told about the cells it sent: every one is saved, unchanged or refused."""

from typing import Any

from django.urls import reverse

from accounts.models import User
from gradebook.actions.marks import Cell, Outcome, Refusal
from gradebook.cell_changes import Author
from gradebook.entries import entry_of
from gradebook.grid import field_name
from gradebook.models import Course, Mark
from gradebook.refusals import author_of, authors_in_conflict, sentence
from gradebook.sheets import results_of


def answer(course: Course, semester: int, outcome: Outcome, reader: User) -> dict[str, Any]:
    """`open` are the columns that the reader may type into now: a lock may have come since the page was opened.

    `results` only where the sheet shows them; `fallen` are the columns that are no longer confirmed.
    """
    authors = authors_in_conflict(outcome.refused)
    touched = {mark.enrolment_id for mark in outcome.saved} if course.has_results else set()
    kept = {edit.cell: outcome.marks.get(edit.cell) for edit in outcome.unchanged}
    return {
        "saved": [_stands((mark.enrolment_id, mark.column_id), mark) for mark in outcome.saved],
        "unchanged": [_stands(cell, mark) for cell, mark in kept.items()],
        "refused": [_refused(each, author_of(each, authors), reader) for each in outcome.refused],
        "results": {
            pupil: results[:1] if semester == 1 else results[1:]
            for pupil, results in results_of(course, outcome.columns, touched).items()
        },
        "open": sorted(outcome.writable),
        "fallen": outcome.fallen,
    }


def _stands(cell: Cell, mark: Mark | None) -> dict[str, str]:
    version = mark.version if mark else 0
    return {"cell": _key(cell), "name": field_name(*cell, version), "text": entry_of(mark).text}


def _refused(refusal: Refusal, author: Author | None, reader: User) -> dict[str, Any]:
    """`name` carries the version that stands there now, `theirs` its text."""
    current, cell = refusal.current, refusal.edit.cell
    found: dict[str, Any] = {
        "cell": _key(cell),
        "code": refusal.code,
        "text": sentence(refusal, author),
        "name": field_name(*cell, current.version if current else 0),
        "typed": refusal.edit.typed,
        "theirs": entry_of(current).text,
    }
    if author is not None:
        found["is_own"] = author.pk == reader.pk
    if refusal.code == "locked":
        # The page was opened before the lock: what was typed goes along to the request.
        found["request"] = reverse("corrections:new", args=cell, query={"new": refusal.edit.typed})
    return found


def _key(cell: Cell) -> str:
    return "-".join(map(str, cell))
