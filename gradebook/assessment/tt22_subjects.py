"""TT 22/2021 Điều 9 khoản 1: the result of one subject."""

from collections.abc import Sequence

from gradebook.assessment.averages import Average, Column, weighted_average
from gradebook.assessment.cells import Cell, CommentCell, MarkKind
from gradebook.assessment.comments import CommentOutcome, is_passed, last_taught, missing_comments
from gradebook.assessment.scales import CommentResult


def semester_average(regular: Sequence[Cell], midterm: Cell, final: Cell) -> Average:
    """ĐTBmhk = (sum of regular + 2 × midterm + 3 × final) / (number of regular + 5), to one decimal.

    TT 22/2021 Điều 9 khoản 1 b. ``regular`` holds one cell for each required mark (see ``catalogue``),
    unfilled ones included: the average has no value while any cell is empty or awaits a make-up test.
    """
    return weighted_average(
        Column(MarkKind.REGULAR, 1, regular),
        Column(MarkKind.MIDTERM, 2, (midterm,)),
        Column(MarkKind.FINAL, 3, (final,)),
    )


def comment_subject_semester(
    regular: Sequence[CommentCell], midterm: CommentCell, final: CommentCell, *, closed: bool = False
) -> CommentOutcome:
    """Đạt when the number of assessments is complete and every one is Đạt; otherwise Chưa đạt.

    TT 22/2021 Điều 9 khoản 1 a. Until the semester is ``closed`` a missing assessment leaves the result open;
    at the close it means that the number is not complete.
    """
    missing = (
        *missing_comments(MarkKind.REGULAR, regular),
        *missing_comments(MarkKind.MIDTERM, (midterm,)),
        *missing_comments(MarkKind.FINAL, (final,)),
    )
    if missing and not closed:
        return CommentOutcome(None, missing)
    passed = not missing and all(is_passed(cell) for cell in (*regular, midterm, final))
    return CommentOutcome(CommentResult.PASSED if passed else CommentResult.NOT_PASSED, missing)


def comment_subject_year(first: CommentOutcome | None, second: CommentOutcome | None) -> CommentOutcome:
    """The year is the result of semester II (TT 22/2021 Điều 9 khoản 1 a); None: not taught then."""
    return last_taught(first, second)
