"""TT 22/2021 Điều 9 khoản 2 and 3: the learning result of a semester or year, adjusted where one subject
alone lowered it by two levels or more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gradebook.assessment.reasons import Clause, Reason, ReasonCode
from gradebook.assessment.scales import CommentResult, LearningLevel
from gradebook.assessment.schemes import DEFAULTS, AdjustmentReading, Options
from gradebook.assessment.tt22_levels import (
    CIRCULAR,
    Comments,
    Scores,
    base_level,
    failed_comments,
    lowest_subject,
)
from gradebook.assessment.tt22_reasons import obstacles, reached

_LEVELS_LOST = 2
_BEST = Decimal(10)
_ADJUSTMENT = Clause(CIRCULAR, 9, 3)


@dataclass(frozen=True, slots=True)
class LearningResult:
    """The level, the level before adjustment, the subject it was adjusted for, and why.

    The levels are None while a subject has no result yet; ``missing`` names those subjects.
    """

    level: LearningLevel | None
    base_level: LearningLevel | None
    adjusted_by: str | None
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()


def learning_level(
    scored: Mapping[str, Decimal | None],
    comment: Mapping[str, CommentResult | None],
    options: Options = DEFAULTS,
) -> LearningResult:
    """The learning result from the subject averages and comment results of one semester or one year.

    TT 22/2021 Điều 9 khoản 2 and 3. A subject without a result is given as None.
    """
    averages = {subject: average for subject, average in scored.items() if average is not None}
    comments = {subject: result for subject, result in comment.items() if result is not None}
    missing = tuple(subject for subject, result in (*scored.items(), *comment.items()) if result is None)
    if missing or not scored:
        return LearningResult(None, None, None, _nothing_assessed(scored), missing)
    base = base_level(averages, comments)
    cause = _only_cause(base, averages, comments, options)
    level = base if cause is None else base.above()
    reasons = [*reached(base, averages, comments)]
    if cause is not None:
        value = comments[cause] if cause in comments else averages[cause]
        adjusted = Reason(
            ReasonCode.ADJUSTED, _ADJUSTMENT, level=level, subject=cause, value=value, before=base
        )
        reasons.append(adjusted)
    reasons += _next_level_missed(level, averages, comments)
    return LearningResult(level, base, cause, tuple(reasons))


def _only_cause(base: LearningLevel, scored: Scores, comment: Comments, options: Options) -> str | None:
    """The single subject that cost two levels or more, or None when there is none.

    Only the failed comment subject, else the lowest average, can be that subject: whatever another one would
    gain, these would still hold the level down. Two subjects can never each be the single cause, because the
    mark that six subjects need for a level is the floor of the level above.
    """
    suspect = next(iter(failed_comments(comment)), lowest_subject(scored))
    if suspect in comment and not options.comment_subjects_adjust:
        return None
    forgiven = _removed if options.adjustment is AdjustmentReading.REMOVAL else _at_best
    deserved = base_level(*forgiven(suspect, scored, comment))
    return suspect if deserved.rank - base.rank >= _LEVELS_LOST else None


def _at_best(subject: str, scored: Scores, comment: Comments) -> tuple[Scores, Comments]:
    """The pupil's results with this subject at its best."""
    if subject in comment:
        return scored, {**comment, subject: CommentResult.PASSED}
    return {**scored, subject: _BEST}, comment


def _removed(subject: str, scored: Scores, comment: Comments) -> tuple[Scores, Comments]:
    """The pupil's results without this subject."""
    return (
        {other: average for other, average in scored.items() if other != subject},
        {other: result for other, result in comment.items() if other != subject},
    )


def _next_level_missed(level: LearningLevel | None, scored: Scores, comment: Comments) -> tuple[Reason, ...]:
    following = level.above() if level else None
    return obstacles(following, scored, comment) if following else ()


def _nothing_assessed(scored: Mapping[str, Decimal | None]) -> tuple[Reason, ...]:
    return () if scored else (Reason(ReasonCode.NOTHING_ASSESSED, Clause(CIRCULAR, 9, 2)),)
