"""TT 22/2021 Điều 9 khoản 2 as reasons, in the order of the clause: comments, the floor, the six subjects."""

from functools import partial

from gradebook.assessment.reasons import Reason, ReasonCode
from gradebook.assessment.scales import CommentResult, LearningLevel
from gradebook.assessment.tt22_levels import (
    LEVEL_CLAUSES,
    STANDARDS,
    SUBJECTS_NEEDED,
    Comments,
    Scores,
    Standard,
    failed_comments,
    lowest_subject,
)


def reached(level: LearningLevel, scored: Scores, comment: Comments) -> tuple[Reason, ...]:
    """The level of khoản 2 and what carried it: the failed comments against those allowed, the lowest subject
    against the floor, the number of subjects at the mark that six need. Chưa đạt is carried by nothing.
    """
    fact = partial(Reason, clause=LEVEL_CLAUSES[level], level=level)
    headline = fact(ReasonCode.LEVEL_REACHED)
    if level not in STANDARDS:
        return (headline,)
    standard, lowest = STANDARDS[level], lowest_subject(scored)
    return (
        headline,
        fact(
            ReasonCode.COMMENTS_WITHIN,
            value=len(failed_comments(comment)),
            threshold=standard.failed_comments,
        ),
        fact(ReasonCode.LOWEST_SUBJECT, subject=lowest, value=scored[lowest], threshold=standard.floor),
        fact(
            ReasonCode.ENOUGH_SUBJECTS,
            value=sum(average >= standard.six_at for average in scored.values()),
            threshold=standard.six_at,
            needed=SUBJECTS_NEEDED,
        ),
    )


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
    failed = failed_comments(comment)
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
    short = partial(Reason, ReasonCode.SUBJECT_BELOW, standard.clause, standard.level)
    below = sorted((average, subject) for subject, average in scored.items() if average < standard.floor)
    return [short(subject=subject, value=average, threshold=standard.floor) for average, subject in below]


def _too_few(standard: Standard, scored: Scores) -> list[Reason]:
    short = partial(Reason, clause=standard.clause, level=standard.level, threshold=standard.six_at)
    below = sorted((-average, subject) for subject, average in scored.items() if average < standard.six_at)
    enough = len(scored) - len(below)
    lacking = SUBJECTS_NEEDED - enough
    if lacking <= 0:
        return []
    return [
        short(ReasonCode.TOO_FEW_SUBJECTS, value=enough, needed=SUBJECTS_NEEDED),
        *(
            short(ReasonCode.NEAREST_SUBJECT, subject=subject, value=-negated)
            for negated, subject in below[:lacking]
        ),
    ]
