"""Short ways to write a pupil's results, and strategies that draw them near every threshold."""

from decimal import Decimal

from hypothesis import strategies as st

from gradebook.assessment.cells import AWAITING_MAKE_UP, EMPTY, ZERO_FOR_ABSENCE, Commented, Score
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
year_averages = st.lists(marks, min_size=6, max_size=9).map(
    lambda drawn: dict(zip(SUBJECTS, drawn, strict=False))
)
comment_results = st.lists(st.sampled_from(CommentResult), min_size=4, max_size=4).map(
    lambda drawn: dict(zip(COMMENTED, drawn, strict=True))
)
unfilled = st.sampled_from([EMPTY, AWAITING_MAKE_UP])
filled = st.one_of(marks.map(Score), st.just(ZERO_FOR_ABSENCE))
filled_comments = st.one_of(st.sampled_from(CommentResult).map(Commented), st.just(ZERO_FOR_ABSENCE))
