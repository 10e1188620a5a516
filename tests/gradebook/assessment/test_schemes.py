"""A scheme's code is stable: what it composes it reads back, and an unknown code is refused."""

from itertools import product

import pytest

from gradebook.assessment import schemes
from gradebook.assessment.schemes import AdjustmentReading, Circular, Options, Scheme, UnknownScheme

YES_OR_NO = (True, False)
TT22_OPTIONS = [
    Options(reading, comments, thematic, both, year_end_titles=titles)
    for reading in AdjustmentReading
    for comments, thematic, both, titles in product(YES_OR_NO, YES_OR_NO, YES_OR_NO, YES_OR_NO)
]


def test_a_composed_code_is_read_back():
    codes = {Scheme(Circular.TT22_2021, options).code: options for options in TT22_OPTIONS}
    assert len(codes) == len(TT22_OPTIONS) == 32
    assert {code: schemes.parse(code).options for code in codes} == codes


@pytest.mark.parametrize(
    ("code", "options"),
    [
        ("TT22-2021+removal", Options(adjustment=AdjustmentReading.REMOVAL)),
        ("TT22-2021+scored-only", Options(comment_subjects_adjust=False)),
        ("TT58-2011+scored-only", Options(comment_subjects_adjust=False)),
        ("TT58-2020+scored-only", Options(comment_subjects_adjust=False)),
        ("TT22-2021+thematic-included", Options(thematic_mark_is_additional=False)),
        ("TT22-2021+retest-after-both", Options(retest_after_both_failed=True)),
        ("TT27-2020+zero", Options(zero_in_primary=True)),
        ("TT27-2020+no-titles", Options(year_end_titles=False)),
        ("TT22-2021+no-titles", Options(year_end_titles=False)),
        ("TT58-2011+no-titles", Options(year_end_titles=False)),
        ("TT58-2020+no-titles", Options(year_end_titles=False)),
        ("TT22-2021+no-titles+removal", Options(AdjustmentReading.REMOVAL, year_end_titles=False)),
    ],
)
def test_a_code_keeps_its_meaning(code, options):
    scheme = schemes.parse(code)
    assert (scheme.circular.value, scheme.options) == (code.partition("+")[0], options)
    assert scheme.code == code


@pytest.mark.parametrize("word", ["removal", "scored-only", "thematic-included", "retest-after-both"])
def test_a_choice_that_the_circular_does_not_leave_open_is_refused(word):
    with pytest.raises(UnknownScheme):
        schemes.parse(f"TT27-2020+{word}")


@pytest.mark.parametrize("word", ["removal", "thematic-included", "retest-after-both", "zero"])
def test_nor_is_one_of_another_circular_under_tt58(word):
    with pytest.raises(UnknownScheme):
        schemes.parse(f"TT58-2020+{word}")


@pytest.mark.parametrize("circular", Circular)
def test_the_plain_code_is_the_circular_with_its_defaults(circular):
    assert schemes.parse(circular.value) == Scheme(circular)
    assert Scheme(circular).code == circular.value


@pytest.mark.parametrize(
    "code", ["", "TT22", "TT22-2021+", "TT22-2021+zero", "TT22-2021+x", "TT27-2020+removal"]
)
def test_an_unknown_code_is_refused(code):
    with pytest.raises(UnknownScheme):
        schemes.parse(code)


# The first school years of the present circulars, by grade.
ROADMAP = {1: 2020, 2: 2021, 3: 2022, 4: 2023, 5: 2024}
ROADMAP |= {6: 2021, 7: 2022, 8: 2023, 9: 2024, 10: 2022, 11: 2023, 12: 2024}


@pytest.mark.parametrize("grade", range(1, 13))
def test_the_circular_in_force_follows_the_roadmap(grade):
    circular = Circular.TT27_2020 if grade <= 5 else Circular.TT22_2021
    assert schemes.in_force(grade, ROADMAP[grade]) is schemes.in_force(grade, 2030) is circular
    if grade <= 5:
        with pytest.raises(UnknownScheme, match="TT 27"):
            schemes.in_force(grade, ROADMAP[grade] - 1)
    else:
        assert schemes.in_force(grade, ROADMAP[grade] - 1) is Circular.TT58_2020
        assert schemes.in_force(grade, 2020) is Circular.TT58_2020
        assert schemes.in_force(grade, 2019) is Circular.TT58_2011


@pytest.mark.parametrize("grade", [0, 13])
def test_there_is_no_circular_for_other_grades(grade):
    with pytest.raises(UnknownScheme, match="no grade"):
        schemes.in_force(grade, 2024)
