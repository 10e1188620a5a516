"""TT 22/2021 Điều 9 khoản 1 and TT 58/2011 Điều 11: averages and comment subjects."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given

from gradebook.assessment import tt22, tt58
from gradebook.assessment.averages import Average
from gradebook.assessment.cells import (
    AWAITING_MAKE_UP,
    EMPTY,
    ZERO_FOR_ABSENCE,
    CommentCell,
    Commented,
    MarkKind,
    Missing,
    Score,
)
from gradebook.assessment.comments import CommentOutcome
from tests.gradebook.assessment.builders import (
    NOT_PASSED,
    PASSED,
    filled_cells,
    marks,
    score,
    scores,
    seeds,
    unfilled,
)

YES, NO = Commented(PASSED), Commented(NOT_PASSED)


def test_midterm_counts_twice_and_final_three_times():
    assert tt22.semester_average(scores("8", "9"), score("7"), score("8")).value == Decimal("7.9")


def test_an_absence_without_reason_counts_as_zero():
    absent = tt22.semester_average((ZERO_FOR_ABSENCE, score("8")), score("7"), score("8"))
    assert absent == tt22.semester_average(scores("0", "8"), score("7"), score("8"))


def test_the_average_names_the_cells_it_waits_for():
    waiting = tt22.semester_average((score("8"), AWAITING_MAKE_UP), EMPTY, score("8"))
    assert waiting == Average(
        None, (Missing(MarkKind.REGULAR, 2, AWAITING_MAKE_UP), Missing(MarkKind.MIDTERM, 1, EMPTY))
    )


def test_each_missing_cell_is_named_by_its_column():
    kinds = [MarkKind.REGULAR, MarkKind.REGULAR, MarkKind.MIDTERM, MarkKind.FINAL]
    hole = AWAITING_MAKE_UP
    holes = [Missing(kind, number, hole) for kind, number in zip(kinds, (1, 2, 1, 1), strict=True)]
    assert list(tt22.semester_average((hole, hole), hole, hole).missing) == holes
    assert list(tt22.comment_subject_semester((hole, hole), hole, hole).missing) == holes
    assert list(tt58.comment_subject_semester((hole, hole), hole).missing) == [*holes[:2], holes[3]]
    former = [*holes[:2], Missing(MarkKind.PERIODIC, 1, hole), holes[3]]
    assert list(tt58.semester_average_before_2020((hole, hole), (hole,), hole).missing) == former


def test_an_average_never_rests_on_no_regular_mark():
    assert tt22.semester_average((), score("8"), score("8")).missing == (Missing(MarkKind.REGULAR, 1, EMPTY),)


def semester(cells):
    return tt22.semester_average(cells[:-2], cells[-2], cells[-1])


@given(filled_cells)
def test_the_average_is_the_exact_weighted_mean_rounded(cells):
    *regular, midterm, final = (int(cell.value * 10) if isinstance(cell, Score) else 0 for cell in cells)
    total, count = sum(regular) + 2 * midterm + 3 * final, len(regular) + 5
    assert semester(cells).value == Decimal((2 * total + count) // (2 * count)) / 10


@given(filled_cells, unfilled, seeds)
def test_a_missing_cell_never_becomes_a_number(cells, hole, seed):
    cells[seed % len(cells)] = hole
    average = semester(cells)
    assert (average.value, [missing.state for missing in average.missing]) == (None, [hole])


@given(filled_cells, marks, seeds)
def test_raising_a_mark_never_lowers_the_average(cells, mark, seed):
    before = semester(cells).value
    place = seed % len(cells)
    old = cells[place].value if isinstance(cells[place], Score) else Decimal(0)
    cells[place] = Score(max(old, mark))
    assert before <= semester(cells).value


def test_semester_two_counts_twice_in_the_year():
    assert tt22.year_average(Decimal("7.9"), Decimal("8.5")) == Decimal("8.3")


def test_a_subject_taught_in_one_semester_has_that_semesters_average():
    only = Average(Decimal("7.2"))
    assert tt22.subject_year(only, None) == tt22.subject_year(None, only) == only


def test_the_year_waits_for_a_semester_that_is_not_complete():
    year = tt22.subject_year(Average(Decimal("7.2")), Average(None))
    assert year == Average(None, (Missing(MarkKind.SEMESTER, 2, EMPTY),))


def test_a_subject_never_taught_has_no_year():
    with pytest.raises(ValueError, match="neither semester"):
        tt22.subject_year(None, None)
    with pytest.raises(ValueError, match="neither semester"):
        tt22.comment_subject_year(None, None)


def test_before_2020_each_periodic_test_counts_twice():
    average = tt58.semester_average_before_2020(scores("8", "7", "9"), scores("8", "7"), score("8"))
    assert average.value == Decimal("7.8")
    assert tt58.semester_average_before_2020((), (), score("8")).value is None
    for regular, periodic, final in product((0, 100), repeat=3):
        cells = [Score(Decimal(mark) / 10) for mark in (regular, periodic, final)]
        average = tt58.semester_average_before_2020([cells[0]] * 2, [cells[1]] * 2, cells[2])
        expected = 2 * (2 * regular + 4 * periodic + 3 * final) + 9
        assert average.value == Decimal(expected // 18) / 10


def test_a_mean_of_no_subjects_is_refused():
    with pytest.raises(ValueError, match="no subjects"):
        tt58.overall_average({})


def test_a_comment_subject_is_passed_when_every_assessment_is():
    cells: tuple[CommentCell, ...] = (YES, NO, ZERO_FOR_ABSENCE)
    for one, two, midterm, final in product(cells, cells, cells, cells):
        outcome = tt22.comment_subject_semester((one, two), midterm, final)
        assert outcome.result is (PASSED if [one, two, midterm, final] == [YES] * 4 else NOT_PASSED)


@pytest.mark.parametrize("hole", [EMPTY, AWAITING_MAKE_UP])
def test_a_missing_assessment_leaves_the_result_open_until_the_semester_closes(hole):
    assert tt22.comment_subject_semester((YES, hole), YES, YES).result is None
    assert tt22.comment_subject_semester((YES, hole), YES, YES, closed=True).result is NOT_PASSED
    assert tt58.comment_subject_semester((YES, hole), YES).result is None
    assert tt58.comment_subject_semester((YES, YES, hole), YES, closed=True).result is NOT_PASSED


def test_a_comment_result_never_rests_on_no_regular_assessment():
    hole = (Missing(MarkKind.REGULAR, 1, EMPTY),)
    assert tt22.comment_subject_semester((), YES, YES) == CommentOutcome(None, hole)
    assert tt22.comment_subject_semester((), YES, YES, closed=True) == CommentOutcome(NOT_PASSED, hole)
    assert tt58.comment_subject_semester((), YES) == CommentOutcome(None, hole)
    assert tt58.comment_subject_semester((), YES, closed=True) == CommentOutcome(NOT_PASSED, hole)


@pytest.mark.parametrize(
    ("others", "final", "result"),
    [((YES, NO), YES, PASSED), ((YES, YES), NO, NOT_PASSED), ((NO, NO, YES), YES, NOT_PASSED)],
)
def test_two_thirds_and_the_final_one_pass_under_tt58(others, final, result):
    assert tt58.comment_subject_semester(others, final).result is result


def test_the_year_of_a_comment_subject_is_semester_two():
    passed, failed = CommentOutcome(PASSED), CommentOutcome(NOT_PASSED)
    assert tt22.comment_subject_year(failed, passed) == passed
    assert tt22.comment_subject_year(passed, failed) == failed
    assert tt58.comment_subject_year(passed, None) == passed
