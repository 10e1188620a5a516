"""What the pages of attendance show: the roll of one half-day, and the sheet of one month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from gradebook.attendance_rules import (
    HALVES,
    LETTERS,
    NEAR,
    SUNDAY,
    Tally,
    month_days,
    tally,
    uncalled,
)
from gradebook.attendance_terms import Term, halves_of, on_roll, policy_of, roll, term_of
from gradebook.attendance_totals import Span, is_limited, read_totals
from gradebook.models import Absence, AttendanceMonth, Enrolment, RollCall, SchoolClass, Semester

HalfOfDay = tuple[date, str]


@dataclass(frozen=True, slots=True)
class RollLine:
    """One pupil in one half-day."""

    enrolment: Enrolment
    letter: str = ""
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Roll:
    """The roll of one half-day. `refusal`: why it cannot be called now, "" when it can."""

    school_class: SchoolClass
    day: date
    half_day: str
    halves: tuple[str, ...]
    lines: tuple[RollLine, ...]
    call: RollCall | None
    refusal: str

    @property
    def is_sunday(self) -> bool:
        return self.day.isoweekday() == SUNDAY

    @property
    def is_untouched(self) -> bool:
        """Nobody has called it, and nobody is marked: “everybody is here” overwrites nothing."""
        return self.call is None and not any(line.version for line in self.lines)

    @property
    def counts(self) -> tuple[int, Tally]:
        """How many are there, the late among them, and how many are not."""
        kinds = tally(
            kind for line in self.lines for kind, letter in LETTERS.items() if letter == line.letter
        )
        return len(self.lines) - kinds.absent, kinds


def read_roll(school_class: SchoolClass, day: date, half_day: str) -> Roll:
    """A constant number of queries. The class needs its year."""
    pupils = [each for each in roll(school_class, day, day) if on_roll(each, day)]
    rows = Absence.objects.filter(enrolment__school_class=school_class, day=day, half_day=half_day)
    absences = {row.enrolment_id: row for row in rows}
    call = RollCall.objects.filter(school_class=school_class, day=day, half_day=half_day)
    return Roll(
        school_class,
        day,
        half_day,
        halves_of(policy_of(school_class)),
        tuple(_line(each, absences.get(each.pk)) for each in pupils),
        call.select_related("called_by").first(),
        term_of(school_class, timezone.localdate()).refusal(day),
    )


def _line(enrolment: Enrolment, absence: Absence | None) -> RollLine:
    if absence is None:
        return RollLine(enrolment)
    return RollLine(enrolment, LETTERS[absence.kind], absence.note, absence.version)


@dataclass(frozen=True, slots=True)
class MonthCell:
    letter: str = ""
    version: int = 0


EMPTY = MonthCell()


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One pupil: the cells of the days on the roll, and the totals of month, semester and year."""

    enrolment: Enrolment
    cells: Mapping[HalfOfDay, MonthCell]
    month: Tally
    semester: Tally
    year: Tally
    is_near: bool = False


@dataclass(frozen=True, slots=True)
class MonthColumn:
    """One half-day of the month. `is_open`: it may be written now."""

    day: date
    half_day: str
    is_called: bool
    is_open: bool

    @property
    def at(self) -> HalfOfDay:
        return self.day, self.half_day

    @property
    def is_sunday(self) -> bool:
        return self.day.isoweekday() == SUNDAY


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """A class in one month. `record` is the month's row once somebody has closed it; `semester` the number shown."""

    school_class: SchoolClass
    first_day: date
    halves: tuple[str, ...]
    columns: tuple[MonthColumn, ...]
    rows: tuple[MonthRow, ...]
    record: AttendanceMonth | None
    semester: int
    term: Term
    closing_day: int | None

    @property
    def is_closed(self) -> bool:
        return self.record is not None and not self.record.is_open

    @property
    def days(self) -> list[date]:
        return sorted({column.day for column in self.columns})

    @property
    def without_call(self) -> list[date]:
        """Days with lessons that lack a roll call, until today."""
        called = [column.at for column in self.columns if column.is_called]
        return uncalled((day for day in self.days if day <= self.term.today), self.halves, called)

    @property
    def near(self) -> list[MonthRow]:
        return [row for row in self.rows if row.is_near]


def read_month(school_class: SchoolClass, first_day: date) -> MonthSheet:
    """Eleven queries, however many pupils. The class needs its year."""
    year, policy = school_class.year, policy_of(school_class)
    days = month_days(first_day, year.starts_on, year.ends_on)
    term = term_of(school_class, timezone.localdate())
    pupils = roll(school_class, days[0], days[-1])
    absences = list(
        Absence.objects.filter(enrolment__school_class=school_class, day__range=(days[0], days[-1]))
    )
    calls = _calls(school_class, (days[0], days[-1]))
    # What was entered before the school went over to one half-day stays in sight.
    known = {*halves_of(policy), *(row.half_day for row in absences)}
    semester = _semester(school_class, days[-1])
    months = AttendanceMonth.objects.filter(school_class=school_class, first_day=first_day)
    return MonthSheet(
        school_class,
        first_day,
        halves := tuple(half for half in HALVES if half in known),
        tuple(
            MonthColumn(day, half, (day, half) in calls, half in halves_of(policy) and not term.refusal(day))
            for day in days
            for half in halves
        ),
        _rows(school_class, pupils, absences, (days[0], days[-1]), semester),
        months.select_related("closed_by").first(),
        semester.number,
        term,
        policy.attendance_closing_day if policy else None,
    )


def _calls(school_class: SchoolClass, span: Span) -> set[HalfOfDay]:
    return set(
        RollCall.objects.filter(school_class=school_class, day__range=span).values_list("day", "half_day")
    )


def _semester(school_class: SchoolClass, day: date) -> Semester:
    """The one in which the day lies; a month that belongs to both shows the second."""
    found: Semester = school_class.year.semesters.filter(starts_on__lte=day).order_by("-number")[0]
    return found


def _rows(
    school_class: SchoolClass,
    pupils: list[Enrolment],
    absences: list[Absence],
    month: Span,
    semester: Semester,
) -> tuple[MonthRow, ...]:
    cells: dict[int, dict[HalfOfDay, MonthCell]] = {}
    for row in absences:
        cells.setdefault(row.enrolment_id, {})[row.day, row.half_day] = MonthCell(
            LETTERS[row.kind], row.version
        )
    totals = read_totals(school_class, (pupil.student_id for pupil in pupils))
    year, limited = (school_class.year.starts_on, school_class.year.ends_on), is_limited(school_class)
    rows = []
    for pupil in pupils:
        whole = totals.of(pupil.student_id, year)
        rows.append(
            MonthRow(
                pupil,
                cells.get(pupil.pk, {}),
                totals.of(pupil.student_id, month),
                totals.of(pupil.student_id, (semester.starts_on, semester.ends_on)),
                whole,
                limited and whole.absent >= NEAR,
            )
        )
    return tuple(rows)
