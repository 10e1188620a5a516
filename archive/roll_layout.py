"""The months of a class's roll: a page each, with the letters of the days and the half-days absent.

Pure, as `layouts`. Lengths are millimetres.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from archive.layouts import Context, Facts, day
from archive.paper_sizes import PORTRAIT_ROWS, loose_row_height, row_height, wide_paper
from gradebook.attendance_rules import (
    AFTERNOON,
    LETTERS,
    MORNING,
    SUNDAY,
    first_of,
    months,
    tally,
)

DAYS = range(1, 32)
MONTHS = (9, 10, 11, 12, 1, 2, 3, 4, 5)
"""Of a school year, where the book does not say when the year begins and ends."""
HERE = "·"
DAY_LINES = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 31 1' preserveAspectRatio='none'%3E"
    f"%3Cpath d='{''.join(f'M{place}.978 0h.044v1h-.044z' for place in range(30))}'/%3E%3C/svg%3E"
)
"""The lines between 31 days. Most days nobody is missing: one cell with these behind its letters takes half
the time of 31 cells."""
AROUND = 37.0
NAMES = {"upright": 43.0, "wide": 48.0, "large": 48.0}
OUTSIDE = {"weekday": "", "is_off": True}
Absences = Mapping[tuple[int, str], Mapping[str, str]]
"""By number in the list and day: the kind of each half-day."""


def is_recorded(book: Facts) -> bool:
    return "roll" in book


def pages(book: Facts) -> Context:
    """What the roll says. All days stand on the page, those outside the school year grey."""
    rows = book["pupils"]
    return {
        "months": list(_months(book)),
        "days": DAYS,
        "day_lines": DAY_LINES,
        "two_halves": _has_two_halves(book["roll"]),
        "paper": "upright",
        "name_width": NAMES["upright"],
        "row_height": row_height(len(rows), PORTRAIT_ROWS),
    }


def blank_pages(book: Facts) -> Context:
    """To call the roll by hand: days as wide as a letter is written."""
    rows = book["pupils"]
    paper = wide_paper(len(rows))
    return {
        "months": list(_months(book) if is_recorded(book) else _nameless_months(book)),
        "days": DAYS,
        "day_lines": DAY_LINES,
        "paper": paper,
        "name_width": NAMES[paper],
        "row_height": loose_row_height(len(rows), paper, AROUND),
    }


def month_names(book: Facts) -> list[str]:
    """`9/2026` … `5/2027`."""
    if not is_recorded(book):
        return [str(number) for number in MONTHS]
    return [_name(first) for first in _first_days(book["roll"])]


def _months(book: Facts) -> Iterator[Context]:
    roll = book["roll"]
    absences = _by_pupil_and_day(roll)
    called = {at for at, _ in roll["called"]}
    closed = {month["month"]: month for month in roll["closed"]}
    halves = (MORNING, AFTERNOON) if _has_two_halves(roll) else ()
    for first in _first_days(roll):
        days = [_day(roll, first + timedelta(days=number - 1), first) for number in DAYS]
        is_called = any(at.startswith(f"{first:%Y-%m}") for at in called)
        yield {
            "name": _name(first),
            "days": days,
            "rows": [_row(pupil, first, absences, halves, is_called) for pupil in book["pupils"]],
            "is_called": is_called,
            "closed": _closing(closed.get(f"{first:%Y-%m}")),
        }


def _nameless_months(book: Facts) -> Iterator[Context]:
    rows = [{**pupil, **_totals([], is_called=False), "days": []} for pupil in book["pupils"]]
    for number in MONTHS:
        yield {"name": str(number), "days": [{"weekday": "", "is_off": False}] * len(DAYS), "rows": rows}


def _first_days(roll: Facts) -> Iterator[date]:
    return months(date.fromisoformat(roll["starts_on"]), date.fromisoformat(roll["ends_on"]))


def _name(first: date) -> str:
    return f"{first.month}/{first.year}"


def _day(roll: Facts, at: date, first: date) -> Context:
    if first_of(at) != first or not roll["starts_on"] <= at.isoformat() <= roll["ends_on"]:
        return OUTSIDE
    weekday = at.isoweekday()
    return {"weekday": "CN" if weekday == SUNDAY else str(weekday + 1), "is_off": weekday == SUNDAY}


def _row(pupil: Facts, first: date, absences: Absences, halves: tuple[str, ...], is_called: bool) -> Context:
    found = {number: absences.get((pupil["number"], f"{first:%Y-%m}-{number:02}"), {}) for number in DAYS}
    return {
        **pupil,
        "days": [
            {"left": round(100 * (number - 1) / len(DAYS), 3), "letters": _letters(kinds, halves)}
            for number, kinds in found.items()
            if kinds
        ],
        **_totals([kind for kinds in found.values() for kind in kinds.values()], is_called=is_called),
    }


def _letters(kinds: Mapping[str, str], halves: tuple[str, ...]) -> str:
    """A letter for each half-day; where the school calls both, a point is for having been there."""
    if not halves:
        return "".join(LETTERS[kind] for kind in kinds.values())
    return "".join(LETTERS[kinds[half]] if half in kinds else HERE for half in halves)


def _totals(kinds: list[str], *, is_called: bool) -> Context:
    """Nothing where nobody called the roll: zero would be a claim."""
    if not kinds and not is_called:
        return {"absent": "", "excused": "", "unexcused": ""}
    found = tally(kinds)
    return {"absent": found.absent, "excused": found.excused, "unexcused": found.unexcused}


def _by_pupil_and_day(roll: Facts) -> Absences:
    found: dict[tuple[int, str], dict[str, str]] = {}
    for number, at, half, kind in roll["absences"]:
        found.setdefault((number, at), {})[half] = kind
    return found


def _has_two_halves(roll: Facts) -> bool:
    return any(half == AFTERNOON for _, half in roll["called"]) or any(
        half == AFTERNOON for _, _, half, _ in roll["absences"]
    )


def _closing(month: Any) -> str:
    return f"{month['by']}, ngày {day(month['on'])}" if month else ""
