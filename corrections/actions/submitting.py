"""Asking for cells of a locked book to be changed."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.recorded import create_many
from accounts.writing import recorded_write
from corrections import cells, evidence, policies
from corrections.dossiers import NotAccepted, note_submitted, open_dossier
from corrections.models import CorrectionLine, CorrectionRequest
from gradebook.actions.marks import Edit
from gradebook.attachments import Accepted, Upload, accept
from gradebook.column_rules import rules_of
from gradebook.entries import Refused, parse
from gradebook.models import Column, Course, SchoolYear
from gradebook.years import YearClosed, hold_open


def submit(
    *,
    course: Course,
    edits: Sequence[Edit],
    kind: str,
    reason: str,
    uploads: Sequence[Upload] = (),
    by: User,
) -> CorrectionRequest:
    """Ask for locked cells to be changed. Raises NotAccepted or BadFile; then nothing is written.

    Files are checked and kept before the transaction, which they would hold up; permission is asked before
    that, so that nobody fills the store, and again in the transaction.
    """
    _check_may_request(course, edits, by)
    files = accept(uploads)
    for file in files:
        evidence.keep(file)
    return _submit(course, edits, kind, reason, files, by)


@recorded_write
def _submit(
    course: Course,
    edits: Sequence[Edit],
    kind: str,
    reason: str,
    files: Sequence[Accepted],
    by: User,
) -> CorrectionRequest:
    # The year's row serialises numbering, and the check that no cell has two open requests.
    _check_may_request(course, edits, by)
    year = _hold_year(course)
    lines = _lines(course, edits)
    correction = open_dossier(
        {"course": course},
        year=year,
        kind=kind,
        reason=reason,
        files=files,
        by=by,
        columns=[line.column for line in lines],
    )
    for line in lines:
        line.request = correction
    create_many(CorrectionLine, lines, by=by)
    note_submitted(correction, files, by, cells=[list(line.cell) for line in lines])
    return correction


def _hold_year(course: Course) -> SchoolYear:
    try:
        return hold_open(course.school_class.year_id)
    except YearClosed:
        raise NotAccepted("year-closed") from None


def _check_may_request(course: Course, edits: Sequence[Edit], by: User) -> None:
    if not edits:
        raise NotAccepted("nothing-asked")
    columns = _columns(course, edits)
    if not policies.may_request(by, course, columns):
        raise PermissionDenied


def _columns(course: Course, edits: Sequence[Edit]) -> list[Column]:
    return list(course.columns.filter(pk__in={edit.column_id for edit in edits}))


def _lines(course: Course, edits: Sequence[Edit]) -> list[CorrectionLine]:
    standing = cells.standing(course, [edit.cell for edit in edits])
    rules = rules_of(course, [cell.column for cell in standing.values()])
    lines = []
    for edit in edits:
        cell = standing.get(edit.cell)
        if cell is None:
            raise NotAccepted("not-on-this-sheet", edit.cell)
        if cell.obstacle:
            raise NotAccepted(cell.obstacle, edit.cell)
        if edit.version != cell.version:
            raise NotAccepted("conflict", edit.cell)
        try:
            new_text = parse(edit.typed, rules[edit.column_id]).text
        except Refused as refusal:
            raise NotAccepted(refusal.code, edit.cell) from None
        if new_text == cell.text:
            raise NotAccepted("no-change", edit.cell)
        lines.append(
            CorrectionLine(
                enrolment=cell.enrolment,
                column=cell.column,
                old_text=cell.text,
                new_text=new_text,
                seen_version=cell.version,
            )
        )
    return lines
