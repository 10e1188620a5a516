"""What changes after a lock goes through: request, evidence, endorsement, decision, execution before witnesses, papers.

Each step is a row of its own with who and when; the state of a request is read from the rows it has.
"""

from corrections.models.chain import Decision, Endorsement, Question, Withdrawal
from corrections.models.execution import Execution, Presence
from corrections.models.frozen import FrozenEffects
from corrections.models.lines import AttendanceLine, CorrectionLine, ProfileLine
from corrections.models.papers import Paper
from corrections.models.queries import CorrectionRequestQuerySet
from corrections.models.requests import CorrectionRequest, Evidence, Status

__all__ = [
    "AttendanceLine",
    "CorrectionLine",
    "CorrectionRequest",
    "CorrectionRequestQuerySet",
    "Decision",
    "Endorsement",
    "Evidence",
    "Execution",
    "FrozenEffects",
    "Paper",
    "Presence",
    "ProfileLine",
    "Question",
    "Status",
    "Withdrawal",
]
