"""TT 58/2011 Điều 11, before and after TT 26/2020: the result of one subject and the mean of all."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from gradebook.assessment.averages import Average, Column, weighted_average
from gradebook.assessment.cells import Cell, CommentCell, MarkKind
from gradebook.assessment.comments import CommentOutcome, is_passed, last_taught, missing_comments
from gradebook.assessment.rounding import to_tenth
from gradebook.assessment.scales import CommentResult


def semester_average_before_2020(regular: Sequence[Cell], periodic: Sequence[Cell], final: Cell) -> Average:
    """ĐTBmhk = (sum of regular + 2 × sum of 45-minute tests + 3 × final) / (their weights), to one decimal.

    TT 58/2011 Điều 11 in its first version. Since TT 26/2020 the formula is that of TT 22/2021. No value
    while any cell is empty or awaits a make-up test.
    """
    return weighted_average(
        Column(MarkKind.REGULAR, 1, regular),
        Column(MarkKind.PERIODIC, 2, periodic),
        Column(MarkKind.FINAL, 3, (final,)),
    )


def overall_average(scored: Mapping[str, Decimal]) -> Decimal:
    """ĐTBhk or ĐTBcn: the plain mean of the scored subjects' recorded averages, to one decimal.

    TT 58/2011 Điều 11. Raises ValueError when there is no subject.
    """
    if not scored:
        raise ValueError("there is no mean of no subjects")
    return to_tenth(sum(scored.values(), Decimal(0)), len(scored))


def comment_subject_semester(
    others: Sequence[CommentCell], final: CommentCell, *, closed: bool = False
) -> CommentOutcome:
    """Đ when the number of assessments is complete, two thirds of them are Đ and the final one is.

    TT 58/2011 Điều 11. Until the semester is ``closed`` a missing assessment leaves the result open.
    """
    missing = (*missing_comments(MarkKind.REGULAR, others), *missing_comments(MarkKind.FINAL, (final,)))
    if missing and not closed:
        return CommentOutcome(None, missing)
    assessments = (*others, final)
    passed = sum(map(is_passed, assessments))
    enough = not missing and is_passed(final) and passed * 3 >= len(assessments) * 2
    return CommentOutcome(CommentResult.PASSED if enough else CommentResult.NOT_PASSED, missing)


def comment_subject_year(first: CommentOutcome | None, second: CommentOutcome | None) -> CommentOutcome:
    """The year is the result of semester II (TT 58/2011 Điều 11); None: not taught then."""
    return last_taught(first, second)
