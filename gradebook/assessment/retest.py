"""Retests in summer, the same in TT 22/2021 Điều 14 and TT 58/2011 Điều 16."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gradebook.assessment.reasons import Clause, Reason, ReasonCode
from gradebook.assessment.scales import CommentResult

_BELOW = Decimal("5.0")


@dataclass(frozen=True, slots=True)
class Retest:
    """The subjects that may be assessed again in summer, in the order given, and why."""

    subjects: tuple[str, ...]
    reasons: tuple[Reason, ...]


class NotOnRetestList(ValueError):
    """A retest result for a subject that may not be assessed again; ``subject`` is its code."""

    def __init__(self, subject: str) -> None:
        super().__init__(f"{subject!r} may not be assessed again")
        self.subject = subject


def offered(scored: Mapping[str, Decimal], comment: Mapping[str, CommentResult], clause: Clause) -> Retest:
    """The scored subjects with a year average below 5.0, then the comment subjects CĐ."""
    low = [
        Reason(ReasonCode.RETEST_OFFERED, clause, subject=subject, value=average, threshold=_BELOW)
        for subject, average in scored.items()
        if average < _BELOW
    ]
    failed = [
        Reason(
            ReasonCode.RETEST_OFFERED, clause, subject=subject, value=result, threshold=CommentResult.PASSED
        )
        for subject, result in comment.items()
        if result is CommentResult.NOT_PASSED
    ]
    reasons = (*low, *failed)
    return Retest(tuple(reason.subject for reason in reasons if reason.subject is not None), reasons)


def with_retests(
    scored: Mapping[str, Decimal],
    comment: Mapping[str, CommentResult],
    retaken: Mapping[str, Decimal | CommentResult],
) -> tuple[dict[str, Decimal], dict[str, CommentResult]]:
    """The year's results with the retest results in place of the year's own.

    Raises NotOnRetestList for a subject that was neither below 5.0 nor CĐ, or a result of the other kind.
    """
    averages, comments = dict(scored), dict(comment)
    for subject, result in retaken.items():
        if isinstance(result, CommentResult) and comment.get(subject) is CommentResult.NOT_PASSED:
            comments[subject] = result
        elif isinstance(result, Decimal) and subject in scored and scored[subject] < _BELOW:
            averages[subject] = result
        else:
            raise NotOnRetestList(subject)
    return averages, comments
