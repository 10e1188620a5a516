"""TT 22/2021 Điều 9 khoản 2 and 3: levels, the adjustment, and the reasons given."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradebook.assessment import tt22
from gradebook.assessment.reasons import ReasonCode
from gradebook.assessment.scales import LearningLevel
from gradebook.assessment.schemes import AdjustmentReading, Options
from tests.gradebook.assessment.builders import (
    NOT_PASSED,
    averages,
    comment_results,
    comments,
    marks,
    seeds,
    shuffled,
    year_averages,
)

GOOD, FAIR, JUST, FAILED = (
    LearningLevel.GOOD,
    LearningLevel.FAIR,
    LearningLevel.PASSED,
    LearningLevel.NOT_PASSED,
)
REMOVAL = Options(adjustment=AdjustmentReading.REMOVAL)
options = st.sampled_from(
    [
        Options(adjustment=reading, comment_subjects_adjust=choice)
        for reading, choice in product(AdjustmentReading, (True, False))
    ]
)


def told(result, code):
    return [reason for reason in result.reasons if reason.code is code]


@pytest.mark.parametrize(
    ("given_averages", "failed", "level"),
    [
        (averages(*["8.0"] * 6, "6.5", "6.5"), 0, GOOD),
        (averages(*["8.0"] * 5, "6.5", "6.5", "7.9"), 0, FAIR),
        (averages(*["6.5"] * 6, "5.0", "5.0"), 0, FAIR),
        (averages(*["6.5"] * 5, "6.4", "6.4", "6.4"), 0, JUST),
        (averages(*["5.0"] * 6, "3.5", "3.5"), 1, JUST),
        (averages(*["5.0"] * 6, "3.4", "3.4"), 0, FAILED),
        (averages(*["5.0"] * 5, "4.9", "4.9", "4.9"), 0, FAILED),
        (averages(*["9.0"] * 8), 2, FAILED),
        (averages(*["9.0"] * 5), 0, FAILED),
    ],
)
def test_levels_at_their_thresholds(given_averages, failed, level):
    result = tt22.learning_level(given_averages, comments(failed))
    assert (result.level, result.adjusted_by) == (level, None)


def test_the_missed_level_is_explained_by_the_subject_that_missed_it():
    result = tt22.learning_level(averages(*["10.0"] * 7, "6.4"), comments())
    (missed,) = told(result, ReasonCode.SUBJECT_BELOW)
    assert missed.as_data() == {
        "code": "subject-below",
        "clause": "TT22-2021:9.2.a",
        "level": "Tốt",
        "subject": "tin-hoc",
        "value": "6.4",
        "threshold": "6.5",
    }


def test_too_few_subjects_are_explained_by_the_nearest_ones():
    result = tt22.learning_level(averages(*["8.0"] * 4, "7.0", "7.9", "7.8", "6.5"), comments())
    (count,) = told(result, ReasonCode.TOO_FEW_SUBJECTS)
    assert (count.value, count.needed) == (4, 6)
    assert [reason.subject for reason in told(result, ReasonCode.NEAREST_SUBJECT)] == ["khtn", "cong-nghe"]


def test_the_adjustment_names_its_subject_even_at_zero():
    result = tt22.learning_level(averages(*["6.5"] * 7, "0"), comments())
    assert (result.base_level, result.level, result.adjusted_by) == (FAILED, JUST, "tin-hoc")
    (adjusted,) = told(result, ReasonCode.ADJUSTED)
    assert (adjusted.value, adjusted.clause.code) == (0, "TT22-2021:9.3")


def test_a_failed_comment_subject_is_named_as_the_cause():
    result = tt22.learning_level(averages(*["8.5"] * 8), comments(failed=1))
    assert (result.level, result.adjusted_by) == (FAIR, "gdtc")
    (adjusted,) = told(result, ReasonCode.ADJUSTED)
    assert adjusted.value is NOT_PASSED
    assert told(result, ReasonCode.COMMENT_NOT_PASSED)


def test_removing_a_failed_comment_subject_gives_the_same_answer():
    result = tt22.learning_level(averages(*["8.5"] * 8), comments(failed=1), REMOVAL)
    assert (result.level, result.adjusted_by) == (FAIR, "gdtc")


def test_a_school_may_adjust_for_scored_subjects_only():
    chosen = Options(comment_subjects_adjust=False)
    assert tt22.learning_level(averages(*["8.5"] * 8), comments(failed=1), chosen).level is JUST
    assert tt22.learning_level(averages(*["8.5"] * 7, "3.5"), comments(), chosen).level is FAIR


def test_a_subject_without_a_result_leaves_the_level_open():
    result = tt22.learning_level({**averages(*["9.0"] * 7), "tin-hoc": None}, {**comments(), "gdtc": None})
    assert (result.level, result.missing) == (None, ("tin-hoc", "gdtc"))


def test_no_subjects_are_not_a_failure():
    result = tt22.learning_level({}, {})
    assert result.level is None
    assert told(result, ReasonCode.NOTHING_ASSESSED)


@given(year_averages, comment_results, options)
def test_the_adjusted_level_is_at_most_one_step_above_the_base(scored, comment, chosen):
    result = tt22.learning_level(scored, comment, chosen)
    assert result.level and result.base_level
    assert result.level.rank - result.base_level.rank == (result.adjusted_by is not None)
    assert result.level is not GOOD or result.adjusted_by is None


@given(year_averages, comment_results, options, seeds)
def test_the_order_of_subjects_never_matters(scored, comment, chosen, seed):
    mixed = tt22.learning_level(shuffled(scored, seed), shuffled(comment, seed), chosen)
    assert mixed == tt22.learning_level(scored, comment, chosen)


@given(year_averages, comment_results, options, seeds, marks)
def test_raising_a_mark_never_lowers_the_level(scored, comment, chosen, seed, mark):
    """In either reading. A higher mark leaves the single cause what it was, or lifts the level before it."""
    subject = next(iter(shuffled(scored, seed)))
    better = {**scored, subject: max(scored[subject], mark)}
    before = tt22.learning_level(scored, comment, chosen).level
    after = tt22.learning_level(better, comment, chosen).level
    assert before and after and after >= before


@given(year_averages, comment_results, options, seeds)
def test_a_missing_result_never_becomes_a_level(scored, comment, chosen, seed):
    subject = next(iter(shuffled(scored | comment, seed)))
    part = scored if subject in scored else comment
    part[subject] = None
    result = tt22.learning_level(scored, comment, chosen)
    assert (result.level, result.base_level, result.missing, result.reasons) == (None, None, (subject,), ())


@given(year_averages, comment_results)
def test_a_level_below_the_top_always_says_what_was_missed(scored, comment):
    result = tt22.learning_level(scored, comment)
    assert result.level
    missed = [reason for reason in result.reasons if reason.level is result.level.above()]
    assert bool(missed) == (result.level is not GOOD)


@given(year_averages, options)
def test_passing_a_comment_subject_never_lowers_the_level(scored, chosen):
    levels = [tt22.learning_level(scored, comments(failed), chosen).level for failed in range(5)]
    assert all(worse <= better for better, worse in pairwise(filter(None, levels)))


def test_without_the_subject_five_others_never_make_a_level():
    six = averages(*["9.0"] * 5, "3.0")
    assert tt22.learning_level(six, comments()).level is JUST
    assert tt22.learning_level(six, comments(), REMOVAL).level is FAILED
    assert tt22.learning_level(averages("9.0"), comments(), REMOVAL).level is FAILED
