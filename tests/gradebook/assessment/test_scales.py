"""Scales are ordered within themselves and never equal to, or compared with, another scale."""

import pytest

from gradebook.assessment.scales import (
    ConductLevel,
    LearningLevel,
    PrimaryResult,
    Scale,
    SubjectLevel,
    TraitLevel,
)


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
