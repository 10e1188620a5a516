"""TT 58/2011 and TT 26/2020: academic level, adjustment, promotion, retests, titles."""

from decimal import Decimal
from functools import cache
from itertools import pairwise, product

import pytest
from hypothesis import given

from gradebook.assessment import tt58
from gradebook.assessment.awards import Title
from gradebook.assessment.promotion import PromotionStatus
from gradebook.assessment.reasons import ReasonCode
from gradebook.assessment.scales import AcademicLevel, FormerConductLevel
from gradebook.assessment.schemes import Circular, Options
from gradebook.assessment.tt58 import YearEnd
from tests.gradebook.assessment.builders import (
    PASSED,
    averages,
    comment_results,
    comments,
    marks,
    seeds,
    shuffled,
    standing,
    year_averages,
)

OLD, AMENDED = tt58.ANCHORS[Circular.TT58_2011], tt58.ANCHORS[Circular.TT58_2020]
POOR, WEAK, AVERAGE, FAIR, EXCELLENT = AcademicLevel
BAD, SO_SO, DECENT, GOOD = FormerConductLevel


def level(*texts, failed=0, anchors=AMENDED, **more):
    return tt58.academic_level(averages(*texts), comments(failed), anchors, **more)


@pytest.mark.parametrize(
    ("texts", "failed", "reached"),
    [
        (["8.0"] * 8, 0, EXCELLENT),
        (["8.4"] * 7 + ["6.4"], 0, FAIR),
        (["6.5"] * 7 + ["6.2"], 0, FAIR),
        (["5.0"] * 8, 0, AVERAGE),
        (["4.9"] * 3 + ["5.5"] * 5, 0, WEAK),
        (["5.0"] + ["4.9"] * 7, 0, WEAK),
        (["5.0"] + ["4.9"] * 3 + ["5.0"] * 4, 0, AVERAGE),
        (["5.0"] * 8, 1, WEAK),
        (["3.5"] * 8, 2, WEAK),
        (["3.4"] * 8, 0, POOR),
        (["5.0"] * 7 + ["1.9"], 0, POOR),
    ],
)
def test_levels_at_their_thresholds(texts, failed, reached):
    result = level(*texts, failed=failed)
    assert (result.level, result.adjusted_by) == (reached, None)


def test_the_foreign_language_became_an_anchor_in_2020():
    texts = ["7.9", "7.9", "8.8", *["8.5"] * 5]
    assert level(*texts, anchors=OLD).level is FAIR
    assert level(*texts, anchors=AMENDED).level is EXCELLENT


@pytest.mark.parametrize("circular", [Circular.TT58_2011, Circular.TT58_2020])
@pytest.mark.parametrize("anchor", ["toan", "ngu-van", "ngoai-ngu", "ngoai-ngu-1"])
def test_each_anchor_alone_carries_a_level(circular, anchor):
    scored = {**dict.fromkeys(["toan", "ngu-van", *"abcd"], Decimal("7.9")), "e": Decimal(9)}
    result = tt58.academic_level({**scored, anchor: Decimal(8)}, {}, tt58.ANCHORS[circular])
    carries = circular is Circular.TT58_2020 or not anchor.startswith("ngoai-ngu")
    assert result.level is (EXCELLENT if carries else FAIR)


def test_a_missing_anchor_is_explained_by_the_closest_one():
    (missed,) = [
        reason for reason in level("7.0", "7.9", "7.5", *["9.5"] * 5).reasons if reason.level is EXCELLENT
    ]
    assert (missed.code, missed.subject) == (ReasonCode.NO_ANCHOR, "ngu-van")


def test_without_an_anchor_subject_no_level_that_needs_one_is_reached():
    assert tt58.academic_level({"khac": Decimal(9)}, {}, AMENDED).level is WEAK


def test_the_specialised_subject_has_to_reach_the_levels_mark():
    result = level(*["8.5"] * 7, "7.9", specialised="tin-hoc")
    assert result.level is FAIR
    assert ReasonCode.SPECIALISED_BELOW in [reason.code for reason in result.reasons]
    with pytest.raises(ValueError, match="specialised"):
        level(*["8.5"] * 7, specialised="tin-hoc")


@pytest.mark.parametrize(
    ("texts", "failed", "base", "adjusted"),
    [
        (["9.0"] * 7 + ["4.9"], 0, AVERAGE, FAIR),
        (["9.0"] * 7 + ["3.4"], 0, WEAK, AVERAGE),
        (["7.5"] * 7 + ["3.4"], 0, WEAK, AVERAGE),
        (["7.5"] * 7 + ["1.9"], 0, POOR, WEAK),
        (["9.0"] * 8, 1, WEAK, AVERAGE),
        (["9.0"] * 6 + ["4.9"] * 2, 0, AVERAGE, AVERAGE),
        (["9.0"] * 8, 2, WEAK, WEAK),
    ],
)
def test_one_subject_alone_is_adjusted_for(texts, failed, base, adjusted):
    result = level(*texts, failed=failed)
    assert (result.base_level, result.level) == (base, adjusted)
    assert (result.adjusted_by is not None) == (base is not adjusted)


