"""The plan of opening and locking, by date, as a paper to sign (S4, annex 2)."""

from collections.abc import Sequence
from datetime import date

from gradebook import printing
from gradebook.colleagues import principals_name
from gradebook.models import LockOrder, School, SchoolYear


def render_pdf(year: SchoolYear, orders: Sequence[LockOrder], day: date) -> bytes:
    """In the layout of Decree 30/2020/NĐ-CP; `orders` in the order of the plan."""
    context = {
        "orders": orders,
        "school": School.objects.first(),
        "year": year,
        "principal": principals_name(day),
        "dated": printing.in_words(day),
    }
    return printing.render(printing.page("gradebook/print/lock_plan.html", context))
