"""Score sheets: hand one in, see what it would do, save it through the one way in for marks.

A file that the portal wrote goes back by the seal and the codes in it; any other by its headings and its pupils'
identifiers, as the ministry's and the vendors' files have them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.writing import recorded_write
from gradebook import policies
from gradebook.actions.imports import check_file, keep, lock_unsettled
from gradebook.actions.marks import Cell, Edit, Outcome, Refusal, save_marks
from gradebook.entries import entry_of
from gradebook.import_rows import FileReason, Misplaced, Reason, RefusedRow
from gradebook.importing.files import settle, stored_file
from gradebook.mark_plan import MarkPlan, Wish, check_place, layout_of, plan_marks
from gradebook.models import Course, Import, Mark
from gradebook.sheet_identity import Identity, check_identity, unseal
from gradebook.sheet_plan import plan_sheet
from gradebook.sheet_workbook import key_of
from gradebook.spreadsheets.coded import read_coded, read_seals
from gradebook.spreadsheets.score_sheet import read_score_sheet


class NothingTicked(ValueError):
    """The file changes no value, and none of the cells it left empty was ticked to be erased."""


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that is written, or would be."""

    wish: Wish
    new: str


@dataclass(frozen=True, slots=True)
class MarkOutcome:
    """Every filled cell of a matched row is changed, unchanged or refused; an emptied one is erased, or stays."""

    plan: MarkPlan
    changes: list[Change]
    erased: list[Change]
    refused_cells: list[RefusedRow]
    refused_erasures: list[RefusedRow]

    @property
    def refused(self) -> list[RefusedRow]:
        """Refused rows and cells, in the order of the file."""
        found = [*self.plan.refused, *self.refused_cells, *self.refused_erasures]
        return sorted(found, key=lambda refusal: refusal.row)

    @property
    def counts(self) -> dict[str, int]:
        plan, cells = self.plan, len(self.plan.wishes) + len(self.plan.refused_cells)
        return {
            "rows": plan.source.rows,
            "matched": len(plan.matched),
            "refused": len({refusal.row for refusal in plan.refused}),
            "blank": plan.source.blank,
            "cells": cells,
            "saved": len(self.changes),
            "unchanged": cells - len(self.changes) - len(self.refused_cells),
            "refused_cells": len(self.refused_cells),
            "emptied": len(plan.emptied),
            "erased": len(self.erased),
        }


def preview_marks(*, file_name: str, data: bytes, course: Course, semester: int, by: User) -> Import:
    """Check and keep a score sheet; write no mark. `course` has its subject, class and year loaded.

    Raises spreadsheets.problems.Refused (UnsafeFile, UnreadableTable) or Misplaced.
    """
    if not policies.may_enter_marks(by, course):
        raise PermissionDenied
    _check(file_name, data, course, semester)
    upload = Import(kind=Import.Kind.MARKS, course=course, semester=semester)
    return keep(upload, file_name=file_name, data=data, by=by)


def _check(file_name: str, data: bytes, course: Course, semester: int) -> None:
    # Every value of a file of ours is shown beside what the portal wrote into it: there a computed one may stand.
    check_file(file_name, data, computed=True)
    if sealed := _sealed(data, course, semester):
        key, identity = sealed
        check_identity(identity, course, semester)
        read_coded(data, key)
        return
    check_file(file_name, data)
    if course.kind == Course.Kind.HOMEROOM:
        raise Misplaced(FileReason.NO_SEAL)
    check_place(read_score_sheet(data, layout_of(course)), course)


def _sealed(data: bytes, course: Course, semester: int) -> tuple[str, Identity] | None:
    """The sheet of this course in a file that the portal wrote, else its first; None in any other file."""
    if not (seals := read_seals(data)):
        return None
    key = key_of(course.pk, semester)
    key = key if key in seals else next(iter(seals))
    return key, unseal(seals[key])


@recorded_write
def rehearse_marks(upload: Import, *, by: User) -> MarkOutcome:
    """What confirming would do now, had everything been chosen to be erased that is empty in the file.

    The save itself, undone, so that preview and save cannot disagree.
    """
    plan = _plan(upload)
    outcome = _save(upload, plan, map(_cell, plan.emptied), by)
    transaction.set_rollback(True)
    return outcome


