"""TT 22/2021 Điều 8, 12-15: conduct of the year, promotion, retests, awards."""

from decimal import Decimal
from functools import cache
from itertools import pairwise, product

import pytest
from hypothesis import given

from gradebook.assessment import tt22
from gradebook.assessment.awards import Title
from gradebook.assessment.reasons import ReasonCode
from gradebook.assessment.scales import ConductLevel, LearningLevel
from gradebook.assessment.schemes import Options
from gradebook.assessment.tt22 import PromotionStatus, YearEnd
from tests.gradebook.assessment.builders import (
    NOT_PASSED,
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

# Rows: semester I from Tốt down to Chưa đạt; columns: semester II likewise.
CONDUCT = """
Tốt  Khá Khá Chưa
Tốt  Khá Đạt Chưa
Khá  Khá Đạt Chưa
Khá  Đạt Đạt Chưa
"""
BEST_FIRST = tuple(reversed(ConductLevel))
LEARNED, NOT_LEARNED = LearningLevel.PASSED, LearningLevel.NOT_PASSED
BEHAVED, MISBEHAVED = ConductLevel.PASSED, ConductLevel.NOT_PASSED
AFTER_BOTH = Options(retest_after_both_failed=True)


def codes(reasons):
    return [reason.code for reason in reasons]


@pytest.mark.parametrize("row", range(4))
def test_conduct_of_the_year(row):
    for column in range(4):
        result = tt22.conduct_year(BEST_FIRST[row], BEST_FIRST[column])
        assert result.level.word.startswith(CONDUCT.split()[4 * row + column])
        assert [reason.value for reason in result.reasons[1:3]] == [BEST_FIRST[row], BEST_FIRST[column]]


def test_better_conduct_in_a_semester_never_lowers_the_year():
    for (worse, better), other in product(pairwise(ConductLevel), ConductLevel):
        assert tt22.conduct_year(worse, other).level <= tt22.conduct_year(better, other).level
        assert tt22.conduct_year(other, worse).level <= tt22.conduct_year(other, better).level


@pytest.mark.parametrize("chosen", [Options(), AFTER_BOTH])
def test_nothing_better_makes_a_pupil_stay(chosen):
    @cache
    def after(*year):
        return standing(tt22.promotion(YearEnd(*year), chosen))

    summers = [(None, None), *product(ConductLevel, (None, *LearningLevel))]
    for absences, summer in product((45, 46), summers):
        for (worse, better), learning in product(pairwise(ConductLevel), LearningLevel):
            assert after(worse, learning, absences, *summer) <= after(better, learning, absences, *summer)
        for (low, high), conduct in product(pairwise(LearningLevel), ConductLevel):
            assert after(conduct, low, absences, *summer) <= after(conduct, high, absences, *summer)
    for conduct, learning, summer in product(ConductLevel, LearningLevel, summers):
        assert after(conduct, learning, 46, *summer) <= after(conduct, learning, 45, *summer)


@pytest.mark.parametrize("chosen", [Options(), AFTER_BOTH])
def test_a_better_summer_never_makes_a_pupil_stay(chosen):
    @cache
    def after(*year):
        return standing(tt22.promotion(YearEnd(*year), chosen))

    for conduct, learning, other in product(ConductLevel, LearningLevel, ConductLevel):
        for worse, better in pairwise(LearningLevel):
            assert after(conduct, learning, 0, other, worse) <= after(conduct, learning, 0, other, better)
        for low, high in pairwise(ConductLevel):
            assert after(conduct, learning, 0, low) <= after(conduct, learning, 0, high)


@pytest.mark.parametrize(
    ("year", "status"),
    [
        (YearEnd(BEHAVED, LEARNED, 45), PromotionStatus.PROMOTED),
        (YearEnd(ConductLevel.GOOD, LearningLevel.GOOD, 46), PromotionStatus.RETAINED),
        (YearEnd(None, None, 46), PromotionStatus.RETAINED),
        (YearEnd(MISBEHAVED, LEARNED), PromotionStatus.SUMMER_TRAINING),
        (YearEnd(MISBEHAVED, LEARNED, 0, BEHAVED), PromotionStatus.PROMOTED),
        (YearEnd(MISBEHAVED, LEARNED, 0, MISBEHAVED), PromotionStatus.RETAINED),
        (YearEnd(MISBEHAVED, LEARNED, 46, BEHAVED), PromotionStatus.RETAINED),
        (YearEnd(BEHAVED, NOT_LEARNED), PromotionStatus.SUMMER_RETEST),
        (YearEnd(BEHAVED, NOT_LEARNED, 0, None, LEARNED), PromotionStatus.PROMOTED),
        (YearEnd(BEHAVED, NOT_LEARNED, 0, None, NOT_LEARNED), PromotionStatus.RETAINED),
        (YearEnd(MISBEHAVED, NOT_LEARNED), PromotionStatus.RETAINED),
        (YearEnd(MISBEHAVED, NOT_LEARNED, 0, BEHAVED, LEARNED), PromotionStatus.RETAINED),
    ],
)
def test_promotion(year, status):
    promotion = tt22.promotion(year)
    assert promotion.status is status
    assert promotion.reasons


@pytest.mark.parametrize(
    ("after_summer", "after_retest", "status"),
    [
        (None, None, PromotionStatus.SUMMER_TRAINING),
        (MISBEHAVED, None, PromotionStatus.RETAINED),
        (BEHAVED, None, PromotionStatus.SUMMER_RETEST),
        (BEHAVED, LEARNED, PromotionStatus.PROMOTED),
        (BEHAVED, NOT_LEARNED, PromotionStatus.RETAINED),
    ],
)
def test_a_school_may_let_pupils_who_failed_both_go_on(after_summer, after_retest, status):
    year = YearEnd(MISBEHAVED, NOT_LEARNED, 0, after_summer, after_retest)
    assert tt22.promotion(year, AFTER_BOTH).status is status


def told(promotion):
    wanted = {BEHAVED: "Đạt", LEARNED: "Đạt", 45: "45"}
    return [
        " ".join([reason.code.value, reason.clause.code, wanted.get(reason.threshold, "")]).strip()
        for reason in promotion.reasons
    ]


def test_a_promotion_tells_the_year_in_the_order_of_the_clause_and_then_the_summer():
    trained = YearEnd(MISBEHAVED, NOT_LEARNED, 0, BEHAVED, NOT_LEARNED)
    assert told(tt22.promotion(trained, AFTER_BOTH)) == [
        "conduct-below TT22-2021:12.1.a Đạt",
        "learning-below TT22-2021:12.1.b Đạt",
        "absences-within TT22-2021:12.1.c 45",
        "conduct-reached TT22-2021:13 Đạt",
        "learning-below TT22-2021:14 Đạt",
    ]
    assert told(tt22.promotion(trained))[3:] == ["both-below TT22-2021:14"]
    refused = tt22.promotion(YearEnd(MISBEHAVED, LEARNED, 0, MISBEHAVED))
    assert told(refused)[3:] == ["conduct-below TT22-2021:13 Đạt"]
    assert told(tt22.promotion(YearEnd(None, NOT_LEARNED, 46))) == [
        "learning-below TT22-2021:12.1.b Đạt",
        "absences-over TT22-2021:12.1.c 45",
    ]
    assert tt22.promotion(YearEnd(BEHAVED, LEARNED)).reasons[2].value == 0


def test_promotion_waits_for_results_that_are_open():
    assert tt22.promotion(YearEnd(BEHAVED, None)).missing == ("learning",)
    assert tt22.promotion(YearEnd(None, None)).missing == ("conduct", "learning")


def test_a_negative_number_of_absences_is_refused():
    with pytest.raises(ValueError, match="-1"):
        YearEnd(BEHAVED, LEARNED, -1)


WEAK = averages("6.0", "6.0", "6.0", "6.0", "6.0", "5.0", "4.9", "3.0")


def test_the_retest_list_is_every_subject_below_five_and_every_failed_comment():
    retest = tt22.retest_list(WEAK, comments(failed=1), YearEnd(BEHAVED, NOT_LEARNED))
    assert retest.subjects == ("cong-nghe", "tin-hoc", "gdtc")
    assert [(reason.code, reason.value, reason.threshold) for reason in retest.reasons] == [
        (ReasonCode.RETEST_OFFERED, Decimal("4.9"), Decimal("5.0")),
        (ReasonCode.RETEST_OFFERED, Decimal("3.0"), Decimal("5.0")),
        (ReasonCode.RETEST_OFFERED, NOT_PASSED, PASSED),
    ]


@pytest.mark.parametrize(
    ("year", "reason"),
    [
        (YearEnd(BEHAVED, LEARNED), "learning-reached TT22-2021:14 Đạt"),
        (YearEnd(BEHAVED, NOT_LEARNED, 46), "absences-over TT22-2021:12.1.c 45"),
        (YearEnd(MISBEHAVED, NOT_LEARNED), "conduct-below TT22-2021:14 Đạt"),
        (YearEnd(MISBEHAVED, NOT_LEARNED, 0, BEHAVED), "conduct-below TT22-2021:14 Đạt"),
    ],
)
def test_a_retest_that_is_not_offered_says_why(year, reason):
    retest = tt22.retest_list(WEAK, comments(), year)
    assert (retest.subjects, told(retest)) == ((), [reason])


@pytest.mark.parametrize("year", [YearEnd(None, NOT_LEARNED), YearEnd(BEHAVED, None)])
def test_an_open_year_has_no_retest_list_yet(year):
    retest = tt22.retest_list(WEAK, comments(), year)
    assert (retest.subjects, retest.reasons) == ((), ())


def test_with_that_choice_the_summer_training_still_comes_first():
    retest = tt22.retest_list(WEAK, comments(), YearEnd(MISBEHAVED, NOT_LEARNED), AFTER_BOTH)
    assert (retest.subjects, codes(retest.reasons)) == ((), [ReasonCode.CONDUCT_BELOW])


def test_after_summer_training_a_school_may_offer_the_retest():
    year = YearEnd(MISBEHAVED, NOT_LEARNED, 0, BEHAVED)
    assert tt22.retest_list(WEAK, comments(), year, AFTER_BOTH).subjects
    never_trained = YearEnd(BEHAVED, NOT_LEARNED, 45, MISBEHAVED)
    assert tt22.retest_list(WEAK, comments(), never_trained, AFTER_BOTH).subjects


def test_the_retest_result_replaces_the_year_average():
    after = tt22.after_retest(WEAK, comments(failed=2), {"tin-hoc": Decimal("3.5"), "gdtc": PASSED})
    assert after.level is LEARNED


@given(year_averages, comment_results, seeds, marks, marks)
def test_a_better_retest_never_hurts(scored, comment, seed, mark, other):
    low = [subject for subject in shuffled(scored, seed) if scored[subject] < 5]
    failed = {subject: PASSED for subject in comment if comment[subject] is NOT_PASSED}
    retests = [failed if not low else {low[0]: result} for result in sorted((mark, other))]
    worse, better = (tt22.after_retest(scored, comment, retaken).level for retaken in retests)
    now, passed = tt22.learning_level(scored, comment).level, tt22.after_retest(scored, comment, failed).level
    assert worse and better and worse <= better
    assert now and passed and now <= passed
    assert tt22.after_retest(scored, comment, {}) == tt22.learning_level(scored, comment)


def test_after_the_retest_article_9_applies_whole_with_its_adjustment():
    scored = averages(*["6.5"] * 6, "3.0", "2.0")
    assert tt22.learning_level(scored, comments()).level is NOT_LEARNED
    after = tt22.after_retest(scored, comments(), {"cong-nghe": Decimal("5.0")})
    assert (after.level, after.adjusted_by) == (LEARNED, "tin-hoc")


@pytest.mark.parametrize(
    "retaken",
    [
        {"toan": Decimal(9)},
        {"khtn": Decimal(9)},
        {"hdtn": PASSED},
        {"khac": Decimal(5)},
        {"tin-hoc": PASSED},
        {"gdtc": Decimal(5)},
    ],
)
def test_a_subject_that_may_not_be_retaken_is_refused(retaken):
    with pytest.raises(tt22.NotOnRetestList, match="may not be assessed again") as refused:
        tt22.after_retest(WEAK, comments(failed=1), retaken)
    assert refused.value.subject in retaken


@pytest.mark.parametrize(("nines", "title"), [(6, Title.EXCELLENT), (5, Title.GOOD), (0, Title.GOOD)])
def test_six_nines_make_the_higher_title(nines, title):
    scored = averages(*["9.0"] * nines, *["8.9"] * (8 - nines))
    award = tt22.award(ConductLevel.GOOD, LearningLevel.GOOD, scored)
    assert award.title is title
    assert codes(award.reasons)[:2] == [ReasonCode.CONDUCT_REACHED, ReasonCode.LEARNING_REACHED]
    assert award.reasons[2].as_data() == {
        "code": "enough-subjects" if nines >= 6 else "too-few-subjects",
        "clause": "TT22-2021:15.1.a",
        "value": nines,
        "threshold": "9.0",
        "needed": 6,
    }
    nearest = [reason for reason in award.reasons if reason.code is ReasonCode.NEAREST_SUBJECT]
    assert len(nearest) == 6 - nines


def test_the_nearest_subjects_to_nine_are_named():
    award = tt22.award(
        ConductLevel.GOOD, LearningLevel.GOOD, averages(*["9.0"] * 4, "8.0", "8.9", "8.8", "8.8")
    )
    assert [reason.as_data() for reason in award.reasons[3:]] == [
        {
            "code": "nearest-subject",
            "clause": "TT22-2021:15.1.a",
            "subject": subject,
            "value": value,
            "threshold": "9.0",
        }
        for subject, value in (("khtn", "8.9"), ("cong-nghe", "8.8"))
    ]


def test_a_title_needs_conduct_and_learning_both_good():
    award = tt22.award(ConductLevel.FAIR, LearningLevel.FAIR, averages(*["9.5"] * 8))
    assert award.title is None
    assert codes(award.reasons) == [ReasonCode.CONDUCT_BELOW, ReasonCode.LEARNING_BELOW]


def test_titles_can_be_switched_off():
    award = tt22.award(
        ConductLevel.GOOD, LearningLevel.GOOD, averages(*["9.5"] * 8), Options(year_end_titles=False)
    )
    assert (award.title, codes(award.reasons)) == (None, [ReasonCode.TITLES_SWITCHED_OFF])
