"""Conduct, learning and attendance against what a clause asks for: reached or not, as a reason."""

from gradebook.assessment.promotion import ABSENCES_ALLOWED
from gradebook.assessment.reasons import Clause, Reason, ReasonCode
from gradebook.assessment.scales import Scale


def conduct(level: Scale, wanted: Scale, clause: Clause) -> Reason:
    """CONDUCT_REACHED or CONDUCT_BELOW."""
    code = ReasonCode.CONDUCT_REACHED if level >= wanted else ReasonCode.CONDUCT_BELOW
    return Reason(code, clause, value=level, threshold=wanted)


def learning(level: Scale, wanted: Scale, clause: Clause) -> Reason:
    """LEARNING_REACHED or LEARNING_BELOW; the học lực of TT 58/2011 counts as learning."""
    code = ReasonCode.LEARNING_REACHED if level >= wanted else ReasonCode.LEARNING_BELOW
    return Reason(code, clause, value=level, threshold=wanted)


def attendance(absences: int, within: Clause, over: Clause) -> Reason:
    """ABSENCES_WITHIN or ABSENCES_OVER: half-days absent against the 45 allowed, 45 being allowed."""
    allowed = absences <= ABSENCES_ALLOWED
    code = ReasonCode.ABSENCES_WITHIN if allowed else ReasonCode.ABSENCES_OVER
    return Reason(code, within if allowed else over, value=absences, threshold=ABSENCES_ALLOWED)


def is_short(reason: Reason) -> bool:
    """Whether the reason says that conduct or learning is below what is wanted."""
    return reason.code in (ReasonCode.CONDUCT_BELOW, ReasonCode.LEARNING_BELOW)
