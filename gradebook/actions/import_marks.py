"""Score sheets: hand one in, see what it would do, save it through the one way in for marks."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.writing import recorded_write
from gradebook import policies
from gradebook.actions.imports import check_file, keep, lock_unsettled
from gradebook.actions.marks import Cell, Edit, Outcome, save_marks
from gradebook.entries import entry_of
from gradebook.import_rows import RefusedRow
from gradebook.importing.files import settle, stored_file
from gradebook.mark_plan import MarkPlan, Wish, check_place, layout_of, plan_marks
from gradebook.models import Course, Import
from gradebook.spreadsheets.score_sheet import read_score_sheet


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that is written, or would be."""

    wish: Wish
    new: str


@dataclass(frozen=True, slots=True)
class MarkOutcome:
    """Every filled cell of a matched row is changed, unchanged or refused."""

    plan: MarkPlan
    changes: list[Change]
    refused_cells: list[RefusedRow]

    @property
    def refused(self) -> list[RefusedRow]:
        """Refused rows and cells, in the order of the file."""
        return sorted([*self.plan.refused, *self.refused_cells], key=lambda refusal: refusal.row)

    @property
    def counts(self) -> dict[str, int]:
        source, cells = self.plan.source, len(self.plan.wishes)
        return {
            "rows": source.rows,
            "matched": len(self.plan.matched),
            "refused": len({refusal.row for refusal in self.plan.refused}),
            "blank": source.blank,
            "cells": cells,
            "saved": len(self.changes),
            "unchanged": cells - len(self.changes) - len(self.refused_cells),
            "refused_cells": len(self.refused_cells),
        }


def preview_marks(*, file_name: str, data: bytes, course: Course, semester: int, by: User) -> Import:
    """Check and keep a score sheet; write no mark.

    Raises spreadsheets.problems.Refused (UnsafeFile, UnreadableTable) or Misplaced.
    """
    if not policies.may_enter_marks(by, course):
        raise PermissionDenied
    check_file(file_name, data)
    check_place(read_score_sheet(data, layout_of(course)), course)
    upload = Import(kind=Import.Kind.MARKS, course=course, semester=semester)
    return keep(upload, file_name=file_name, data=data, by=by)


@recorded_write
def rehearse_marks(upload: Import, *, by: User) -> MarkOutcome:
    """What confirming would do now: the save itself, undone, so that preview and save cannot disagree."""
    outcome = _save(upload, by)
    transaction.set_rollback(True)
    return outcome


@recorded_write
def confirm_marks(*, upload: Import, by: User) -> Import:
    """Save the cells of the sheet that may be saved. Raises AlreadySettled."""
    upload = lock_unsettled(upload)
    if upload.course is None or not policies.may_enter_marks(by, upload.course):
        raise PermissionDenied
    outcome = _save(upload, by)
    return settle(upload, counts=outcome.counts, refused=outcome.refused, by=by, at=timezone.now())


def _save(upload: Import, by: User) -> MarkOutcome:
    course, semester = upload.course, upload.semester
    if course is None or semester is None:
        raise TypeError(upload.kind)
    plan = plan_marks(read_score_sheet(stored_file(upload), layout_of(course)), course, semester)
    # A cell that says so already is no edit, whoever owns its column.
    wishes = {_cell(wish): wish for wish in plan.wishes if wish.typed != wish.old}
    edits = [Edit(*cell, wish.typed, wish.version) for cell, wish in wishes.items()]
    outcome = save_marks(course=course, edits=edits, by=by, origin=upload.origin)
    return MarkOutcome(plan, _changes(wishes, outcome), _refused_cells(wishes, outcome))


def _cell(wish: Wish) -> Cell:
    return wish.enrolment.pk, wish.column.pk


def _changes(wishes: Mapping[Cell, Wish], outcome: Outcome) -> list[Change]:
    changes = [
        Change(wishes[mark.enrolment_id, mark.column_id], entry_of(mark).text) for mark in outcome.saved
    ]
    return sorted(changes, key=lambda change: (change.wish.row, change.wish.column.order))


def _refused_cells(wishes: Mapping[Cell, Wish], outcome: Outcome) -> list[RefusedRow]:
    return [
        RefusedRow(
            row=wishes[refusal.edit.cell].row,
            who=wishes[refusal.edit.cell].enrolment.student.full_name,
            code=refusal.code,
            column=wishes[refusal.edit.cell].heading,
            details={"value": refusal.edit.typed, "now": entry_of(refusal.current).text},
        )
        for refusal in outcome.refused
    ]
