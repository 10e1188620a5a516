"""What a cell accepts; a bad mark is refused with its fault, never changed."""

from decimal import Decimal

import pytest

from gradebook.assessment.cells import InvalidMark, MarkFault, Score, parse_mark


@pytest.mark.parametrize(
    ("typed", "value"),
    [("8", "8"), ("8,5", "8.5"), (" 8.5 ", "8.5"), ("0", "0"), ("10,0", "10"), ("7.50", "7.5")],
)
def test_a_mark_is_read_with_comma_or_point(typed, value):
    assert parse_mark(typed).value == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", MarkFault.NOT_A_NUMBER),
        ("tám", MarkFault.NOT_A_NUMBER),
        ("1e1", MarkFault.NOT_A_NUMBER),
        ("٨", MarkFault.NOT_A_NUMBER),
        ("NaN", MarkFault.NOT_A_NUMBER),
        ("8.", MarkFault.NOT_A_NUMBER),
        ("-1", MarkFault.OUT_OF_RANGE),
        ("-0", MarkFault.OUT_OF_RANGE),
        ("10.1", MarkFault.OUT_OF_RANGE),
        (" 10,1", MarkFault.OUT_OF_RANGE),
        ("85", MarkFault.OUT_OF_RANGE),
        ("7.25", MarkFault.TOO_MANY_DECIMALS),
        ("7.4" + "9" * 40, MarkFault.TOO_MANY_DECIMALS),
    ],
)
def test_a_bad_mark_is_refused_with_its_fault(typed, fault):
    with pytest.raises(InvalidMark) as refused:
        parse_mark(typed)
    assert refused.value.fault is fault
    assert refused.value.text == typed


def test_a_school_can_ask_for_whole_numbers():
    assert parse_mark("8.0", decimals=0).value == 8
    with pytest.raises(InvalidMark):
        parse_mark("8.5", decimals=0)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("NaN", "not-a-number"),
        ("Infinity", "not-a-number"),
        ("10.5", "out-of-range"),
        ("-0.1", "out-of-range"),
        ("-0", "out-of-range"),
        ("7.25", "too-many-decimals"),
        ("7.4" + "9" * 40, "too-many-decimals"),
    ],
)
def test_a_score_that_the_circular_does_not_know_cannot_exist(value, fault):
    with pytest.raises(InvalidMark, match=f"^{fault}: ") as refused:
        Score(Decimal(value))
    assert (refused.value.fault.value, refused.value.text) == (fault, value)
