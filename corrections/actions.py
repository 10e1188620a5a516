"""The way of a correction: submitted, decided, carried out. The book stays locked throughout.

Locks are taken in one order, each action leaving out what it does not need: the request, then the row of the pupil,
the windows of the course, and last the school year (its row serialises the numbers). A lower app cannot know a
request, so nobody who holds one of its locks ever waits for a request's: no circle, no deadlock.
"""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit, seals
from accounts.models import User
from accounts.recorded import create_many, update_many
from accounts.writing import recorded_write
from corrections import cells, evidence, policies
from corrections.dossiers import NotAccepted, NotApplied, note_submitted, open_dossier
from corrections.models import CorrectionLine, CorrectionRequest, Decision, Execution
from corrections.profile_requests import apply_profile, close_profile_lines
from gradebook.actions.marks import Amendment, Edit, Outcome, save_marks
from gradebook.attachments import Accepted, Upload, accept
from gradebook.column_rules import rules_of
from gradebook.entries import Refused, parse
from gradebook.models import Column, Course, SchoolYear
from gradebook.years import YearClosed, check_open, hold_open


class AlreadyDecided(ValueError):
    """Somebody decided first."""


class RefusalNeedsNote(ValueError):
    """Who refuses says why."""


class NotWaiting(ValueError):
    """The request is not approved, or was carried out before."""


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
    correction = open_dossier({"course": course}, year=year, kind=kind, reason=reason, files=files, by=by)
    for line in lines:
        line.request = correction
    create_many(CorrectionLine, lines, by=by)
    note_submitted(correction, files, by, cells=[list(line.cell) for line in lines])
    return correction


@recorded_write
def approve(*, correction: CorrectionRequest, by: User, note: str = "") -> Decision:
    """Consent to the change. Raises AlreadyDecided, YearClosed."""
    check_open(correction.year_id)
    return _decide(correction, Decision.Verdict.APPROVED, note.strip(), by)


@recorded_write
def refuse(*, correction: CorrectionRequest, by: User, note: str) -> Decision:
    """Do not consent, and say why; the cells are free for another request. Raises AlreadyDecided."""
    if not note.strip():
        raise RefusalNeedsNote
    decision = _decide(correction, Decision.Verdict.REFUSED, note.strip(), by)
    _close_lines(correction, by)
    return decision


@recorded_write
def execute(*, correction: CorrectionRequest, by: User) -> Execution:
    """Carry out an approved request: every cell as asked, or nothing and why.

    When a cell is no longer what the requester saw, the decision was about something else: nothing is
    applied, the attempt and its reason are recorded, and the cell is free for a new request.
    """
    correction = _locked(correction)
    decision = correction.made_decision
    if not policies.may_execute(by, correction):
        raise PermissionDenied
    waiting = decision is not None and decision.verdict == Decision.Verdict.APPROVED
    if not waiting or correction.made_execution is not None:
        raise NotWaiting
    check_open(correction.year_id)
    lines = list(correction.lines.all())
    execution = Execution(request=correction, executed_by=by, executed_at=timezone.now())
    try:
        _apply(correction, lines, by)
    except NotApplied as why:
        execution.refusal, execution.refused_line, execution.refused_field = why.code, why.line, why.field
    execution.save_by(by)
    _close_lines(correction, by)
    audit.record(by=by, verb="corrections.request.executed", target=correction, refusal=execution.refusal)
    seals.make_seal(reason=seals.Reason.CORRECTION, reference=correction.reference, by=by)
    return execution


def _apply(correction: CorrectionRequest, lines: Sequence[CorrectionLine], by: User) -> None:
    if correction.student is not None:
        apply_profile(correction, correction.student, by)
    if correction.course is not None:
        _apply_cells(correction, correction.course, lines, by)


def _apply_cells(
    correction: CorrectionRequest, course: Course, lines: Sequence[CorrectionLine], by: User
) -> None:
    amendment = Amendment(
        reference=correction.reference,
        reason=correction.reason,
        cells=frozenset(line.cell for line in lines),
    )
    with transaction.atomic():
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


def _decide(correction: CorrectionRequest, verdict: Decision.Verdict, note: str, by: User) -> Decision:
    correction = _locked(correction)
    if not policies.may_decide(by, correction):
        raise PermissionDenied
    if correction.made_decision is not None:
        raise AlreadyDecided
    decision = Decision(
        request=correction, verdict=verdict, note=note, decided_by=by, decided_at=timezone.now()
    )
    decision.save_by(by)
    audit.record(by=by, verb=f"corrections.request.{verdict.value}", target=correction, note=note)
    return decision


def _locked(correction: CorrectionRequest) -> CorrectionRequest:
    """The request read again under its lock, so that of two people at once the second sees the first."""
    found: CorrectionRequest = CorrectionRequest.objects.select_for_update().get(pk=correction.pk)
    return found


def _close_lines(correction: CorrectionRequest, by: User) -> None:
    lines = list(correction.lines.all())
    for line in lines:
        line.is_open = False
    update_many(CorrectionLine, lines, fields=["is_open"], by=by)
    close_profile_lines(correction, by)


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
