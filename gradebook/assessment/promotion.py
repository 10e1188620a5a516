"""The outcomes that promotion in secondary school can have, the same in TT 22/2021 and TT 58/2011."""

from dataclasses import dataclass
from enum import Enum

from gradebook.assessment.reasons import Reason

ABSENCES_ALLOWED = 45  # half-days (buổi) in the year, permitted or not


class PromotionStatus(Enum):
    """Where a pupil stands at the end of the year."""

    PROMOTED = "promoted"
    SUMMER_TRAINING = "summer_training"
    SUMMER_RETEST = "summer_retest"
    RETAINED = "retained"


@dataclass(frozen=True, slots=True)
class Promotion:
    """What the circular says about moving up; the principal decides. None while a result is ``missing``."""

    status: PromotionStatus | None
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()


def require_count(absences: int) -> None:
    """ValueError for a negative number of absences."""
    if absences < 0:
        raise ValueError(f"absences cannot be {absences}")
