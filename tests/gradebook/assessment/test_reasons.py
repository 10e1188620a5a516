"""The reasons of a result, in reading order: what carried it, what was adjusted, what was missed."""

from decimal import Decimal

import pytest

from gradebook.assessment import tt22, tt58
from gradebook.assessment.reasons import ReasonCode
from gradebook.assessment.scales import (
    CommentResult,
)
from tests.gradebook.assessment.reasons import (
    ANCHORS,
    academic,
    conduct,
    learning,
    primary,
)


def told(reasons):
    """The codes with the levels they speak of, in reading order."""
    return [f"{reason.code.value} {reason.level.value if reason.level else ''}".strip() for reason in reasons]


def test_a_level_of_tt22_reads_from_what_was_reached_to_what_was_missed():
    assert told(learning(*["8.0"] * 5, "7.0", "7.0", "4.0")) == [
        "level-reached Đạt",
        "comments-within Đạt",
        "lowest-subject Đạt",
        "enough-subjects Đạt",
        "adjusted Khá",
        "subject-below Tốt",
        "too-few-subjects Tốt",
        "nearest-subject Tốt",
    ]


def test_a_level_of_tt58_reads_from_what_was_reached_to_what_was_missed():
    assert told(academic(*["7.9"] * 7, "4.9", failed=1, specialised="tin-hoc")) == [
        "level-reached Yếu",
        "overall-reached Yếu",
        "lowest-subject Yếu",
        "specialised-below Trung bình",
        "comment-not-passed Trung bình",
    ]
    assert told(academic(*["9.5"] * 7, "4.9")) == [
        "level-reached Trung bình",
        "overall-reached Trung bình",
        "anchor-reached Trung bình",
        "lowest-subject Trung bình",
        "comments-within Trung bình",
        "adjusted Khá",
        "subject-below Giỏi",
    ]
    assert told(academic(*["7.0"] * 8)) == [
        "level-reached Khá",
        "overall-reached Khá",
        "anchor-reached Khá",
        "lowest-subject Khá",
        "comments-within Khá",
        "overall-below Giỏi",
        "no-anchor Giỏi",
    ]


def test_what_the_circular_leaves_open_says_why_the_level_is_the_lowest():
    assert told(academic(*["9.5"] * 7, "1.9")) == [
        "level-reached Kém",
        "not-listed Giỏi",
        "subject-below Yếu",
    ]


@pytest.mark.parametrize(
    ("texts", "failed", "point", "level"),
    [
        (["9.0"] * 7 + ["4.9"], 0, "a", "Khá"),
        (["9.0"] * 7 + ["3.4"], 0, "b", "Trung bình"),
        (["9.0"] * 8, 1, "b", "Trung bình"),
        (["7.9", "7.9", "7.9", *["10.0"] * 4, "3.4"], 0, "b", "Trung bình"),
        (["7.5"] * 7 + ["3.4"], 0, "c", "Trung bình"),
        (["7.5"] * 7 + ["1.9"], 0, "d", "Yếu"),
    ],
)
def test_an_adjustment_of_tt58_names_its_point(texts, failed, point, level):
    (adjusted,) = [reason for reason in academic(*texts, failed=failed) if reason.code is ReasonCode.ADJUSTED]
    assert (adjusted.clause.code, adjusted.level.value) == (f"TT58-2011:13.6.{point}", level)


def test_the_specialised_subject_carries_a_level_or_keeps_it_away():
    codes = told(academic(*["8.5"] * 7, "7.9", specialised="tin-hoc"))
    assert codes[3] == "specialised-reached Khá"
    assert codes[-1] == "specialised-below Giỏi"


def test_reaching_the_top_misses_nothing():
    assert {reason.level.value for reason in learning(*["9.0"] * 8)} == {"Tốt"}
    assert {reason.level.value for reason in academic(*["9.0"] * 8)} == {"Giỏi"}
    assert told(primary()) == ["level-reached HTXS", "lowest-test HTXS"]


