"""The words a case may use: for levels, for cells without a mark, for periods and decisions."""

from decimal import Decimal
from typing import TypeVar

from gradebook.assessment.cells import (
    AWAITING_MAKE_UP,
    EMPTY,
    ZERO_FOR_ABSENCE,
    Cell,
    CommentCell,
    Commented,
    Score,
    Unfilled,
    ZeroForAbsence,
)
from gradebook.assessment.curriculum import Period
from gradebook.assessment.evaluate_values import CannotEvaluate, mark, shortened, slug, text
from gradebook.assessment.scales import CommentResult, Scale
from gradebook.assessment.tt27_promotion import PrincipalDecision

AnyScale = TypeVar("AnyScale", bound=Scale)

_STATES: dict[str, Unfilled | ZeroForAbsence] = {
    **dict.fromkeys(["", "-", "empty", "trong", "chua-co"], EMPTY),
    **dict.fromkeys(
        ["awaiting-make-up", "awaiting", "make-up", "cho-bu", "cho-kiem-tra-bu", "vang-cho-kiem-tra-bu"],
        AWAITING_MAKE_UP,
    ),
    **dict.fromkeys(["zero-for-absence", "zero-do-vang", "0-do-vang", "khong-do-vang"], ZERO_FOR_ABSENCE),
}
_EXEMPT = {"m", "mien", "mien-hoc", "exempt"}
_PERIODS = {
    **dict.fromkeys(["gk1", "ghk1", "giua-hk1"], Period.GK1),
    **dict.fromkeys(["ck1", "chk1", "cuoi-hk1"], Period.CK1),
    **dict.fromkeys(["gk2", "ghk2", "giua-hk2"], Period.GK2),
    **dict.fromkeys(["cn", "ck2", "chk2", "cuoi-hk2", "cuoi-nam", "cuoi-nam-hoc"], Period.CN),
}
_SPELLINGS = (("hoc-ky", "hk"), ("hoc-ki", "hk"), ("hk-", "hk"), ("hkii", "hk2"), ("hki", "hk1"))
_DECISIONS = {
    **dict.fromkeys(["promote", "promoted", "len-lop", "duoc-len-lop"], PrincipalDecision.PROMOTE),
    **dict.fromkeys(["retain", "retained", "o-lai-lop", "chua-duoc-len-lop"], PrincipalDecision.RETAIN),
}


def state(value: object) -> Unfilled | ZeroForAbsence | None:
    """The state of a cell without a mark; None for a cell that holds something else."""
    if value is None:
        return EMPTY
    word = text(value) if isinstance(value, str) else "?"
    return _STATES.get(slug(word) or word)


def is_open(value: object) -> bool:
    """Whether a result is still to come."""
    return isinstance(state(value), Unfilled)


def is_exempt(value: object) -> bool:
    """Whether the pupil is exempt from the subject, as TT 58/2011 allows."""
    return isinstance(value, str) and slug(value) in _EXEMPT


def cell(value: object) -> Cell:
    """A cell of a scored subject."""
    return state(value) or Score(mark(value))


def comment_cell(value: object) -> CommentCell:
    """A cell of a comment subject."""
    return state(value) or Commented(_member(CommentResult, value))


def mark_or_none(value: object) -> Decimal | None:
    """A mark or average, None while it is open."""
    return None if is_open(value) else mark(value)


def level(scale: type[AnyScale], value: object) -> AnyScale | None:
    """A level by its code, its word or the initials of its word; None while it is open."""
    return None if is_open(value) else _member(scale, value)


def _member(scale: type[AnyScale], value: object) -> AnyScale:
    names = {"".join(part[0] for part in slug(member.word).split("-")): member for member in scale}
    for member in scale:
        names |= {slug(member.word): member, slug(member.value): member}
    found = names.get(slug(text(value)))
    if found is None:
        words = ", ".join(member.word for member in scale)
        raise CannotEvaluate(f"{shortened(value)} is none of {words}")
    return found


def period(value: object) -> Period:
    """One of the four periods of primary school."""
    word = slug(text(value))
    for long, short in _SPELLINGS:
        word = word.replace(long, short)
    if word not in _PERIODS:
        raise CannotEvaluate(f"{shortened(value)} is none of giua_hk1, cuoi_hk1, giua_hk2, cuoi_nam")
    return _PERIODS[word]


def decision(value: object) -> PrincipalDecision | None:
    """What the principal decided, None while that is open."""
    word = "" if value is None else slug(text(value))
    if word and word not in _DECISIONS:
        raise CannotEvaluate(f"{shortened(value)} is none of promote, retain")
    return _DECISIONS.get(word)
