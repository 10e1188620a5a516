"""Whether the days of a school year and of its tests fit together; pure, so that forms and actions say the same."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

Span = tuple[date, date]
_NAME = re.compile(r"([0-9]{4})-([0-9]{4})")
_ONE_DAY = timedelta(days=1)
_SUMMER = timedelta(days=100)
"""The retests of a year are over before the next one begins."""
SEMESTER_OF = {"GK1": 1, "CK1": 1, "GK2": 2, "CN": 2}


class BadDates(ValueError):
    """Days that contradict each other: `problems` are pairs of a field, or a period's code, and what is wrong."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(problems)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class YearDates:
    starts_on: date
    second_semester_on: date
    ends_on: date
    named: str = ""

    @property
    def name(self) -> str:
        """A year is named after its first day, unless it has its name already."""
        return self.named or f"{self.starts_on.year}-{self.starts_on.year + 1}"

    @property
    def one_year_later(self) -> "YearDates":
        return YearDates(_later(self.starts_on), _later(self.second_semester_on), _later(self.ends_on))

    @property
    def semesters(self) -> dict[int, Span]:
        return {
            1: (self.starts_on, self.second_semester_on - _ONE_DAY),
            2: (self.second_semester_on, self.ends_on),
        }


def _later(day: date) -> date:
    leap = day.month == 2 and day.day == 29
    return (day - _ONE_DAY if leap else day).replace(year=day.year + 1)


def year_problems(dates: YearDates, others: Mapping[str, Span]) -> dict[str, str]:
    """Field -> code: name, starts, ends, second-semester, overlap. `others` are the other years of the school."""
    name = _NAME.fullmatch(dates.name)
    if name is None or int(name[2]) != int(name[1]) + 1:
        return {"name": "name"}
    problems = {}
    if dates.starts_on.year != int(name[1]):
        problems["starts_on"] = "starts"
    if dates.ends_on.year != int(name[2]):
        problems["ends_on"] = "ends"
    if not dates.starts_on < dates.second_semester_on < dates.ends_on:
        problems["second_semester_on"] = "second-semester"
    if any(dates.starts_on <= last and first <= dates.ends_on for first, last in others.values()):
        problems.setdefault("starts_on", "overlap")
    return problems


def exam_problems(dates: YearDates, tests: Mapping[str, Span | None]) -> dict[str, str]:
    """Period code -> code: reversed, outside (its semester), order (not after the tests before)."""
    return dict(_exam_problems(dates, tests))


def _exam_problems(dates: YearDates, tests: Mapping[str, Span | None]) -> Iterator[tuple[str, str]]:
    before = date.min
    for code, span in tests.items():
        if span is None:
            continue
        begin, end = span
        earliest, latest = (
            dates.semesters[SEMESTER_OF[code]]
            if code in SEMESTER_OF
            else (dates.ends_on, dates.ends_on + _SUMMER)
        )
        if end < begin:
            yield code, "reversed"
        elif begin < earliest or end > latest:
            yield code, "outside"
        elif begin <= before:
            yield code, "order"
        else:
            before = end
