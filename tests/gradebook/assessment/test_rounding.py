"""Half up at every tie, exactly, whatever the thread's decimal context says."""

from decimal import ROUND_DOWN, Decimal, localcontext

from hypothesis import given
from hypothesis import strategies as st

from gradebook.assessment.rounding import to_tenth


@given(st.integers(0, 99))
def test_every_tie_goes_up(tenths):
    tie = Decimal(tenths) / 10 + Decimal("0.05")
    assert to_tenth(tie) == Decimal(tenths + 1) / 10


@given(st.integers(0, 10_000), st.integers(1, 30))
def test_the_quotient_is_rounded_as_integers_would_be(total, parts):
    doubled = 2 * total + parts  # floor((total / parts) + 1/2) in tenths, without any decimal
    assert to_tenth(Decimal(total) / 10, parts) == Decimal(doubled // (2 * parts)) / 10


def test_the_callers_context_changes_nothing():
    with localcontext(prec=3, rounding=ROUND_DOWN):
        assert to_tenth(Decimal("63.6"), 8) == Decimal("8.0")


def test_one_decimal_is_always_written():
    assert str(to_tenth(Decimal(10))) == "10.0"
