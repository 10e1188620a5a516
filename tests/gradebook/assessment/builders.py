"""Short ways to write a pupil's results, and strategies that draw them near every threshold."""

import random
from decimal import Decimal

from hypothesis import strategies as st

from gradebook.assessment.cells import AWAITING_MAKE_UP, EMPTY, ZERO_FOR_ABSENCE, Score
from gradebook.assessment.promotion import PromotionStatus
from gradebook.assessment.reasons import ReasonCode
from gradebook.assessment.scales import CommentResult

PASSED, NOT_PASSED = CommentResult.PASSED, CommentResult.NOT_PASSED
SUBJECTS = ("toan", "ngu-van", "ngoai-ngu-1", "gdcd", "su-dia", "khtn", "cong-nghe", "tin-hoc", "them")
COMMENTED = ("gdtc", "nghe-thuat", "hdtn", "gddp")


def score(text):
    return Score(Decimal(text))


def scores(*texts):
    return tuple(map(score, texts))


def averages(*texts):
    return {subject: Decimal(text) for subject, text in zip(SUBJECTS, texts, strict=False)}


def comments(failed=0):
    return {subject: NOT_PASSED if number < failed else PASSED for number, subject in enumerate(COMMENTED)}


THRESHOLDS = ("1.9", "2.0", "3.4", "3.5", "4.9", "5.0", "6.4", "6.5", "7.9", "8.0", "9.0")
marks = st.one_of(
    st.sampled_from(THRESHOLDS).map(Decimal), st.integers(0, 100).map(lambda tenths: Decimal(tenths) / 10)
)


def _digits(number, base, size):
    return [number // base**place % base for place in range(size)]


def _drawn_averages(number):
    """6 to 9 averages at the thresholds from one whole number: one draw is many times faster than nine."""
    number, more = divmod(number, 4)
    return averages(*(THRESHOLDS[digit] for digit in _digits(number, len(THRESHOLDS), 6 + more)))


def _drawn_comments(number):
    return dict(zip(COMMENTED, (list(CommentResult)[bit] for bit in _digits(number, 2, 4)), strict=True))


STANDING = {
    PromotionStatus.RETAINED: 0,
    PromotionStatus.SUMMER_TRAINING: 1,
    PromotionStatus.SUMMER_RETEST: 1,
    PromotionStatus.PROMOTED: 2,
}


def standing(promotion):
    """How far a pupil has come: stays, has the summer, or moves up."""
    assert promotion.status
    return STANDING[promotion.status]


def shuffled(entries, seed):
    pairs = list(entries.items())
    random.Random(seed).shuffle(pairs)
    return dict(pairs)


year_averages = st.integers(0, 4 * len(THRESHOLDS) ** 9 - 1).map(_drawn_averages)
comment_results = st.integers(0, 15).map(_drawn_comments)
seeds = st.integers(0, 999)
unfilled = st.sampled_from([EMPTY, AWAITING_MAKE_UP])

FILLED = (ZERO_FOR_ABSENCE, *scores("0", "0.1", "3.3", "5", "6.7", "7.5", "7.9", "8.4", "9.9", "10"))


def _drawn_cells(number):
    """1 to 4 regular cells, the midterm and the final."""
    number, more = divmod(number, 4)
    return [FILLED[digit] for digit in _digits(number, len(FILLED), 3 + more)]


filled_cells = st.integers(0, 4 * len(FILLED) ** 6 - 1).map(_drawn_cells)


_C = ReasonCode
_UNDER = {
    *(_C.OVERALL_BELOW, _C.NO_ANCHOR, _C.SPECIALISED_BELOW, _C.SUBJECT_BELOW, _C.NEAREST_SUBJECT),
    *(_C.COMMENT_NOT_PASSED, _C.SUBJECT_LEVEL_BELOW, _C.TRAIT_BELOW, _C.TEST_BELOW, _C.RESULT_BELOW),
    *(_C.FIRST_SEMESTER_BELOW, _C.SECOND_SEMESTER_BELOW, _C.CONDUCT_BELOW, _C.LEARNING_BELOW),
    *(_C.TOO_LOW_FOR_RETEST, _C.RETEST_OFFERED),
}
_OVER = {
    *(_C.OVERALL_REACHED, _C.ANCHOR_REACHED, _C.SPECIALISED_REACHED, _C.LOWEST_SUBJECT, _C.LOWEST_TEST),
    *(_C.CONDUCT_REACHED, _C.LEARNING_REACHED, _C.ABSENCES_OVER),
}


def assert_truthful(reasons):
    """What a reason compares is as its code says."""
    for reason in reasons:
        if reason.code in _UNDER and reason.value is not None:
            assert reason.value < reason.threshold, reason
        elif reason.code in _OVER:
            assert reason.value >= reason.threshold, reason
        elif reason.code in (_C.COMMENTS_WITHIN, _C.ABSENCES_WITHIN):
            assert reason.value <= reason.threshold, reason
        elif reason.code in (_C.ENOUGH_SUBJECTS, _C.TOO_FEW_SUBJECTS):
            assert (reason.value >= reason.needed) is (reason.code is _C.ENOUGH_SUBJECTS), reason
