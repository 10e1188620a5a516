"""The package and a second opinion agree on whole small worlds (ASSESSMENT_WORLDS=all: on all of them).

By default a sample of fixed seed is looked at, in the ordinary time of a test. All of it:

    ASSESSMENT_WORLDS=all python -m pytest tests/gradebook/assessment/test_worlds.py

takes some ten minutes: 381 040 years of TT 22 and 861 816 of TT 58.
The order of subjects is proved irrelevant elsewhere, so a world holds multisets of marks.
"""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import chain, combinations_with_replacement, product

import pytest

from gradebook.assessment import tt22, tt27, tt58
from gradebook.assessment.scales import (
    AcademicLevel,
    ConductLevel,
    FormerConductLevel,
    LearningLevel,
    PrimaryResult,
    SubjectLevel,
    TraitLevel,
)
from gradebook.assessment.schemes import AdjustmentReading, Circular, Options
from tests.gradebook.assessment import second_opinion as second
from tests.gradebook.assessment.builders import assert_truthful, comments
from tests.gradebook.assessment.worlds import ALL, TT22_MARKS, TT58_MARKS, drawn, looked_at

OPTIONS = {
    (removal, with_comments): Options(
        adjustment=AdjustmentReading.REMOVAL if removal else AdjustmentReading.REPLACEMENT,
        comment_subjects_adjust=with_comments,
    )
    for removal, with_comments in product((False, True), repeat=2)
}
COMMENTS = [comments(failed) for failed in range(4)]


def decimals(tenths, names="abcdefghijkl"):
    return {name: Decimal(mark) / 10 for name, mark in zip(names, tenths, strict=False)}


def tt22_world(choose):
    """Every year of 5 to 9 scored subjects, 0 to 3 failed comment subjects, in each of the four readings."""
    for size in range(5, 10):
        for marks in choose(TT22_MARKS, size):
            yield from product([marks], range(4), OPTIONS)


def test_tt22_learning_levels_agree(record_property):
    count = 0
    for count, (marks, failed, reading) in enumerate(looked_at(tt22_world, 300), start=1):  # noqa: B007
        result = tt22.learning_level(decimals(marks), COMMENTS[failed], OPTIONS[reading])
        assert result.level and result.base_level
        expected = second.tt22_base(marks, failed), second.tt22_level(marks, failed, *reading)
        assert (result.base_level.rank, result.level.rank) == expected, (marks, failed, reading)
        assert_truthful(result.reasons)
    record_property("worlds", count)


@cache
def tt22_rank(marks, failed, reading):
    level = tt22.learning_level(decimals(marks), COMMENTS[failed], OPTIONS[reading]).level
    assert level
    return level.rank


def test_no_better_mark_lowers_a_level_of_tt22():
    for marks, failed, reading in looked_at(tt22_world, 60):
        now = tt22_rank(marks, failed, reading)
        assert all(now <= tt22_rank(better, failed, reading) for better in raised(marks, TT22_MARKS))
        assert now <= tt22_rank(marks, max(0, failed - 1), reading)


def raised(marks, values):
    """The marks with one of them at the next value, for each different mark."""
    for mark in set(marks) - {values[-1]}:
        place = marks.index(mark)
        yield tuple(sorted((*marks[:place], values[values.index(mark) + 1], *marks[place + 1 :])))


ANCHORS = {
    Circular.TT58_2011: ("toan", "ngu-van"),
    Circular.TT58_2020: ("toan", "ngu-van", "ngoai-ngu"),
}


def tt58_world(choose):
    """Every year of 6 scored subjects in both versions and readings, and every year of one subject beside the
    anchors and a specialised one, each with 0 to 2 failed comment subjects.
    """
    yield from tt58_years(choose, 6, 1)


def tt58_large_world(choose):
    yield from tt58_years(choose, 12, 9)


def tt58_years(choose, size, beside_special):
    for circular, anchors in ANCHORS.items():
        ordinary = pairs(choose, len(anchors), size - len(anchors), ())
        special = pairs(choose, len(anchors), beside_special, choose(TT58_MARKS, 1))
        for pupil in chain(ordinary, special):
            yield from ((circular, pupil, True), (circular, replace(pupil, failed=2), True))
            yield from product([circular], [replace(pupil, failed=1)], (True, False))


def pairs(choose, anchors, others, special):
    specials = [mark for (mark,) in special] or [None]
    for first in choose(TT58_MARKS, anchors):
        for other, mark in product(choose(TT58_MARKS, others), specials):
            yield second.Pupil58(first, other, mark)


