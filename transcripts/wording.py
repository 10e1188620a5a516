"""Why a year is not issued, in words."""

from django.utils.translation import gettext_lazy as _

from transcripts.readiness import Line, State

STATES = {
    State.READY: _("ready to be issued"),
    State.CHANGED: _("the records changed since"),
    State.ISSUED: _("issued"),
    State.NO_RESULT: _("no result yet"),
    State.UNDECIDED: _("not decided yet"),
    State.DECIDE_AGAIN: _("to be decided again"),
    State.SUMMER: _("waits for the summer"),
    State.GONE: _("left the class"),
}
KINDS = {
    State.READY: "open",
    State.CHANGED: "late",
    State.ISSUED: "saved",
    State.NO_RESULT: "refused",
    State.UNDECIDED: "waiting",
    State.DECIDE_AGAIN: "conflict",
    State.SUMMER: "waiting",
    State.GONE: "locked",
}
"""Which of the portal's marks of state goes with it."""
_REASONS = {
    State.NO_RESULT: _("The year has no result yet in: %(subjects)s."),
    State.UNDECIDED: _("The principal has not decided the results of the year yet."),
    State.DECIDE_AGAIN: _(
        "Marks changed after the decision: the homeroom teacher proposes again and the principal decides again."
    ),
    State.SUMMER: _("The pupil is called back in summer; the year is issued once that is decided."),
    State.GONE: _(
        "The pupil left the class before its year was over; the results so far go with the transfer file."
    ),
}


def reason(line: Line) -> str:
    """What stands against issuing; "" where nothing does."""
    return str(_REASONS.get(line.state, "")) % {"subjects": ", ".join(line.missing)}
