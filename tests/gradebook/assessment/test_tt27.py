"""TT 27/2020 Điều 7, 9, 11, 13: scores, the year's result, completion, titles."""

from dataclasses import replace
from itertools import product

import pytest

from gradebook.assessment import tt27
from gradebook.assessment.awards import Title
from gradebook.assessment.cells import InvalidMark, MarkFault
from gradebook.assessment.reasons import ReasonCode
from gradebook.assessment.scales import PrimaryResult, SubjectLevel, TraitLevel
from gradebook.assessment.schemes import Options
from gradebook.assessment.tt27 import Completion, PrimaryStatus, PrincipalDecision, YearEndValues

T, H, C = SubjectLevel("T"), SubjectLevel("H"), SubjectLevel("C")
GOOD, JUST, EFFORT = TraitLevel("T"), TraitLevel("Đ"), TraitLevel("C")
EXCELLENT, WELL, COMPLETED, NOT_COMPLETED = reversed(PrimaryResult)


def year(subjects=T, traits=GOOD, tests=10):
    """A year with one subject, trait and test as given and the others at their best."""
    return YearEndValues(
        {"toan": subjects, "tieng-viet": T},
        {"nhan-ai": traits, "tinh-toan": GOOD},
        {"toan": tests, "tieng-viet": 10},
    )


@pytest.mark.parametrize(
    ("values", "level"),
    [
        (year(tests=9), EXCELLENT),
        (year(tests=8), WELL),
        (year(tests=7), WELL),
        (year(tests=6), COMPLETED),
        (year(tests=5), COMPLETED),
        (year(tests=4), NOT_COMPLETED),
        (year(subjects=H), COMPLETED),
        (year(subjects=C), NOT_COMPLETED),
        (year(traits=JUST), COMPLETED),
        (year(traits=EFFORT), NOT_COMPLETED),
        (year(subjects=H, traits=JUST, tests=5), COMPLETED),
    ],
)
def test_the_year_is_as_good_as_its_weakest_value(values, level):
    assert tt27.year_result(values).level is level


def test_the_missed_level_names_every_obstacle():
    result = tt27.year_result(year(subjects=H, traits=JUST, tests=6))
    missed = {(reason.code, reason.subject) for reason in result.reasons if reason.level is WELL}
    assert missed == {
        (ReasonCode.SUBJECT_LEVEL_BELOW, "toan"),
        (ReasonCode.TRAIT_BELOW, "nhan-ai"),
        (ReasonCode.TEST_BELOW, "toan"),
    }


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        (year(subjects=None), ("subjects:toan",)),
        (year(traits=None), ("traits:nhan-ai",)),
        (year(tests=None, subjects=C), ("tests:toan",)),
    ],
)
def test_a_missing_value_leaves_the_year_open(values, missing):
    result = tt27.year_result(values)
    assert (result.level, result.missing) == (None, missing)


@pytest.mark.parametrize("part", ["subjects", "traits", "tests"])
def test_a_year_without_subjects_traits_or_tests_has_no_level(part):
    result = tt27.year_result(replace(year(), **{part: {}}))
    assert (result.level, [reason.code for reason in result.reasons]) == (None, [ReasonCode.NOTHING_ASSESSED])


def test_a_better_value_never_lowers_the_year():
    def level(*values):
        return tt27.year_result(year(*values)).level

    for subject, trait, test in product(SubjectLevel, TraitLevel, range(11)):
        now = level(subject, trait, test)
        assert now <= level(subject.above() or subject, trait, test)
        assert now <= level(subject, trait.above() or trait, test)
        assert now <= level(subject, trait, min(10, test + 1))


def test_the_order_of_values_never_matters():
    names = ("toan", "dao-duc", "khoa-hoc")

    def result_of(names):
        fill = dict.fromkeys
        return tt27.year_result(YearEndValues(fill(names, C), fill(names, EFFORT), fill(names, 4)))

    result = result_of(names)
    assert result_of(names[::-1]) == result
    assert told(result.reasons)[0] == "level-reached TT27-2020:9.2.a CHT"
    assert [reason.subject for reason in result.reasons[1:]] == [*sorted(names)] * 3


def test_the_lowest_test_is_told():
    values = replace(year(), tests={"toan": 8, "tieng-viet": 9, "khoa-hoc": 7, "ngoai-ngu-1": 7})
    lowest = tt27.year_result(values).reasons[1]
    assert (lowest.code, lowest.subject, lowest.value) == (ReasonCode.LOWEST_TEST, "khoa-hoc", 7)


@pytest.mark.parametrize("typed", ["1", "5", " 10 "])
def test_a_whole_score_is_accepted(typed):
    assert tt27.parse_score(typed) == int(typed)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("7.5", MarkFault.TOO_MANY_DECIMALS),
        ("7,0", MarkFault.TOO_MANY_DECIMALS),
        ("11", MarkFault.OUT_OF_RANGE),
        ("-1", MarkFault.OUT_OF_RANGE),
        ("", MarkFault.NOT_A_NUMBER),
        ("T", MarkFault.NOT_A_NUMBER),
        ("0", MarkFault.ZERO),
    ],
)
def test_another_score_is_refused_with_its_fault(typed, fault):
    with pytest.raises(InvalidMark) as refused:
        tt27.parse_score(typed)
    assert refused.value.fault is fault


