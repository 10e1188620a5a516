"""TT 22/2021 Điều 9 khoản 2: what each learning level asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gradebook.assessment.reasons import Clause
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
    failed = len(failed_comments(comment))
    averages = tuple(scored.values())
    lowest = min(averages, default=Decimal(0))
    for level, standard in STANDARDS.items():
        if failed > standard.failed_comments or lowest < standard.floor:
            continue
        if sum(average >= standard.six_at for average in averages) >= SUBJECTS_NEEDED:
            return level
    return LearningLevel.NOT_PASSED


def failed_comments(comment: Comments) -> list[str]:
    """The comment subjects that are Chưa đạt, by name."""
    return sorted(subject for subject, result in comment.items() if result is CommentResult.NOT_PASSED)


def lowest_subject(scored: Scores) -> str:
    """The scored subject with the lowest average, the first by name among equals."""
    return min(scored, key=lambda subject: (scored[subject], subject))
