"""Carrying out what was approved, as a whole or not at all."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.writing import recorded_write
from corrections import policies
from corrections.actions.rows import close_lines, locked
from corrections.attendance_requests import apply_attendance
from corrections.dossiers import NotApplied
from corrections.models import CorrectionLine, CorrectionRequest, Decision, Execution
from corrections.profile_requests import apply_profile
from gradebook.actions.marks import Amendment, Edit, Outcome, save_marks
from gradebook.models import Course
from gradebook.years import check_open


class NotWaiting(ValueError):
    """The request is not approved, or was carried out before."""


@recorded_write
def execute(*, correction: CorrectionRequest, by: User) -> Execution:
    """Carry out an approved request: every cell as asked, or nothing and why.

    When a cell is no longer what the requester saw, the decision was about something else: nothing is
    applied, the attempt and its reason are recorded, and the cell is free for a new request.
    """
    correction = locked(correction)
    decision = correction.made_decision
    if not policies.may_execute(by, correction):
        raise PermissionDenied
    waiting = decision is not None and decision.verdict == Decision.Verdict.APPROVED
    if not waiting or correction.made_execution is not None:
        raise NotWaiting
    check_open(correction.year_id)
    lines = list(correction.lines.select_related("column__course__school_class__year"))
    execution = Execution(request=correction, executed_by=by, executed_at=timezone.now())
    try:
        with transaction.atomic():
            _apply(correction, lines, by)
    except NotApplied as why:
        execution.refusal, execution.refused_line, execution.refused_field = why.code, why.line, why.field
    execution.save_by(by)
    close_lines(correction, by)
    audit.record(by=by, verb="corrections.request.executed", target=correction, refusal=execution.refusal)
    return execution


def _apply(correction: CorrectionRequest, lines: Sequence[CorrectionLine], by: User) -> None:
    if correction.student is not None:
        apply_profile(correction, correction.student, by)
    if correction.school_class is not None:
        apply_attendance(correction, correction.school_class, by)
    if lines:
        _apply_cells(correction, lines[0].column.course, lines, by)


def _apply_cells(
    correction: CorrectionRequest, course: Course, lines: Sequence[CorrectionLine], by: User
) -> None:
    amendment = Amendment(
        reference=correction.reference,
        reason=correction.reason,
        cells=frozenset(line.cell for line in lines),
    )
    outcome = save_marks(
        course=course,
        edits=[Edit(*line.cell, line.new_text, line.seen_version) for line in lines],
        by=by,
        origin=f"correction {correction.reference}",
        amendment=amendment,
    )
    for line in lines:
        if code := _refusal(line, outcome):
            raise NotApplied(code, line)


def _refusal(line: CorrectionLine, outcome: Outcome) -> str:
    """Why the line was not saved. The new value standing there already is a conflict too."""
    if any(edit.cell == line.cell for edit in outcome.unchanged):
        return "conflict"
    return next((refusal.code for refusal in outcome.refused if refusal.edit.cell == line.cell), "")