@recorded_write
def confirm_marks(*, upload: Import, by: User, erase: Iterable[Cell] = ()) -> Import:
    """Save the cells of the sheet that may be saved; of the emptied ones only `erase`.

    Raises AlreadySettled, and NothingTicked where emptied cells are all that there is.
    """
    upload = lock_unsettled(upload)
    if upload.course is None or not policies.may_enter_marks(by, upload.course):
        raise PermissionDenied
    plan, erase = _plan(upload), set(erase)
    outcome = _save(upload, plan, erase, by)
    if plan.emptied and not erase and not outcome.changes:
        raise NothingTicked
    return settle(upload, counts=outcome.counts, refused=outcome.refused, by=by, at=timezone.now())


def _plan(upload: Import) -> MarkPlan:
    course, semester = upload.course, upload.semester
    if course is None or semester is None:
        raise TypeError(upload.kind)
    data = stored_file(upload)
    if sealed := _sealed(data, course, semester):
        key, identity = sealed
        return plan_sheet(read_coded(data, key), identity, course, semester)
    return plan_marks(read_score_sheet(data, layout_of(course)), course, semester)


def _save(upload: Import, plan: MarkPlan, erase: Iterable[Cell], by: User) -> MarkOutcome:
    chosen = set(erase)
    wishes = {_cell(wish): wish for wish in plan.wishes if wish.is_asked}
    wishes |= {_cell(wish): wish for wish in plan.emptied if _cell(wish) in chosen}
    edits = [Edit(*cell, wish.typed, wish.version) for cell, wish in wishes.items()]
    outcome = save_marks(course=upload.course, edits=edits, by=by, origin=upload.origin)  # type: ignore[arg-type]
    changes, refused = _changes(wishes, outcome), _refused(wishes, outcome)
    return MarkOutcome(
        plan,
        changes=[change for change in changes if change.wish.typed],
        erased=[change for change in changes if not change.wish.typed],
        refused_cells=[*plan.refused_cells, *(row for cell, row in refused.items() if wishes[cell].typed)],
        refused_erasures=[row for cell, row in refused.items() if not wishes[cell].typed],
    )


def _cell(wish: Wish) -> Cell:
    return wish.enrolment.pk, wish.column.pk


def _changes(wishes: Mapping[Cell, Wish], outcome: Outcome) -> list[Change]:
    changes = [
        Change(wishes[mark.enrolment_id, mark.column_id], entry_of(mark).text) for mark in outcome.saved
    ]
    return sorted(changes, key=lambda change: (change.wish.row, change.wish.column.order))


def _refused(wishes: Mapping[Cell, Wish], outcome: Outcome) -> dict[Cell, RefusedRow]:
    changed_by = _changed_by(
        [each.current for each in outcome.refused if each.code == "conflict" and each.current]
    )
    return {
        refusal.edit.cell: _refused_cell(wishes[refusal.edit.cell], refusal, changed_by)
        for refusal in outcome.refused
    }


def _refused_cell(wish: Wish, refusal: Refusal, changed_by: Mapping[Cell, str]) -> RefusedRow:
    details = {"value": refusal.edit.typed, "now": entry_of(refusal.current).text}
    code = refusal.code
    if code == "conflict" and wish.seen is not None:
        code = Reason.STALE
        details |= {"seen": wish.seen, "changed_by": changed_by.get(refusal.edit.cell, "")}
    name = wish.enrolment.student.full_name
    return RefusedRow(wish.row, name, code, wish.heading, details)


def _changed_by(marks: Sequence[Mark]) -> dict[Cell, str]:
    """Who wrote what stands in these cells now, in one query."""
    if not marks:
        return {}
    versions = {(mark.enrolment_id, mark.column_id): mark.version for mark in marks}
    enrolments, columns = zip(*versions, strict=True)
    rows = Mark.history.filter(enrolment_id__in=enrolments, column_id__in=columns).select_related(
        "history_user"
    )
    return {
        cell: str(row.history_user or "")
        for row in rows
        if versions.get(cell := (row.enrolment_id, row.column_id)) == row.version
    }
