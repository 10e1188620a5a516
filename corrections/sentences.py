"""Codes and states put into words for the pages."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from corrections.cells import MAX_CELLS
from corrections.models import CorrectionRequest, Decision, Status
from gradebook import attachments
from gradebook.attendance_words import SENTENCES as ROLL_SENTENCES
from gradebook.entries import COMMENT_MAX
from gradebook.refusals import SENTENCES

REASONS = {
    **SENTENCES,
    # about the cell
    "not-on-this-sheet": _("The pupil or the column is no longer on this sheet."),
    "not-yours": _("The column is not yours."),
    "year-closed": _("The school year is closed; the principal has to reopen it first."),
    "open": _("The book is open for this period: change the cell there, no request is needed."),
    "locked": _("The book is locked."),
    "pending": _("A request about this cell is still waiting; there can be only one at a time."),
    "conflict": _("The cell was changed in the meantime. Look at the value that stands there now."),
    "no-change": _("The new value is the one that already stands there."),
    "no-reason": _("Say why the value should change."),
    "too-many-cells": _("At most %(cells)d cells in one request: make several."),
    # about a half-day of the roll
    **{
        code: ROLL_SENTENCES[code]
        for code in ("not-a-letter", "not-in-class", "not-on-roll", "no-such-half", "outside-year", "future")
    },
    "month-closed": _("The month is closed."),
    "month-open": _("This month is open: change it on the sheet, no request is needed."),
    # about the evidence that is missing
    "no-evidence": _("This kind of request needs the paper that shows it: a picture or a PDF."),
    "no-signed-sheet": _("Add the sheet that the pupil and a classmate have signed: a picture or a PDF."),
    # about a profile
    "nothing-asked": _("Change at least one field."),
    "profile-open": _("The profiles are still open: change the profile itself, no request is needed."),
    "unsuitable": _(
        "The new value no longer fits the other records, for example because the number is taken."
    ),
    # about the evidence
    "evidence-help": _(
        "The test paper or another proof: up to %(count)d pictures (PNG, JPEG) or PDF, each up to %(size)s."
    ),
    "evidence-help-profile": _(
        "The birth certificate or another proof: up to %(count)d pictures (PNG, JPEG) or PDF, each up to %(size)s."
    ),
}
STATUS_KIND = {
    Status.WAITING_FOR_ENDORSEMENT: "waiting",
    Status.NOT_ENDORSED: "refused",
    Status.WAITING_FOR_ANSWER: "waiting",
    Status.WITHDRAWN: "refused",
    Status.WAITING_FOR_DECISION: "waiting",
    Status.WAITING_FOR_EXECUTION: "waiting",
    Status.REFUSED: "refused",
    Status.EXECUTED: "saved",
    Status.NOT_APPLIED: "conflict",
}


def reason(code: str) -> str:
    """The sentence of a code, in the reader's language."""
    return str(REASONS[code]) % {**attachments.limits(), "maximum": COMMENT_MAX, "cells": MAX_CELLS}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a dossier. `state` is done, current, waiting or refused."""

    title: object
    state: str
    state_text: object
    who: User | None = None
    when: datetime | None = None
    note: object = ""


def steps(correction: CorrectionRequest) -> list[Step]:
    """Requested, decided, carried out; what a refusal makes impossible is left out."""
    asked = Step(
        _("Request"),
        "done",
        pgettext_lazy("correction step", "handed in"),
        correction.requested_by,
        correction.requested_at,
    )
    decided = _decided(correction)
    if correction.status == Status.REFUSED:
        return [asked, decided]
    return [asked, decided, _executed(correction)]


def _decided(correction: CorrectionRequest) -> Step:
    decision = correction.made_decision
    if decision is None:
        return Step(_("Decision"), "current", pgettext_lazy("correction step", "awaited"))
    state = "done" if decision.verdict == Decision.Verdict.APPROVED else "refused"
    return Step(
        _("Decision"),
        state,
        decision.get_verdict_display(),
        decision.decided_by,
        decision.decided_at,
        decision.note,
    )


def _executed(correction: CorrectionRequest) -> Step:
    execution = correction.made_execution
    if execution is None:
        current = correction.status == Status.WAITING_FOR_EXECUTION
        state = "current" if current else "waiting"
        return Step(_("Execution"), state, pgettext_lazy("correction step", "awaited"))
    return Step(
        _("Execution"),
        "done" if execution.applied else "refused",
        correction.status.label,
        execution.executed_by,
        execution.executed_at,
        "" if execution.applied else reason(execution.refusal),
    )