def tt58_result(circular, pupil, with_comments):
    scored = decimals(pupil.anchors, ANCHORS[circular]) | decimals(pupil.others)
    if pupil.special is not None:
        scored["special"] = Decimal(pupil.special) / 10
    anchors, specialised = tt58.ANCHORS[circular], "special" if "special" in scored else None
    options = OPTIONS[False, with_comments]
    return tt58.academic_level(scored, COMMENTS[pupil.failed], anchors, specialised, options)


def test_tt58_academic_levels_agree(record_property):
    count = 0
    worlds = chain(looked_at(tt58_world, 200), drawn(tt58_large_world, 100_000 if ALL else 100))
    for count, (circular, pupil, with_comments) in enumerate(worlds, start=1):  # noqa: B007
        result = tt58_result(circular, pupil, with_comments)
        assert result.base_level and result.overall == Decimal(pupil.mean) / 10
        ours = result.base_level.rank, result.level.rank if result.level else second.BY_HAND
        assert ours == second.tt58_level(pupil, comments=with_comments), (circular, pupil, with_comments)
        assert_truthful(result.reasons)
    record_property("worlds", count)


def tt58_small_world(choose):
    yield from tt58_years(choose, 5, 1)


@cache
def tt58_levels(circular, pupil, with_comments):
    result = tt58_result(circular, pupil, with_comments)
    return result.base_level, result.level


def test_no_better_mark_lowers_a_level_of_tt58_but_khoan_6_may_fall_silent():
    """The exception: khoản 6 d raises Kém for a mean of Khá, and nothing raises it for a mean of Giỏi."""
    for circular, pupil, with_comments in looked_at(tt58_small_world, 60):
        base, level = tt58_levels(circular, pupil, with_comments)
        for better in raised_pupils(pupil):
            then_base, then = tt58_levels(circular, better, with_comments)
            assert then_base >= base
            silent = then is None and then_base is AcademicLevel.POOR and better.mean >= 80
            assert silent or level is None or then >= level, (circular, pupil, better)


def raised_pupils(pupil):
    yield from (replace(pupil, anchors=marks) for marks in raised(pupil.anchors, TT58_MARKS))
    yield from (replace(pupil, others=marks) for marks in raised(pupil.others, TT58_MARKS))
    if pupil.special is not None:
        yield from (replace(pupil, special=mark) for (mark,) in raised((pupil.special,), TT58_MARKS))
    if pupil.failed:
        yield replace(pupil, failed=pupil.failed - 1)


def named(values):
    return dict(zip("ab", values, strict=True))


def test_tt27_years_agree():
    two = combinations_with_replacement
    worlds = product(two(SubjectLevel, 2), two(TraitLevel, 2), two((4, 5, 6, 7, 8, 9), 2))
    for subjects, traits, tests in worlds:
        values = tt27.YearEndValues(named(subjects), named(traits), named(tests))
        expected = second.tt27_year(ranked(*subjects), ranked(*traits), tests)
        result = tt27.year_result(values)
        assert result.level is list(PrimaryResult)[expected], values
        assert_truthful(result.reasons)


def test_tt22_conduct_agrees():
    for first, other in product(ConductLevel, repeat=2):
        assert tt22.conduct_year(first, other).level.rank == second.tt22_conduct(first.rank, other.rank)


def ranked(*levels):
    return [None if level is None else level.rank for level in levels]


@pytest.mark.parametrize("both_go_on", [False, True])
def test_tt22_promotions_agree(both_go_on):
    conducts, levels = (None, *ConductLevel), (None, *LearningLevel)
    chosen = Options(retest_after_both_failed=both_go_on)
    for conduct, learning, absences, trained, retested in product(
        conducts, levels, (45, 46), conducts, levels
    ):
        year = tt22.YearEnd(conduct, learning, absences, trained, retested)
        promotion = tt22.promotion(year, chosen)
        assert_truthful(promotion.reasons)
        status = promotion.status
        ranks = ranked(conduct, learning, trained, retested)
        expected = second.tt22_promotion(ranks, absences, both_go_on=both_go_on)
        assert (status.value if status else None) == expected, year


def test_tt58_promotions_agree():
    conducts, levels = (None, *FormerConductLevel), (None, *AcademicLevel)
    for conduct, academic, absences, trained, retested in product(
        conducts, levels, (45, 46), conducts, levels
    ):
        year = tt58.YearEnd(conduct, academic, absences, trained, retested)
        promotion = tt58.promotion(year)
        assert_truthful(promotion.reasons)
        status = promotion.status
        ranks = ranked(conduct, academic, trained, retested)
        assert (status.value if status else None) == second.tt58_promotion(ranks, absences), year
