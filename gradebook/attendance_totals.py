"""Absences of a class's pupils over the year, wherever in the school they were, and what the homeroom sheet says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from gradebook.assessment import schemes
from gradebook.assessment.schemes import Circular, UnknownScheme
from gradebook.attendance_rules import NEAR, PRESENT, Tally, tally
from gradebook.layout import PERIODS_OF
from gradebook.models import Absence, Column, Course, Enrolment, Mark, RollCall, SchoolClass, Semester

_K = Column.Kind
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Totals:
    """The kinds of each pupil's half-days by student, with their days."""

    kinds: Mapping[int, list[tuple[date, str]]] = field(default_factory=dict)

    def of(self, student_id: int, span: Span) -> Tally:
        first, last = span
        return tally(kind for day, kind in self.kinds.get(student_id, ()) if first <= day <= last)


def read_totals(school_class: SchoolClass, students: Iterable[int]) -> Totals:
    """One query. A pupil who changed class inside the school takes the absences along; a place undone counts not."""
    rows = (
        Absence.objects.filter(
            enrolment__student__in=list(students), enrolment__school_class__year=school_class.year_id
        )
        .exclude(enrolment__status=Enrolment.Status.CANCELLED)
        .exclude(kind=PRESENT)
        .values_list("enrolment__student_id", "day", "kind")
    )
    kinds: dict[int, list[tuple[date, str]]] = {}
    for student, day, kind in rows:
        kinds.setdefault(student, []).append((day, kind))
    return Totals(kinds)


def is_limited(school_class: SchoolClass) -> bool:
    """Whether more than 45 half-days keep a pupil down: TT 27/2020 has no such rule."""
    try:
        return schemes.parse(school_class.scheme).circular is not Circular.TT27_2020
    except UnknownScheme:
        return False


@dataclass(frozen=True, slots=True)
class NearLimit:
    """A pupil of whom the homeroom teacher should know early."""

    enrolment: Enrolment
    absent: int


def near_limit(school_class: SchoolClass) -> list[NearLimit]:
    """Pupils with 35 half-days or more in the year, most absences first. The class needs its year."""
    if not is_limited(school_class):
        return []
    pupils = list(school_class.enrolments.on_roll().select_related("student").order_by("number"))
    totals = read_totals(school_class, (pupil.student_id for pupil in pupils))
    span = (school_class.year.starts_on, school_class.year.ends_on)
    found = [NearLimit(pupil, totals.of(pupil.student_id, span).absent) for pupil in pupils]
    return sorted((each for each in found if each.absent >= NEAR), key=lambda each: -each.absent)


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell of the homeroom sheet beside the roll. `sheet` is None while nothing is entered."""

    enrolment: Enrolment
    column_id: int
    kind: str
    sheet: int | None
    version: int
    roll: int

    @property
    def contradicts(self) -> bool:
        return self.sheet is not None and self.sheet != self.roll


@dataclass(frozen=True, slots=True)
class Comparison:
    """The homeroom sheet's absences of a semester against the roll; `course` is None where there is no such sheet."""

    course: Course | None
    semester: int
    differences: tuple[Difference, ...] = ()
    is_called: bool = False
    """Whether the roll was called at all in this semester: a school may count on paper."""

    @property
    def contradictions(self) -> int:
        return sum(each.contradicts for each in self.differences) if self.is_called else 0


def compare(school_class: SchoolClass, number: int) -> Comparison:
    """Six queries, however many pupils."""
    course = Course.objects.filter(school_class=school_class, kind=Course.Kind.HOMEROOM).first()
    semester = Semester.objects.filter(year=school_class.year_id, number=number).first()
    if course is None or semester is None:
        return Comparison(course, number)
    columns = list(course.columns.filter(period__code=PERIODS_OF[number][1], kind__in=Column.COUNTED))
    pupils = list(school_class.enrolments.on_roll().select_related("student").order_by("number"))
    totals = read_totals(school_class, (pupil.student_id for pupil in pupils))
    marks = {(mark.enrolment_id, mark.column_id): mark for mark in Mark.objects.filter(column__in=columns)}
    span = (semester.starts_on, semester.ends_on)
    beside = (
        _beside(pupil, column, totals.of(pupil.student_id, span), marks.get((pupil.pk, column.pk)))
        for pupil in pupils
        for column in columns
    )
    called = RollCall.objects.filter(school_class=school_class, day__range=span).exists()
    return Comparison(course, number, tuple(each for each in beside if each.sheet != each.roll), called)


def _beside(pupil: Enrolment, column: Column, roll: Tally, mark: Mark | None) -> Difference:
    return Difference(
        enrolment=pupil,
        column_id=column.pk,
        kind=column.kind,
        sheet=mark.count if mark else None,
        version=mark.version if mark else 0,
        roll=roll.excused if column.kind == _K.EXCUSED else roll.unexcused,
    )
