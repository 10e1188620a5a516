"""What assessments by comment have in common in TT 22/2021 and TT 58/2011."""

from collections.abc import Sequence
from dataclasses import dataclass

from gradebook.assessment.cells import EMPTY, CommentCell, Commented, MarkKind, Missing, Unfilled
from gradebook.assessment.scales import CommentResult


@dataclass(frozen=True, slots=True)
class CommentOutcome:
    """The result of a comment subject, or None while assessments are still missing."""

    result: CommentResult | None
    missing: tuple[Missing, ...] = ()


def missing_comments(kind: MarkKind, cells: Sequence[CommentCell]) -> list[Missing]:
    """The cells of one kind that hold no assessment yet.

    No cells at all count as one empty cell: a result never rests on a kind of assessment nobody entered.
    """
    return [
        Missing(kind, number, cell)
        for number, cell in enumerate(cells or (EMPTY,), start=1)
        if isinstance(cell, Unfilled)
    ]


def is_passed(cell: CommentCell) -> bool:
    """Whether the cell holds a Đạt; an absence without a valid reason counts as Chưa đạt."""
    return isinstance(cell, Commented) and cell.result is CommentResult.PASSED


def last_taught(first: CommentOutcome | None, second: CommentOutcome | None) -> CommentOutcome:
    """The year of a comment subject is semester II, or the only semester taught (None: not taught).

    Raises ValueError for a subject taught in neither semester.
    """
    outcome = second or first
    if outcome is None:
        raise ValueError("a subject taught in neither semester has no year result")
    return outcome
