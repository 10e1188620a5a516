"""TT 58/2011 Điều 13 khoản 1-5 as reasons, in the order of the clause: the mean, the anchor, the specialised
subject, the lowest subject, the comment subjects.
"""

from collections.abc import Iterator
from functools import partial

from gradebook.assessment.reasons import Reason, ReasonCode
from gradebook.assessment.scales import AcademicLevel, CommentResult
from gradebook.assessment.tt58_levels import LEVEL_CLAUSES, STANDARDS, Results


def reached(level: AcademicLevel, results: Results) -> Iterator[Reason]:
    """The level of khoản 1-5 and what carried it; Kém is carried by nothing."""
    fact = partial(Reason, clause=LEVEL_CLAUSES[level], level=level)
    yield fact(ReasonCode.LEVEL_REACHED)
    standard = STANDARDS.get(level)
    if standard is None:
        return
    yield fact(ReasonCode.OVERALL_REACHED, value=results.overall, threshold=standard.overall)
    if standard.anchor is not None:
        pillar = partial(fact, threshold=standard.anchor)
        if (anchor := results.best_anchor) is not None:
            yield pillar(ReasonCode.ANCHOR_REACHED, subject=anchor, value=results.scored[anchor])
        if (special := results.specialised) is not None:
            yield pillar(ReasonCode.SPECIALISED_REACHED, subject=special, value=results.scored[special])
    lowest = results.lowest
    yield fact(
        ReasonCode.LOWEST_SUBJECT, subject=lowest, value=results.scored[lowest], threshold=standard.floor
    )
    if standard.anchor is not None:
        yield fact(ReasonCode.COMMENTS_WITHIN, value=len(results.failed_comments), threshold=0)


def obstacles(level: AcademicLevel, results: Results) -> Iterator[Reason]:
    """What keeps the results from ``level``; nothing when it is reached."""
    standard = STANDARDS[level]
    short = partial(Reason, clause=standard.clause, level=level)
    if results.overall < standard.overall:
        yield short(ReasonCode.OVERALL_BELOW, value=results.overall, threshold=standard.overall)
    if standard.anchor is not None:
        pillar = partial(short, threshold=standard.anchor)
        anchor, special = results.best_anchor, results.specialised
        if anchor is None:
            yield pillar(ReasonCode.NO_ANCHOR)
        elif results.scored[anchor] < standard.anchor:
            yield pillar(ReasonCode.NO_ANCHOR, subject=anchor, value=results.scored[anchor])
        if special is not None and results.scored[special] < standard.anchor:
            yield pillar(ReasonCode.SPECIALISED_BELOW, subject=special, value=results.scored[special])
    below = sorted((mark, subject) for subject, mark in results.scored.items() if mark < standard.floor)
    for mark, subject in below:
        yield short(ReasonCode.SUBJECT_BELOW, subject=subject, value=mark, threshold=standard.floor)
    if standard.anchor is not None:
        wanted = partial(short, value=CommentResult.NOT_PASSED, threshold=CommentResult.PASSED)
        yield from (wanted(ReasonCode.COMMENT_NOT_PASSED, subject=s) for s in results.failed_comments)
