"""A scheme's code is stable: what it composes it reads back, and an unknown code is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradebook.assessment import schemes
from gradebook.assessment.schemes import AdjustmentReading, Circular, Options, Scheme, UnknownScheme

TT22_OPTIONS = st.builds(
    Options,
    adjustment=st.sampled_from(AdjustmentReading),
    comment_subjects_adjust=st.booleans(),
    thematic_mark_is_additional=st.booleans(),
    retest_after_both_failed=st.booleans(),
    year_end_titles=st.booleans(),
)


@given(TT22_OPTIONS)
def test_a_composed_code_is_read_back(options):
    scheme = Scheme(Circular.TT22_2021, options)
    assert schemes.parse(scheme.code) == scheme


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


@pytest.mark.parametrize(
    ("grade", "year", "circular"),
    [
        (1, 2020, Circular.TT27_2020),
        (5, 2024, Circular.TT27_2020),
        (6, 2021, Circular.TT22_2021),
        (9, 2023, Circular.TT58_2020),
        (9, 2024, Circular.TT22_2021),
        (10, 2022, Circular.TT22_2021),
        (12, 2019, Circular.TT58_2011),
        (12, 2020, Circular.TT58_2020),
    ],
)
def test_the_circular_in_force_follows_the_roadmap(grade, year, circular):
    assert schemes.in_force(grade, year) is circular


@pytest.mark.parametrize(("grade", "year"), [(5, 2023), (0, 2024), (13, 2024)])
def test_there_is_no_circular_for_other_grades_and_years(grade, year):
    with pytest.raises(UnknownScheme):
        schemes.in_force(grade, year)
