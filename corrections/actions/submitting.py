"""Asking for cells of a locked book to be changed."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.recorded import create_many
from accounts.writing import recorded_write
from corrections import evidence, policies
from corrections.cells import lines_of
from corrections.dossiers import NotAccepted, note_submitted, open_dossier
from corrections.models import CorrectionLine, CorrectionRequest
from corrections.proof import can_be_oral, check_proof
from gradebook.actions.marks import Edit
from gradebook.attachments import Accepted, Upload, accept
from gradebook.grid_facts import MOST_REQUESTED
from gradebook.models import Column, Course, SchoolYear
from gradebook.years import YearClosed, hold_open


def submit(
    *,
    course: Course,
    edits: Sequence[Edit],
    kind: str,
    reason: str,
    is_oral: bool = False,
    uploads: Sequence[Upload] = (),
    by: User,
) -> CorrectionRequest:
    """Ask for locked cells of one course to be changed. Raises NotAccepted or BadFile; then nothing is written.

    `is_oral`: a regular mark was given orally. Files are checked and kept before the transaction, which they would
    hold up; permission is asked before that, so that nobody fills the store, and again in the transaction.
    """
    _check_may_request(course, edits, by)
    check_proof(kind, is_oral=is_oral, has_files=bool(uploads))
    files = accept(uploads)
    for file in files:
        evidence.keep(file)
    return _submit(course, edits, kind, reason, is_oral, files, by)


@recorded_write
def _submit(
    course: Course,
    edits: Sequence[Edit],
    kind: str,
    reason: str,
    is_oral: bool,
    files: Sequence[Accepted],
    by: User,
) -> CorrectionRequest:
    # The year's row serialises numbering, and the check that no cell has two open requests.
    _check_may_request(course, edits, by)
    year = _hold_year(course)
    lines = lines_of(course, edits)
    columns = [line.column for line in lines]
    correction = open_dossier(
        {"course": course, "is_oral": is_oral and can_be_oral(columns)},
        year=year,
        kind=kind,
        reason=reason,
        files=files,
        by=by,
        columns=columns,
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
    if len(edits) > MOST_REQUESTED:
        raise NotAccepted("too-many-cells")
    if not policies.may_request(by, course, _columns(course, edits)):
        raise PermissionDenied


def _columns(course: Course, edits: Sequence[Edit]) -> list[Column]:
    return list(course.columns.filter(pk__in={edit.column_id for edit in edits}))
