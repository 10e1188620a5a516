"""The weeks of a school year, each named by its Monday, and the semester that each belongs to."""

from dataclasses import dataclass
from datetime import date, timedelta

from gradebook.models import SchoolYear

DAY, WEEK = timedelta(days=1), timedelta(days=7)
FRIDAY = 4


def monday(day: date) -> date:
    return day - day.weekday() * DAY


def due_week(today: date) -> date:
    """The last week whose Friday has come: it stays due over the weekend until the next Friday."""
    return monday(today - FRIDAY * DAY)


@dataclass(frozen=True, slots=True)
class Weeks:
    """Mondays: of the first and the last week of the year, and of the week in which semester II begins."""

    first: date
    last: date
    second_semester: date

    @classmethod
    def of(cls, year: SchoolYear) -> "Weeks":
        second = year.semesters.get(number=2)
        return cls(monday(year.starts_on), monday(year.ends_on), monday(second.starts_on))

    def number(self, week: date) -> int:
        return (week - self.first) // WEEK + 1

    def semester(self, week: date) -> int:
        return 2 if week >= self.second_semester else 1

    def span(self, semester: int) -> tuple[date, date]:
        """First and last week of a semester."""
        if semester == 1:
            return self.first, self.second_semester - WEEK
        return self.second_semester, self.last

    def have(self, week: date) -> bool:
        return week == monday(week) and self.first <= week <= self.last

    def latest(self, today: date) -> date:
        """The week of today, within the year."""
        return max(self.first, min(self.last, monday(today)))

    def chosen(self, asked: str, today: date) -> date:
        """The week of the day asked for, as 2026-11-23; without one, or with one to come, the latest."""
        latest = self.latest(today)
        try:
            week = monday(date.fromisoformat(asked))
        except (ValueError, OverflowError):
            return latest
        return max(self.first, min(latest, week))
