"""Codes and states put into words for the pages."""

from django.utils.translation import gettext_lazy as _

from corrections.models import Status
from gradebook import attachments
from gradebook.attendance_words import SENTENCES as ROLL_SENTENCES
from gradebook.entries import COMMENT_MAX
from gradebook.grid_facts import MOST_REQUESTED
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
    "evidence-ruled": _("The school takes no request about a mark without its paper: a picture or a PDF."),
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
    "evidence-needed": _("A re-marking or a make-up test is not accepted without it."),
    "evidence-needed-profile": _(
        "A changed fact that stands on transcripts (code, name, birth date, sex) is not accepted without it."
    ),
    "evidence-help-roll": _(
        "The note of leave or another proof: up to %(count)d pictures (PNG, JPEG) or PDF, each up to %(size)s."
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
    return str(REASONS[code]) % {**attachments.limits(), "maximum": COMMENT_MAX, "cells": MOST_REQUESTED}


PRESENCE = {
    "not-needed": _("Nobody has to be present in this part."),
    "not-yours": _("This person cannot stand in this part."),
    "taken": _("Somebody else has confirmed this part already."),
    "other-part": _("This person has confirmed another part; everybody has one part only."),
    "executor": _("Who carries it out cannot stand in for another."),
}


def presence(code: str) -> str:
    return str(PRESENCE[code])


IMPASSES = {
    "principal-asks": _(
        "Nobody can decide on this request: nobody decides for themselves, nor does a person who holds the power from "
        "the one who asks. On what the principal asks for, a vice-principal decides: give somebody that role first."
    ),
    "nobody-decides": _(
        "Nobody can decide on this request today. The principal decides, or whoever holds the principal's delegation: "
        "the principal names a delegate, or the administrator gives the role of a leader to whoever is in office."
    ),
    "nobody-approves-late": _(
        "It comes after its last day, and nobody can approve it today: only the principal in person does, and on what "
        "the principal asks for a vice-principal. It can still be refused."
    ),
}


def impasse(code: str) -> str:
    return str(IMPASSES[code])
