"""TT 22/2021 Điều 9 khoản 2 and 3: the learning result of a semester or year, adjusted where one subject
alone lowered it by two levels or more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gradebook.assessment.reasons import Clause, Reason, ReasonCode
from gradebook.assessment.scales import CommentResult, LearningLevel
from gradebook.assessment.schemes import DEFAULTS, AdjustmentReading, Options
from gradebook.assessment.tt22_levels import (
    CIRCULAR,
    LEVEL_CLAUSES,
    Comments,
    Scores,
    base_level,
    obstacles,
)

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
    reasons = (
        *_adjustment(level, cause, averages, comments),
        Reason(ReasonCode.LEVEL_REACHED, LEVEL_CLAUSES[base], level=base),
        *_next_level_missed(level, averages, comments),
    )
    return LearningResult(level, base, cause, reasons)


def _only_cause(base: LearningLevel, scored: Scores, comment: Comments, options: Options) -> str | None:
    """The single subject that cost two levels or more, or None when there is none or more than one."""
    if base.above(_LEVELS_LOST) is None:
        return None
    others = _removed if options.adjustment is AdjustmentReading.REMOVAL else _replaced
    causes = [
        subject
        for subject, averages, comments in others(scored, comment)
        if base_level(averages, comments).rank - base.rank >= _LEVELS_LOST
        and (options.comment_subjects_adjust or subject in scored)
    ]
    return causes[0] if len(causes) == 1 else None


def _replaced(scored: Scores, comment: Comments) -> Iterator[tuple[str, Scores, Comments]]:
    """The pupil's results with each subject in turn at its best."""
    for subject in scored:
        yield subject, {**scored, subject: _BEST}, comment
    for subject in comment:
        yield subject, scored, {**comment, subject: CommentResult.PASSED}


def _removed(scored: Scores, comment: Comments) -> Iterator[tuple[str, Scores, Comments]]:
    """The pupil's results without each subject in turn."""
    for subject in scored:
        yield subject, {other: scored[other] for other in scored if other != subject}, comment
    for subject in comment:
        yield subject, scored, {other: comment[other] for other in comment if other != subject}


def _adjustment(
    level: LearningLevel | None, cause: str | None, scored: Scores, comment: Comments
) -> tuple[Reason, ...]:
    if cause is None:
        return ()
    value = scored[cause] if cause in scored else comment[cause]
    return (Reason(ReasonCode.ADJUSTED, _ADJUSTMENT, level=level, subject=cause, value=value),)


def _next_level_missed(level: LearningLevel | None, scored: Scores, comment: Comments) -> tuple[Reason, ...]:
    following = level.above() if level else None
    return obstacles(following, scored, comment) if following else ()


def _nothing_assessed(scored: Mapping[str, Decimal | None]) -> tuple[Reason, ...]:
    return () if scored else (Reason(ReasonCode.NOTHING_ASSESSED, Clause(CIRCULAR, 9, 2)),)
