"""The only place where a mark is rounded."""

from decimal import ROUND_HALF_UP, Context, Decimal

TENTH = Decimal("0.1")

# Its own context: a caller that changes the thread's decimal context must not change a pupil's average.
_CONTEXT = Context(prec=28, rounding=ROUND_HALF_UP)


def to_tenth(total: Decimal, parts: int = 1) -> Decimal:
    """``total / parts`` to one decimal, a tie going up (7.95 → 8.0).

    TT 22/2021 Điều 5 khoản 3 b asks for one decimal "after rounding" and leaves the tie open; half up is what
    schools do. Raises ``decimal.DivisionByZero`` when ``parts`` is 0.
    """
    return _CONTEXT.quantize(_CONTEXT.divide(total, Decimal(parts)), TENTH)
