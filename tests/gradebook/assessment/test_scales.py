"""Scales are ordered within themselves and never equal to, or compared with, another scale."""

import pytest

from gradebook.assessment.awards import Title
from gradebook.assessment.cells import MarkFault, MarkKind
from gradebook.assessment.promotion import PromotionStatus
from gradebook.assessment.scales import (
    AcademicLevel,
    CommentResult,
    ConductLevel,
    FormerConductLevel,
    LearningLevel,
    PrimaryResult,
    Scale,
    SubjectLevel,
    TraitLevel,
)
from gradebook.assessment.schemes import AdjustmentReading, Circular
from gradebook.assessment.tt27 import PrimaryStatus, PrincipalDecision

WORDS = {
    SubjectLevel: "C Chưa hoàn thành, H Hoàn thành, T Hoàn thành tốt",
    TraitLevel: "C Cần cố gắng, Đ Đạt, T Tốt",
    PrimaryResult: "CHT Chưa hoàn thành, HT Hoàn thành, HTT Hoàn thành tốt, HTXS Hoàn thành xuất sắc",
    CommentResult: "CĐ Chưa đạt, Đ Đạt",
    ConductLevel: "CĐ Chưa đạt, Đ Đạt, K Khá, T Tốt",
    FormerConductLevel: "Y Yếu, TB Trung bình, K Khá, T Tốt",
}
CODES = {
    LearningLevel: "Chưa đạt, Đạt, Khá, Tốt",
    AcademicLevel: "Kém, Yếu, Trung bình, Khá, Giỏi",
}
STABLE = {
    MarkFault: "not-a-number out-of-range too-many-decimals zero",
    MarkKind: "regular periodic midterm final semester",
    PromotionStatus: "promoted summer_training summer_retest retained",
    PrimaryStatus: "completed_promoted support_then_reassess awaiting_principal not_completed_promoted retained",
    PrincipalDecision: "promote retain",
    AdjustmentReading: "replacement removal",
    Circular: "TT27-2020 TT22-2021 TT58-2011 TT58-2020",
}


def test_codes_and_words_are_those_of_the_circulars():
    for scale, written in WORDS.items():
        assert ", ".join(f"{level.value} {level.word}" for level in scale) == written
    for scale, written in CODES.items():
        assert ", ".join(level.value for level in scale) == written
        assert all(level.word == level.value for level in scale)
    for codes, written in STABLE.items():
        assert " ".join(code.value for code in codes) == written


def test_titles_are_worded_as_in_the_circulars():
    assert [title.value for title in Title] == [
        "Học sinh Xuất sắc",
        "Học sinh Giỏi",
        "Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện",
        "Học sinh giỏi",
        "Học sinh tiên tiến",
    ]


def test_levels_are_ordered_from_the_lowest():
    assert sorted(LearningLevel, reverse=True)[0] is LearningLevel.GOOD
    assert PrimaryResult.COMPLETED.above() is PrimaryResult.WELL_COMPLETED
    assert PrimaryResult.COMPLETED.above(3) is None


def test_scales_that_share_letters_are_different():
    same_letters: set[Scale] = {SubjectLevel("T"), TraitLevel("T"), LearningLevel.GOOD, ConductLevel.GOOD}
    assert len(same_letters) == 4
    with pytest.raises(TypeError):
        assert SubjectLevel.NOT_COMPLETED < TraitLevel.GOOD


def test_a_level_is_read_by_code_or_word():
    assert TraitLevel.parse("C") is TraitLevel.parse("Cần cố gắng")
    assert SubjectLevel.parse("C").word == "Chưa hoàn thành"
    with pytest.raises(ValueError, match="TraitLevel"):
        TraitLevel.parse("H")
