"""Carrying out what was approved before those who must be present, as a whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit, seals
from accounts.models import User
from accounts.recorded import create_many
from accounts.writing import recorded_write
from corrections import policies, witnesses
from corrections.actions.rows import close_lines, locked
from corrections.attendance_requests import apply_attendance
from corrections.dossiers import NotApplied
from corrections.effects import freeze_effects
from corrections.models import (
    CorrectionLine,
    CorrectionRequest,
    Execution,
    FrozenEffects,
    Presence,
    Status,
)
from corrections.papers.issuing import issue_minutes
from corrections.profile_requests import apply_profile
from gradebook.actions.marks import Amendment, Edit, Outcome, save_marks
from gradebook.models import Course, Enrolment, Student
from gradebook.years import check_open, hold_open, hold_windows

NAME_MAX = 120


class NotWaiting(ValueError):
    """The request is not approved, or was carried out before."""


class NotAllPresent(ValueError):
    """Somebody has not confirmed, or the signed sheet of the pupils is not among the evidence. `parts`: who."""

    def __init__(self, parts: Sequence[Presence.Part]) -> None:
        super().__init__(*parts)
        self.parts = parts


@dataclass(frozen=True, slots=True)
class Pupils:
    """Who signed the sheet of an oral mark: one pupil, and another of the class beside (S1 Đ11.2)."""

    pupil: Enrolment
    classmate: Enrolment


@recorded_write
def execute(*, correction: CorrectionRequest, by: User, pupils: Sequence[Pupils] = ()) -> Execution:
    """Carry out an approved request: every cell as asked, or nothing and why.

    When a cell is no longer what the requester saw, the decision was about something else: nothing is
    applied, the attempt and its reason are recorded, and the cell is free for a new request.
    `pupils`: of oral marks, who signed for each pupil of the request.
    Raises NotWaiting, NotAllPresent, YearClosed.
    """
    correction = locked(correction)
    if not policies.may_execute(by, correction):
        raise PermissionDenied
    if correction.status != Status.WAITING_FOR_EXECUTION:
        raise NotWaiting
    _hold(correction)
    now = timezone.now()
    _check_present(correction, pupils, now)
    freeze_effects(correction, step=FrozenEffects.Step.EXECUTION, by=by)
    lines = list(correction.lines.select_related("column__course__school_class__year"))
    execution = Execution(request=correction, executed_by=by, executed_at=now)
    try:
        with transaction.atomic():
            _apply(correction, lines, by)
    except NotApplied as why:
        execution.refusal, execution.refused_line, execution.refused_field = why.code, why.line, why.field
    _record(execution, pupils, by)
    return execution


def _record(execution: Execution, pupils: Sequence[Pupils], by: User) -> None:
    """The attempt, who was there, and the minutes of what was changed."""
    correction = execution.request
    execution.save_by(by)
    create_many(Presence, _present(execution, pupils), by=by)
    close_lines(correction, by)
    if execution.applied:
        issue_minutes(execution, by=by)
    audit.record(by=by, verb="corrections.request.executed", target=correction, refusal=execution.refusal)
    seals.make_seal(reason=seals.Reason.CORRECTION, reference=correction.reference, by=by)


def _hold(correction: CorrectionRequest) -> None:
    """Under locks that closing the year takes too, so that it stays open until the end. Raises YearClosed."""
    if correction.student_id is not None:
        Student.objects.select_for_update().get(pk=correction.student_id)
        hold_open(correction.year_id)
        return
    if correction.course_id is not None:
        hold_windows(course=correction.course_id)
    else:
        hold_windows(course__school_class=correction.school_class_id)
    check_open(correction.year_id)


def _check_present(correction: CorrectionRequest, pupils: Sequence[Pupils], now: datetime) -> None:
    missing = [place.part for place in witnesses.places(correction, now) if place.presence is None]
    if witnesses.asks_pupils(correction):
        missing += _missing_pupils(correction, pupils)
    if missing:
        raise NotAllPresent(missing)


def _missing_pupils(correction: CorrectionRequest, pupils: Sequence[Pupils]) -> list[Presence.Part]:
    """Each pupil once, and beside each another of the class."""
    if not correction.evidence.exists():
        return [Presence.Part.PUPIL, Presence.Part.CLASSMATE]
    concerned = sorted(pupil.pk for pupil in witnesses.pupils_concerned(correction))
    signed = sorted(each.pupil.pk for each in pupils)
    of_class = {pupil.pk for pupil in witnesses.classmates(correction)}
    beside = all(each.classmate.pk in of_class - {each.pupil.pk} for each in pupils)
    found = {Presence.Part.PUPIL: signed == concerned, Presence.Part.CLASSMATE: bool(pupils) and beside}
    return [part for part, is_there in found.items() if not is_there]


def _present(execution: Execution, pupils: Sequence[Pupils]) -> list[Presence]:
    """Who carries it out, and whose signatures stand on the sheet; the others confirmed before."""
    correction, by = execution.request, execution.executed_by
    facts = {"request": correction, "confirmed_at": execution.executed_at}
    rows = [
        Presence(part=Presence.Part.EXECUTOR, person=by, name=by.full_name, way=Presence.Way.SESSION, **facts)
    ]
    for each in pupils if witnesses.asks_pupils(correction) else ():
        signed = {Presence.Part.PUPIL: each.pupil, Presence.Part.CLASSMATE: each.classmate}
        rows += [
            Presence(
                part=part,
                pupil=each.pupil,
                name=pupil.student.full_name[:NAME_MAX],
                way=Presence.Way.PAPER,
                **facts,
            )
            for part, pupil in signed.items()
        ]
    return rows


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
