"""Half up at every tie, exactly, whatever the thread's decimal context says."""

from decimal import ROUND_DOWN, Decimal, DivisionByZero, localcontext

import pytest

from gradebook.assessment.rounding import to_tenth


def test_every_tie_goes_up():
    for tenths in range(100):
        assert to_tenth(Decimal(tenths) / 10 + Decimal("0.05")) == Decimal(tenths + 1) / 10


def test_every_mean_of_tenths_is_rounded_as_integers_would_be():
    """Every sum of marks over every number of weights from 1 to 14: semesters, years and means of subjects."""
    for parts in range(1, 15):
        for total in range(100 * parts + 1):
            rounded = Decimal((2 * total + parts) // (2 * parts)) / 10
            assert to_tenth(Decimal(total) / 10, parts) == rounded


def test_the_callers_context_changes_nothing():
    with localcontext(prec=3, rounding=ROUND_DOWN):
        assert to_tenth(Decimal("63.6"), 8) == Decimal("8.0")


def test_one_decimal_is_always_written():
    assert str(to_tenth(Decimal(10))) == "10.0"


def test_no_parts_make_no_mean():
    with pytest.raises(DivisionByZero):
        to_tenth(Decimal(1), 0)
