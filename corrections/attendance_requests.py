"""Requests to change half-days of closed months, with the totals of the homeroom sheet that hang on them.

They go the way of every correction: asked, decided by one person, carried out by another; `actions` has those steps.
"""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.recorded import create_many, update_many
from accounts.writing import recorded_write
from corrections import evidence
from corrections.dossiers import NotAccepted, NotApplied, note_submitted, open_dossier
from corrections.models import AttendanceLine, CorrectionLine, CorrectionRequest
from corrections.proof import check_proof
from corrections.rolls import half_day_lines, totals_of
from gradebook import policies
from gradebook.actions.attendance import Amendment, Edit, save_attendance
from gradebook.attachments import Accepted, Upload, accept
from gradebook.attendance_rules import LETTERS
from gradebook.models import SchoolClass, SchoolYear
from gradebook.years import YearClosed, hold_open


def submit_attendance(
    *,
    school_class: SchoolClass,
    edits: Sequence[Edit],
    with_totals: bool,
    kind: str,
    reason: str,
    uploads: Sequence[Upload] = (),
    by: User,
) -> CorrectionRequest:
    """Ask for half-days of closed months to be changed, and `with_totals` for the totals that follow.

    Raises NotAccepted or BadFile; then nothing is written.
    """
    if not policies.may_keep_attendance(by, school_class):
        raise PermissionDenied
    check_proof(kind, is_oral=False, has_files=bool(uploads))
    files = accept(uploads)
    for file in files:
        evidence.keep(file)
    return _submit(school_class, edits, with_totals, kind, reason, files, by)


@recorded_write
def _submit(
    school_class: SchoolClass,
    edits: Sequence[Edit],
    with_totals: bool,
    kind: str,
    reason: str,
    files: Sequence[Accepted],
    by: User,
) -> CorrectionRequest:
    if not policies.may_keep_attendance(by, school_class):
        raise PermissionDenied
    year = _hold_year(school_class)
    half_days = half_day_lines(school_class, edits)
    followers = [total.line() for total in totals_of(school_class, half_days) if total.follows]
    totals = followers if with_totals else []
    correction = open_dossier(
        {"school_class": school_class},
        year=year,
        kind=kind,
        reason=reason,
        files=files,
        by=by,
        columns=[line.column for line in totals],
    )
    for half_day in half_days:
        half_day.request = correction
    for total in totals:
        total.request = correction
    create_many(AttendanceLine, half_days, by=by)
    create_many(CorrectionLine, totals, by=by)
    note_submitted(
        correction,
        files,
        by,
        half_days=[_key(line) for line in half_days],
        cells=[list(line.cell) for line in totals],
    )
    return correction


def _hold_year(school_class: SchoolClass) -> SchoolYear:
    try:
        return hold_open(school_class.year_id)
    except YearClosed:
        raise NotAccepted("year-closed") from None


def apply_attendance(correction: CorrectionRequest, school_class: SchoolClass, by: User) -> None:
    """Every half-day as asked, or none. Raises NotApplied. The totals are cells like any other."""
    lines = list(correction.attendance_lines.all())
    edits = {
        (line.enrolment_id, line.day, line.half_day): Edit(
            line.enrolment_id, line.day, line.half_day, LETTERS[line.new_kind], line.seen_version
        )
        for line in lines
    }
    outcome = save_attendance(
        school_class=school_class,
        edits=edits.values(),
        by=by,
        origin=f"correction {correction.reference}",
        amendment=Amendment(correction.reason, frozenset(edits)),
    )
    codes = {refusal.edit.cell: refusal.code for refusal in outcome.refused}
    # The new value standing there already is a conflict too.
    codes |= {edit.cell: "conflict" for edit in outcome.unchanged}
    for line in lines:
        if code := codes.get((line.enrolment_id, line.day, line.half_day)):
            raise NotApplied(code, field=_key(line))


def close_attendance_lines(correction: CorrectionRequest, by: User) -> None:
    lines = list(correction.attendance_lines.all())
    for line in lines:
        line.is_open = False
    update_many(AttendanceLine, lines, fields=["is_open"], by=by)


def _key(line: AttendanceLine) -> str:
    return f"{line.enrolment_id}-{line.day}-{line.half_day}"
