"""The decisions that other acts rest on: found by their number, or entered."""

import re
import unicodedata
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from accounts.writing import recorded_write
from gradebook.colleagues import principal_on
from gradebook.models import Decision, SchoolYear
from gradebook.years import hold

AFTER_THE_YEAR = timedelta(days=150)
"""How long after its last day decisions of a year are dated: the summer, and some weeks."""
BEFORE_THE_YEAR = timedelta(days=90)
"""How long before its first day: the board, the regulation and the classes are decided in the summer."""


class NumberTaken(ValueError):
    """The number belongs to a decision of another day, `dated`, or of another person or matter."""

    def __init__(self, dated: date) -> None:
        super().__init__(dated)
        self.dated = dated


class DateOutside(ValueError):
    """The date of a decision is not in its school year or the weeks around it."""


def clean_number(number: str) -> str:
    """The number as it is kept: composed letters, no invisible characters, single blanks and none around a slash."""
    visible = "".join(c for c in unicodedata.normalize("NFC", number) if unicodedata.category(c) != "Cf")
    return re.sub(r" ?/ ?", "/", " ".join(visible.split()))


@recorded_write
def find_decision(*, year: SchoolYear, number: str, dated: date, about: Decision.About, by: User) -> Decision:
    """The decision of that number in the year, entered now if nobody has entered it before.

    Who enters it need not be who decides: history keeps the one, `decided_by` the principal in office that day.
    Raises NumberTaken, DateOutside.
    """
    check_date(year, dated, about)
    # The year's row serialises: two at once must not both make it.
    hold(year.pk)
    number = clean_number(number)
    decided_by = by if about == Decision.About.RESULTS else principal_on(dated) or by
    found = of_number(year, number)
    if found is None:
        found = Decision(
            year=year,
            number=number,
            dated=dated,
            about=about,
            decided_by=decided_by,
            decided_at=timezone.now(),
        )
        found.save_by(by)
    elif (found.dated, found.about, found.decided_by_id) != (dated, about, decided_by.pk):
        raise NumberTaken(found.dated)
    return found


def check_date(year: SchoolYear, dated: date, about: str) -> None:
    """Raises DateOutside."""
    earliest = year.starts_on if about == Decision.About.RESULTS else year.starts_on - BEFORE_THE_YEAR
    if not earliest <= dated <= year.ends_on + AFTER_THE_YEAR:
        raise DateOutside


def of_number(year: SchoolYear, number: str) -> Decision | None:
    """The decision of that number, in whatever letter case; the databases do not agree on it."""
    standing = {row.number.casefold(): row for row in Decision.objects.filter(year=year)}
    return standing.get(number.casefold())