@pytest.mark.parametrize("texts", [["9.5"] * 7 + ["1.9"], ["7.9"] * 3 + ["9.5"] * 5 + ["1.9"]])
def test_a_fall_from_the_top_to_the_bottom_is_left_to_people(texts):
    result = level(*texts)
    assert (result.base_level, result.level) == (POOR, None)
    assert ReasonCode.NOT_LISTED in [reason.code for reason in result.reasons]


def test_a_school_may_adjust_for_scored_subjects_only():
    chosen = Options(comment_subjects_adjust=False)
    assert level(*["9.0"] * 8, failed=1, options=chosen).level is WEAK
    assert level(*["9.0"] * 7, "4.9", options=chosen).level is FAIR


def test_a_subject_without_a_result_leaves_the_level_open():
    result = tt58.academic_level({**averages("8.0"), "tin-hoc": None}, comments(), AMENDED)
    assert (result.level, result.overall, result.missing) == (None, None, ("tin-hoc",))
    opened = tt58.academic_level(averages("8.0"), {**comments(), "gdtc": None}, AMENDED)
    assert (opened.level, opened.missing, opened.reasons) == (None, ("gdtc",), ())
    nothing = tt58.academic_level({}, {}, AMENDED)
    assert (nothing.level, told(nothing)) == (None, [("nothing-assessed", "TT58-2011:13")])


@given(year_averages, comment_results, seeds)
def test_the_order_of_subjects_never_matters(scored, comment, seed):
    mixed = tt58.academic_level(shuffled(scored, seed), shuffled(comment, seed), AMENDED)
    assert mixed == tt58.academic_level(scored, comment, AMENDED)


@given(year_averages, comment_results, seeds, marks)
def test_raising_a_mark_never_lowers_the_level_unless_khoan_6_falls_silent(scored, comment, seed, mark):
    subject = next(iter(shuffled(scored, seed)))
    better = {**scored, subject: max(scored[subject], mark)}
    before = tt58.academic_level(scored, comment, AMENDED)
    after = tt58.academic_level(better, comment, AMENDED)
    assert before.base_level and after.base_level and after.base_level >= before.base_level
    if after.level is None:
        assert after.base_level is POOR and after.overall and after.overall >= 8
    else:
        assert before.level is None or after.level >= before.level


def test_a_higher_mark_can_take_the_answer_out_of_khoan_6():
    """Điều 13 khoản 6 d raises Kém to Yếu for a mean of Khá; for a mean of Giỏi the clause has no point."""
    before = level(*["8.8"] * 6, "8.4", "1.9")
    after = level(*["8.8"] * 6, "9.1", "1.9")
    assert (before.overall, before.level) == (Decimal("7.9"), WEAK)
    assert (after.overall, after.level) == (Decimal("8.0"), None)


@given(year_averages, comment_results)
def test_the_adjusted_level_is_at_most_one_step_above_the_base(scored, comment):
    result = tt58.academic_level(scored, comment, AMENDED)
    if result.level and result.base_level:
        assert result.level.rank - result.base_level.rank == (result.adjusted_by is not None)


@given(year_averages, comment_results, seeds, marks, marks)
def test_a_better_retest_never_hurts(scored, comment, seed, mark, other):
    low = [subject for subject in shuffled(scored, seed) if scored[subject] < 5][:1]
    worse, better = (
        tt58.academic_level(*tt58.with_retests(scored, comment, dict.fromkeys(low, result)), AMENDED)
        for result in sorted((mark, other))
    )
    assert worse.base_level and better.base_level and worse.base_level <= better.base_level
    assert worse.level is None or better.level is None or worse.level <= better.level


def test_nothing_better_makes_a_pupil_stay():
    @cache
    def after(*year):
        return standing(tt58.promotion(YearEnd(*year)))

    conducts, levels = (None, *FormerConductLevel), (None, *AcademicLevel)
    for absences, trained, retested in product((45, 46), conducts, levels):
        summer = absences, trained, retested
        for (worse, better), academic in product(pairwise(FormerConductLevel), AcademicLevel):
            assert after(worse, academic, *summer) <= after(better, academic, *summer)
        for (low, high), conduct in product(pairwise(AcademicLevel), FormerConductLevel):
            assert after(conduct, low, *summer) <= after(conduct, high, *summer)


@pytest.mark.parametrize(
    ("year", "status"),
    [
        (YearEnd(SO_SO, AVERAGE, 45), PromotionStatus.PROMOTED),
        (YearEnd(GOOD, EXCELLENT, 46), PromotionStatus.RETAINED),
        (YearEnd(GOOD, POOR), PromotionStatus.RETAINED),
        (YearEnd(BAD, WEAK), PromotionStatus.RETAINED),
        (YearEnd(BAD, AVERAGE), PromotionStatus.SUMMER_TRAINING),
        (YearEnd(BAD, FAIR, 0, SO_SO), PromotionStatus.PROMOTED),
        (YearEnd(BAD, FAIR, 0, BAD), PromotionStatus.RETAINED),
        (YearEnd(SO_SO, WEAK), PromotionStatus.SUMMER_RETEST),
        (YearEnd(SO_SO, WEAK, 0, None, AVERAGE), PromotionStatus.PROMOTED),
        (YearEnd(SO_SO, WEAK, 0, None, WEAK), PromotionStatus.RETAINED),
    ],
)
def test_promotion(year, status):
    assert tt58.promotion(year).status is status
    assert tt58.promotion(year).reasons


