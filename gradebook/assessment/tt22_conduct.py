"""TT 22/2021 Điều 8 khoản 2 b: the conduct of the year from that of the two semesters."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from gradebook.assessment.reasons import Clause, Reason, ReasonCode
from gradebook.assessment.scales import ConductLevel
from gradebook.assessment.tt22_levels import CIRCULAR

_CLAUSE = Clause(CIRCULAR, 8, 2, "b")


@dataclass(frozen=True, slots=True)
class ConductResult:
    """The conduct of a year, and why."""

    level: ConductLevel
    reasons: tuple[Reason, ...]


def conduct_year(first: ConductLevel, second: ConductLevel) -> ConductResult:
    """The year's conduct; the semesters' own levels are the homeroom teacher's judgement, never computed.

    TT 22/2021 Điều 8 khoản 2 b. Semester II leads; a far better or worse semester I moves it one level.
    """
    level = _level(first, second)
    reasons = (
        Reason(ReasonCode.LEVEL_REACHED, _CLAUSE, level=level),
        Reason(ReasonCode.FIRST_SEMESTER, _CLAUSE, value=first),
        Reason(ReasonCode.SECOND_SEMESTER, _CLAUSE, value=second),
        *_next_level_missed(level, first, second),
    )
    return ConductResult(level, reasons)


def _level(first: ConductLevel, second: ConductLevel) -> ConductLevel:
    if second is ConductLevel.GOOD:
        return ConductLevel.GOOD if first >= ConductLevel.FAIR else ConductLevel.FAIR
    if second is ConductLevel.FAIR:
        return ConductLevel.FAIR if first >= ConductLevel.PASSED else ConductLevel.PASSED
    if second is ConductLevel.PASSED and first is ConductLevel.GOOD:
        return ConductLevel.FAIR
    return second


def _next_level_missed(level: ConductLevel, first: ConductLevel, second: ConductLevel) -> Iterator[Reason]:
    """What either semester alone would have needed for the next level, or both of them where neither can."""
    missed = level.above()
    if missed is None:
        return
    needed_first = next((other for other in ConductLevel if _level(other, second) >= missed), None)
    needed_second = next((other for other in ConductLevel if _level(first, other) >= missed), None)
    if needed_first is needed_second is None:
        needed_first, needed_second = ConductLevel.FAIR, ConductLevel.GOOD
    below = partial(Reason, clause=_CLAUSE, level=missed)
    if needed_first:
        yield below(ReasonCode.FIRST_SEMESTER_BELOW, value=first, threshold=needed_first)
    if needed_second:
        yield below(ReasonCode.SECOND_SEMESTER_BELOW, value=second, threshold=needed_second)
