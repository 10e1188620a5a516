"""Roll calls of the months lived so far: who was absent agrees with the homeroom sheet wherever that says a number."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from accounts.models import User
from accounts.recorded import create_many
from gradebook.attendance_rules import (
    EXCUSED,
    FRIDAY,
    LATE,
    UNEXCUSED,
    days_between,
    first_of,
    is_over,
    months,
)
from gradebook.attendance_terms import halves_of, on_roll
from gradebook.models import (
    Absence,
    AttendanceMonth,
    Column,
    Enrolment,
    Mark,
    Policy,
    RollCall,
    SchoolClass,
    SchoolYear,
    Semester,
)
from schoolrecords.demonstration.cells import half_days_absent
from schoolrecords.demonstration.dice import Dice, dice

ORIGIN = "demonstration"
TEN_PAST_SEVEN, AFTER_LESSONS = time(7, 10), time(16, 45)
HOLIDAYS = frozenset(
    {
        date(2027, 1, 1),
        *days_between(date(2027, 2, 1), date(2027, 2, 12)),
        date(2027, 4, 16),
        date(2027, 4, 30),
    }
)
REASONS = {
    EXCUSED: ("Ốm, phụ huynh xin phép", "Việc gia đình", "Khám bệnh", "Sốt, phụ huynh gọi điện", ""),
    UNEXCUSED: ("", "Không liên lạc được với gia đình"),
    LATE: ("", "Hỏng xe", "Ngủ quên"),
}
IN_HOSPITAL, HOSPITAL_DAYS = ("6A", 17), 36
"""One pupil of whom the homeroom teacher is warned."""
STILL_OPEN = "8A"
"""The class whose last finished month nobody has closed."""


@dataclass(frozen=True, slots=True)
class _Lived:
    """A class, the days of its year until today, and its half-days."""

    school_class: SchoolClass
    teacher: User
    days: list[date]
    halves: tuple[str, ...]

    @property
    def half_days(self) -> list[tuple[date, str]]:
        return [(day, half) for day in self.days for half in self.halves]


def call_rolls(year: SchoolYear, seed: int, until: date) -> None:
    """The roll of every day with lessons, and the months closed that are over."""
    lessons = days_between(year.starts_on, until)
    days = [day for day in lessons if day.isoweekday() <= FRIDAY and day not in HOLIDAYS]
    halves = {policy.level: halves_of(policy) for policy in Policy.objects.filter(year=year)}
    semesters = list(year.semesters.order_by("number"))
    for school_class in SchoolClass.objects.filter(year=year).select_related("homeroom_teacher"):
        teacher = school_class.homeroom_teacher
        if teacher is not None:
            lived = _Lived(school_class, teacher, days, halves[school_class.level])
            _call(lived)
            absences = list(_absences(lived, semesters, dice(seed, "attendance", school_class.name)))
            create_many(Absence, absences, by=teacher, origin=ORIGIN)
            _close(lived, year, until)


def _call(lived: _Lived) -> None:
    rows = [
        RollCall(
            school_class=lived.school_class,
            day=day,
            half_day=half,
            called_by=lived.teacher,
            called_at=_at(day, TEN_PAST_SEVEN),
        )
        for day, half in lived.half_days
    ]
    create_many(RollCall, rows, by=lived.teacher, origin=ORIGIN)


def _absences(lived: _Lived, semesters: Iterable[Semester], chance: Dice) -> Iterator[Absence]:
    entered = _entered(lived.school_class)
    for pupil in lived.school_class.enrolments.listed().order_by("number"):
        if (lived.school_class.name, pupil.number) == IN_HOSPITAL and not entered:
            yield from _in_hospital(pupil, lived)
            continue
        for semester in semesters:
            counts = entered.get((pupil.pk, semester.number)) or {
                kind: half_days_absent(kind, chance) for kind in (EXCUSED, UNEXCUSED)
            }
            counts[LATE] = chance.choices((0, 1, 2), (80, 15, 5))[0]
            yield from _spread(pupil, counts, semester, lived, chance)


def _spread(
    pupil: Enrolment, counts: Mapping[str, int], semester: Semester, lived: _Lived, chance: Dice
) -> Iterator[Absence]:
    """So many half-days of each kind over the whole semester; those still to come have not happened."""
    whole = [day for day in days_between(semester.starts_on, semester.ends_on) if day.isoweekday() <= FRIDAY]
    possible = [(day, half) for day in whole if day not in HOLIDAYS for half in lived.halves]
    kinds = [kind for kind, count in counts.items() for _ in range(count)]
    for (day, half), kind in zip(chance.sample(possible, len(kinds)), kinds, strict=True):
        note = chance.choice(REASONS[kind])
        if day <= lived.days[-1] and on_roll(pupil, day):
            yield Absence(enrolment=pupil, day=day, half_day=half, kind=kind, note=note)


def _in_hospital(pupil: Enrolment, lived: _Lived) -> Iterator[Absence]:
    for day, half in lived.half_days[-HOSPITAL_DAYS - 3 : -3]:
        yield Absence(enrolment=pupil, day=day, half_day=half, kind=EXCUSED, note="Nằm viện, có giấy ra viện")


def _entered(school_class: SchoolClass) -> dict[tuple[int, int], dict[str, int]]:
    """What the homeroom sheet says, by pupil and semester; a pupil's sheet has both numbers or none."""
    rows = Mark.objects.filter(
        column__course__school_class=school_class, column__kind__in=Column.COUNTED, count__isnull=False
    ).values_list("enrolment_id", "column__period__semester__number", "column__kind", "count")
    found: dict[tuple[int, int], dict[str, int]] = {}
    for pupil, semester, kind, count in rows:
        found.setdefault((pupil, semester), {})[kind] = count
    return found


def _close(lived: _Lived, year: SchoolYear, until: date) -> None:
    over = [each for each in months(year.starts_on, until) if is_over(each, year.ends_on, until)]
    if lived.school_class.name == STILL_OPEN and until < year.ends_on:
        over.pop()
    rows = [
        AttendanceMonth(
            school_class=lived.school_class,
            first_day=month,
            closed_by=lived.teacher,
            closed_at=_at(max(day for day in lived.days if first_of(day) == month), AFTER_LESSONS),
        )
        for month in over
    ]
    create_many(AttendanceMonth, rows, by=lived.teacher, origin=ORIGIN)


def _at(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