def told(promotion):
    return [(reason.code.value, reason.clause.code) for reason in promotion.reasons]


def test_a_promotion_tells_the_year_in_the_order_of_the_clause_and_then_the_summer():
    year = [
        ("conduct-reached", "TT58-2011:15.1.a"),
        ("learning-below", "TT58-2011:15.1.a"),
        ("absences-within", "TT58-2011:15.1.b"),
    ]
    assert told(tt58.promotion(YearEnd(SO_SO, WEAK))) == year
    retested = tt58.promotion(YearEnd(SO_SO, WEAK, 0, None, AVERAGE))
    assert told(retested) == [*year, ("learning-reached", "TT58-2011:16")]
    failed = tt58.promotion(YearEnd(SO_SO, WEAK, 0, None, WEAK))
    assert told(failed) == [*year, ("learning-below", "TT58-2011:15.2.c")]
    trained = tt58.promotion(YearEnd(BAD, FAIR, 0, SO_SO))
    assert told(trained)[3:] == [("conduct-reached", "TT58-2011:17")]
    untrained = tt58.promotion(YearEnd(BAD, FAIR, 0, BAD))
    assert told(untrained)[3:] == [("conduct-below", "TT58-2011:15.2.d")]
    assert told(tt58.promotion(YearEnd(BAD, WEAK)))[3:] == [("both-below", "TT58-2011:15.2.b")]
    assert told(tt58.promotion(YearEnd(SO_SO, POOR)))[3:] == [("too-low-for-retest", "TT58-2011:15.2.b")]
    absent = tt58.promotion(YearEnd(None, AVERAGE, 46))
    assert told(absent) == [
        ("learning-reached", "TT58-2011:15.1.a"),
        ("absences-over", "TT58-2011:15.2.a"),
    ]


def test_promotion_waits_for_results_that_are_open():
    assert tt58.promotion(YearEnd(None, WEAK)).missing == ("conduct",)
    assert tt58.promotion(YearEnd(BAD, None)).missing == ("academic",)
    assert tt58.promotion(YearEnd(SO_SO, AVERAGE)).reasons[2].value == 0


def test_a_negative_number_of_absences_is_refused():
    with pytest.raises(ValueError, match="-1"):
        YearEnd(SO_SO, AVERAGE, -1)


def test_the_pupil_chooses_among_the_subjects_below_five_and_the_failed_comments():
    scored = averages(*["5.0"] * 6, "4.9", "3.0")
    year = YearEnd(SO_SO, WEAK)
    assert tt58.retest_list(scored, comments(failed=1), year).subjects == ("cong-nghe", "tin-hoc", "gdtc")
    assert {reason.clause.code for reason in tt58.retest_list(scored, {}, year).reasons} == {"TT58-2011:16"}
    refused = tt58.retest_list(scored, comments(), YearEnd(BAD, WEAK))
    assert (refused.subjects, refused.reasons) == ((), tt58.promotion(YearEnd(BAD, WEAK)).reasons)
    retested = YearEnd(SO_SO, WEAK, 0, None, AVERAGE)
    assert tt58.retest_list(scored, comments(), retested) == tt58.retest_list(scored, comments(), year)
    after = tt58.with_retests(scored, comments(failed=1), {"tin-hoc": Decimal(5), "gdtc": PASSED})
    assert tt58.academic_level(*after, AMENDED).level is AVERAGE


@pytest.mark.parametrize(
    ("conduct", "academic", "title"),
    [
        (GOOD, EXCELLENT, Title.FORMER_GOOD),
        (DECENT, EXCELLENT, Title.FORMER_ADVANCED),
        (DECENT, FAIR, Title.FORMER_ADVANCED),
        (SO_SO, EXCELLENT, None),
        (GOOD, AVERAGE, None),
    ],
)
def test_titles(conduct, academic, title):
    assert tt58.title(conduct, academic).title is title


def test_a_title_tells_what_it_rests_on_and_what_the_next_one_wanted():
    assert told(tt58.title(DECENT, EXCELLENT)) == [
        ("conduct-reached", "TT58-2011:18.2"),
        ("learning-reached", "TT58-2011:18.2"),
        ("conduct-below", "TT58-2011:18.1"),
    ]
    assert told(tt58.title(GOOD, EXCELLENT)) == [
        ("conduct-reached", "TT58-2011:18.1"),
        ("learning-reached", "TT58-2011:18.1"),
    ]
    assert told(tt58.title(GOOD, AVERAGE)) == [("learning-below", "TT58-2011:18.2")]


def test_titles_can_be_switched_off():
    assert tt58.title(GOOD, EXCELLENT, Options(year_end_titles=False)).title is None