def test_a_school_may_accept_zero():
    assert tt27.parse_score("0", Options(zero_in_primary=True)) == 0


@pytest.mark.parametrize("result", [EXCELLENT, WELL, COMPLETED])
def test_a_completed_year_moves_up(result):
    assert tt27.promotion(2, result).status is PrimaryStatus.COMPLETED_PROMOTED


@pytest.mark.parametrize(("grade", "completion"), [(4, Completion.GRADE), (5, Completion.PRIMARY)])
def test_the_transcript_certifies_the_grade_or_the_school(grade, completion):
    assert completion.value == f"Hoàn thành chương trình {'lớp học' if grade == 4 else 'tiểu học'}"
    assert tt27.promotion(grade, COMPLETED).completion is completion
    assert tt27.promotion(grade, NOT_COMPLETED, COMPLETED).completion is completion
    assert tt27.promotion(grade, NOT_COMPLETED, NOT_COMPLETED, PrincipalDecision.PROMOTE).completion is None


@pytest.mark.parametrize(
    ("after_support", "decision", "status"),
    [
        (None, None, PrimaryStatus.SUPPORT_THEN_REASSESS),
        (COMPLETED, None, PrimaryStatus.COMPLETED_PROMOTED),
        (NOT_COMPLETED, None, PrimaryStatus.AWAITING_PRINCIPAL),
        (NOT_COMPLETED, PrincipalDecision.PROMOTE, PrimaryStatus.NOT_COMPLETED_PROMOTED),
        (NOT_COMPLETED, PrincipalDecision.RETAIN, PrimaryStatus.RETAINED),
    ],
)
def test_only_the_principal_decides_after_support_failed(after_support, decision, status):
    assert tt27.promotion(2, NOT_COMPLETED, after_support, decision).status is status


def told(reasons):
    shown = [(reason.code.value, reason.clause, reason.level or reason.value) for reason in reasons]
    return [
        " ".join([code, clause.code, level.value if level else ""]).strip() for code, clause, level in shown
    ]


def test_a_promotion_tells_each_step():
    first = "result-below TT27-2020:11.1.b CHT"
    support = "after-support TT27-2020:11.1.b"
    assert told(tt27.promotion(1, COMPLETED).reasons) == ["level-reached TT27-2020:11.1.a HT"]
    assert told(tt27.promotion(1, NOT_COMPLETED).reasons) == [first]
    assert told(tt27.promotion(1, NOT_COMPLETED, WELL).reasons) == [first, f"{support} HTT"]
    waiting = tt27.promotion(1, NOT_COMPLETED, NOT_COMPLETED).reasons
    assert told(waiting) == [first, f"{support} CHT", "principal-to-decide TT27-2020:11.1.c"]
    decided = tt27.promotion(1, NOT_COMPLETED, NOT_COMPLETED, PrincipalDecision.RETAIN).reasons
    assert told(decided) == [first, f"{support} CHT", "principal-decided TT27-2020:11.1.c"]
    assert [reason.threshold for reason in decided] == [COMPLETED, COMPLETED, None]


@pytest.mark.parametrize(
    ("result", "outstanding", "recognised", "codes"),
    [
        (EXCELLENT, False, False, ["level-reached HTXS"]),
        (WELL, True, True, ["level-reached HTT", "outstanding", "recognised"]),
        (WELL, False, True, ["not-outstanding"]),
        (WELL, True, False, ["not-recognised"]),
        (COMPLETED, False, False, ["result-below HT", "not-outstanding", "not-recognised"]),
    ],
)
def test_a_title_tells_what_it_rests_on_or_what_is_missing(result, outstanding, recognised, codes):
    award = tt27.award(result, outstanding_or_progress=outstanding, class_recognised=recognised)
    assert [text.replace(" TT27-2020:13.1.a", "") for text in told(award.reasons)] == codes


@pytest.mark.parametrize(
    ("result", "outstanding", "recognised", "title"),
    [
        (EXCELLENT, False, False, Title.EXCELLENT),
        (WELL, True, True, Title.EXEMPLARY),
        (WELL, False, True, None),
        (WELL, True, False, None),
        (COMPLETED, True, True, None),
    ],
)
def test_titles(result, outstanding, recognised, title):
    award = tt27.award(result, outstanding_or_progress=outstanding, class_recognised=recognised)
    assert award.title is title
    assert award.reasons


def test_titles_can_be_switched_off():
    off = Options(year_end_titles=False)
    award = tt27.award(EXCELLENT, outstanding_or_progress=True, class_recognised=True, options=off)
    assert (award.title, told(award.reasons)) == (None, ["titles-switched-off TT27-2020:13.1.a"])
