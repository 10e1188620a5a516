"""TT 22/2021 Điều 9 khoản 2: what each learning level asks for, and what keeps a pupil from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gradebook.assessment.reasons import Clause, Reason, ReasonCode
from gradebook.assessment.scales import CommentResult, LearningLevel

CIRCULAR = "TT22-2021"
SUBJECTS_NEEDED = 6

Scores = Mapping[str, Decimal]
Comments = Mapping[str, CommentResult]


@dataclass(frozen=True, slots=True)
class Standard:
    """A level's floor for every scored subject, the mark six of them need, the failed comments allowed."""

    level: LearningLevel
    clause: Clause
    floor: Decimal
    six_at: Decimal
    failed_comments: int


STANDARDS = {
    standard.level: standard
    for standard in (
        Standard(LearningLevel.GOOD, Clause(CIRCULAR, 9, 2, "a"), Decimal("6.5"), Decimal("8.0"), 0),
        Standard(LearningLevel.FAIR, Clause(CIRCULAR, 9, 2, "b"), Decimal("5.0"), Decimal("6.5"), 0),
        Standard(LearningLevel.PASSED, Clause(CIRCULAR, 9, 2, "c"), Decimal("3.5"), Decimal("5.0"), 1),
    )
}
LEVEL_CLAUSES = {level: standard.clause for level, standard in STANDARDS.items()} | {
    LearningLevel.NOT_PASSED: Clause(CIRCULAR, 9, 2, "d")
}


def base_level(scored: Scores, comment: Comments) -> LearningLevel:
    """The level of Điều 9 khoản 2, before any adjustment."""
    failed = sum(result is CommentResult.NOT_PASSED for result in comment.values())
    averages = tuple(scored.values())
    lowest = min(averages, default=Decimal(0))
    for level, standard in STANDARDS.items():
        if failed > standard.failed_comments or lowest < standard.floor:
            continue
        if sum(average >= standard.six_at for average in averages) >= SUBJECTS_NEEDED:
            return level
    return LearningLevel.NOT_PASSED


def obstacles(level: LearningLevel, scored: Scores, comment: Comments) -> tuple[Reason, ...]:
    """What keeps the pupil from ``level``: each failed comment subject, each subject under the floor, and,
    when fewer than six reach the higher mark, the nearest ones that would complete the number.
    """
    standard = STANDARDS[level]
    return (
        *_failed_comments(standard, comment),
        *_below_floor(standard, scored),
        *_too_few(standard, scored),
    )


def _failed_comments(standard: Standard, comment: Comments) -> list[Reason]:
    failed = sorted(subject for subject, result in comment.items() if result is CommentResult.NOT_PASSED)
    if len(failed) <= standard.failed_comments:
        return []
    return [
        Reason(
            ReasonCode.COMMENT_NOT_PASSED,
            standard.clause,
            level=standard.level,
            subject=subject,
            value=CommentResult.NOT_PASSED,
            threshold=CommentResult.PASSED,
        )
        for subject in failed
    ]


def _below_floor(standard: Standard, scored: Scores) -> list[Reason]:
    below = sorted((average, subject) for subject, average in scored.items() if average < standard.floor)
    return [
        _short(ReasonCode.SUBJECT_BELOW, standard, subject, average, standard.floor)
        for average, subject in below
    ]


def _too_few(standard: Standard, scored: Scores) -> list[Reason]:
    below = sorted((-average, subject) for subject, average in scored.items() if average < standard.six_at)
    enough = len(scored) - len(below)
    lacking = SUBJECTS_NEEDED - enough
    if lacking <= 0:
        return []
    count = Reason(
        ReasonCode.TOO_FEW_SUBJECTS,
        standard.clause,
        level=standard.level,
        value=enough,
        threshold=standard.six_at,
        needed=SUBJECTS_NEEDED,
    )
    nearest = [
        _short(ReasonCode.NEAREST_SUBJECT, standard, subject, -negated, standard.six_at)
        for negated, subject in below[:lacking]
    ]
    return [count, *nearest]


def _short(code: ReasonCode, standard: Standard, subject: str, value: Decimal, threshold: Decimal) -> Reason:
    return Reason(
        code, standard.clause, level=standard.level, subject=subject, value=value, threshold=threshold
    )
