"""How absences are counted, written as letters, and when a month is due: standard library only.

TT 22/2021, article 12, counts half-days (buổi) absent, with and without leave; being late is counted apart. A month is
confirmed at the beginning of the next one (S1-51, S3-41).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

PRESENT, EXCUSED, UNEXCUSED, LATE = "present", "excused", "unexcused", "late"
LETTERS = {PRESENT: "", EXCUSED: "P", UNEXCUSED: "K", LATE: "M"}
KINDS = {letter: kind for kind, letter in LETTERS.items()}
MORNING, AFTERNOON = "morning", "afternoon"
HALVES = (MORNING, AFTERNOON)
NEAR = 35
"""Half-days from which the homeroom teacher is warned: 45 are allowed in a year."""
ONE_DAY = timedelta(days=1)
FRIDAY, SUNDAY = 5, 7


class NotALetter(ValueError):
    """Neither P (with leave), K (without), M (late) nor nothing."""


def parse(typed: str) -> str:
    """The kind that a letter means, in either case. Raises NotALetter."""
    try:
        return KINDS[typed.strip().upper()]
    except KeyError:
        raise NotALetter(typed) from None


@dataclass(frozen=True, slots=True)
class Tally:
    """Half-days absent with leave and without; how often late."""

    excused: int = 0
    unexcused: int = 0
    late: int = 0

    @property
    def absent(self) -> int:
        return self.excused + self.unexcused


def tally(kinds: Iterable[str]) -> Tally:
    found = list(kinds)
    return Tally(found.count(EXCUSED), found.count(UNEXCUSED), found.count(LATE))


def days_between(first: date, last: date) -> list[date]:
    """Both included; none when the last lies before the first."""
    return [first + ONE_DAY * step for step in range((last - first).days + 1)]


def first_of(day: date) -> date:
    return day.replace(day=1)


def next_month(first_day: date) -> date:
    return first_of(first_day + ONE_DAY * 31)


def month_days(first_day: date, starts_on: date, ends_on: date) -> list[date]:
    """The days of a month that lie in the school year."""
    return days_between(max(first_day, starts_on), min(next_month(first_day) - ONE_DAY, ends_on))


def months(starts_on: date, ends_on: date) -> Iterator[date]:
    """The first days of the months of a school year."""
    first_day = first_of(starts_on)
    while first_day <= ends_on:
        yield first_day
        first_day = next_month(first_day)


def is_over(first_day: date, ends_on: date, today: date) -> bool:
    """From its last day on, or that of the year, a month can be closed."""
    return today >= min(next_month(first_day) - ONE_DAY, ends_on)


def due_on(first_day: date, closing_day: int | None) -> date | None:
    """The day of the next month on which it has to be closed; None where the school rules no day."""
    return next_month(first_day).replace(day=closing_day) if closing_day else None


def uncalled(days: Iterable[date], halves: Iterable[str], called: Iterable[tuple[date, str]]) -> list[date]:
    """Days from Monday to Friday of which a half-day lacks its call; on Saturdays only some schools have lessons."""
    known, wanted = set(called), list(halves)
    return [
        day
        for day in days
        if day.isoweekday() <= FRIDAY and any((day, half_day) not in known for half_day in wanted)
    ]