@pytest.mark.parametrize(
    ("first", "second", "needed"),
    [
        ("Tốt", "Khá", ["Tốt"]),
        ("Đạt", "Khá", ["Khá", "Tốt"]),
        ("Đạt", "Đạt", ["Tốt", "Khá"]),
        ("Chưa đạt", "Đạt", ["Tốt", "Tốt"]),
        ("Chưa đạt", "Khá", ["Đạt", "Tốt"]),
        ("Tốt", "Chưa đạt", ["Đạt"]),
        ("Đạt", "Tốt", ["Khá"]),
        ("Khá", "Tốt", []),
    ],
)
def test_a_missed_conduct_says_what_either_semester_would_have_needed(first, second, needed):
    missed = conduct(first, second)[3:]
    assert [reason.threshold.word for reason in missed] == needed


def test_one_failed_comment_subject_does_not_keep_a_pupil_from_passing():
    assert "comment-not-passed Đạt" not in told(learning(*["4.9"] * 8, failed=1))
    assert told(learning(*["4.9"] * 8, failed=2)).count("comment-not-passed Đạt") == 2


def test_what_keeps_a_level_of_tt58_away_is_told_with_its_marks():
    missed = [reason.as_data() for reason in academic(*["9.0"] * 6, "4.9", "4.8", failed=2)][3:]
    clause = {"clause": "TT58-2011:13.3", "level": "Trung bình"}
    failed = {"code": "comment-not-passed", **clause, "value": "Chưa đạt", "threshold": "Đạt"}
    assert missed == [{**failed, "subject": subject} for subject in ("gdtc", "nghe-thuat")]
    below = academic(*["9.0"] * 6, "4.9", "4.8")[-2:]
    assert [(reason.subject, str(reason.value), str(reason.threshold)) for reason in below] == [
        ("tin-hoc", "4.8", "5.0"),
        ("cong-nghe", "4.9", "5.0"),
    ]
    within = academic(*["9.0"] * 8)[4]
    assert (within.code, within.value, within.threshold) == (ReasonCode.COMMENTS_WITHIN, 0, 0)


def test_without_an_anchor_subject_the_level_wants_one():
    reasons = tt58.academic_level({"khac": Decimal(9)}, {}, ANCHORS).reasons
    (missing,) = [reason for reason in reasons if reason.code is ReasonCode.NO_ANCHOR]
    assert missing.as_data() == {
        "code": "no-anchor",
        "clause": "TT58-2011:13.3",
        "level": "Trung bình",
        "threshold": "5.0",
    }


@pytest.mark.parametrize(("mark", "level"), [("9.0", 1), ("7.0", 2), ("5.5", 3), ("4.0", 4), ("1.0", 5)])
def test_each_level_of_tt58_has_its_paragraph(mark, level):
    assert academic(*[mark] * 8)[0].clause.code == f"TT58-2011:13.{level}"


@pytest.mark.parametrize("given", [("b", "a", "c"), ("a", "c", "b"), ("c", "b", "a")])
def test_of_equal_subjects_the_first_by_name_is_told(given):
    low = dict.fromkeys(given, Decimal("6.6")) | {f"x{n}": Decimal("9.0") for n in range(5)}
    passed = dict.fromkeys(given, CommentResult.NOT_PASSED)
    reasons = tt22.learning_level(low, passed).reasons
    assert [reason.subject for reason in reasons if reason.subject] == ["a", "b", "c"]
    carried = tt22.learning_level(low, {}).reasons
    assert [reason.subject for reason in carried if reason.subject] == ["a", "a"]
    former = tt58.academic_level(low, {}, frozenset(given)).reasons
    assert [reason.subject for reason in former if reason.subject] == ["a", "a", "a"]
    failed = tt58.academic_level(dict.fromkeys(given, Decimal(9)), passed, frozenset(given)).reasons
    assert [reason.subject for reason in failed if reason.subject] == ["a", "a", "b", "c"]
    dark = dict.fromkeys(given, Decimal("4.0"))
    told_below = [reason.subject for reason in tt22.learning_level(dark, {}).reasons if reason.subject]
    assert told_below == ["a", "b", "c"]
    below = tt58.academic_level(dict.fromkeys(given, Decimal("1.9")), passed, frozenset(given)).reasons
    assert [reason.subject for reason in below if reason.subject] == ["a", "b", "c"]
