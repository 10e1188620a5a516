"""What still stands in the books that an order is about, before ordering and executing, class by class (S4-27)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gradebook import summer
from gradebook.attendance_rules import Tally
from gradebook.attendance_totals import read_totals
from gradebook.layout import SUMMER
from gradebook.models import (
    Column,
    Confirmation,
    Course,
    Enrolment,
    LockOrder,
    Mark,
    RollCall,
    SchoolClass,
    mark_kind,
)

_ON_ROLL = Q(enrolment__status=Enrolment.Status.ENROLLED)


@dataclass(frozen=True, slots=True)
class CourseState:
    """One course: cells without a value, pupils awaiting a make-up test, columns nobody confirmed, and absences that
    the roll contradicts."""

    course: Course
    semester: int
    empty: int
    awaiting: int
    unconfirmed: int
    contradictions: int

    @property
    def counts(self) -> tuple[int, int, int, int]:
        return self.empty, self.awaiting, self.unconfirmed, self.contradictions

    @property
    def is_complete(self) -> bool:
        return not (self.empty or self.awaiting or self.unconfirmed)


@dataclass(frozen=True, slots=True)
class ClassState:
    school_class: SchoolClass
    courses: tuple[CourseState, ...]

    @property
    def is_complete(self) -> bool:
        return all(course.is_complete for course in self.courses)

    @property
    def lacking(self) -> list[CourseState]:
        return [course for course in self.courses if any(course.counts)]

    @property
    def totals(self) -> tuple[int, ...]:
        return tuple(sum(counts) for counts in zip(*(course.counts for course in self.courses), strict=True))


def read_readiness(order: LockOrder) -> list[ClassState]:
    """Every class the order covers, in the school's order. The same number of queries for any school."""
    columns = list(_columns(order).order_by("course__subject__order", "course", "order"))
    facts = _Facts.of(columns, order)
    classes: dict[SchoolClass, dict[Course, list[Column]]] = defaultdict(lambda: defaultdict(list))
    for column in columns:
        classes[column.course.school_class][column.course].append(column)
    return [
        ClassState(
            school_class, tuple(facts.state(course, own) for course, own in classes[school_class].items())
        )
        for school_class in sorted(classes, key=lambda each: (each.grade, each.name))
    ]


def complete_classes(order: LockOrder) -> set[int]:
    """The classes all of whose cells that the order is about are filled and confirmed."""
    return {state.school_class.pk for state in read_readiness(order) if state.is_complete}


def _columns(order: LockOrder) -> "QuerySet[Column]":
    books = order.books
    kind = books.pop("kind", None)
    columns = Column.objects.alias(mark_kind=mark_kind()).filter(**books)
    standing = Confirmation.objects.standing().filter(column=OuterRef("pk"))
    filled = Mark.objects.filter(column=OuterRef("pk")).exclude(state=Mark.State.EMPTY)
    found = columns.filter(mark_kind=kind) if kind else columns
    found = found.filter(course__school_class__is_withdrawn=False)
    return found.annotate(  # type: ignore[no-any-return]
        is_unconfirmed=Exists(filled) & ~Exists(standing)
    ).select_related("course__subject", "course__school_class", "period__semester")


@dataclass(frozen=True, slots=True)
class _Facts:
    pupils: Mapping[int, int]
    """On roll, by class."""
    filled: Mapping[int, int]
    awaiting: Mapping[int, int]
    """Cells by column."""
    summer: Mapping[int, int]
    contradictions: Mapping[int, int]
    """By course."""

    @classmethod
    def of(cls, columns: Sequence[Column], order: LockOrder) -> "_Facts":
        courses = {column.course for column in columns}
        classes = {course.school_class_id for course in courses}
        on_roll = Enrolment.objects.on_roll().filter(school_class__in=classes).values("school_class")
        marks = Mark.objects.filter(_ON_ROLL, column__in=columns).exclude(state=Mark.State.EMPTY)
        counted = marks.values("column").annotate(
            all=Count("pk"), awaiting=Count("pk", filter=Q(state=Mark.State.AWAITING))
        )
        rows = list(counted)
        return cls(
            {row["school_class"]: row["n"] for row in on_roll.annotate(n=Count("pk"))},
            {row["column"]: row["all"] for row in rows},
            {row["column"]: row["awaiting"] for row in rows},
            summer.still_to_enter(courses) if order.period.code == SUMMER else {},
            _contradictions(columns, order),
        )

    def state(self, course: Course, columns: Sequence[Any]) -> CourseState:
        pupils = self.pupils.get(course.school_class_id, 0)
        empty = sum(pupils - self.filled.get(column.pk, 0) for column in columns)
        if columns[0].period.code == SUMMER:
            empty = self.summer.get(course.pk, 0)
        return CourseState(
            course,
            columns[0].period.semester.number,
            empty=empty,
            awaiting=sum(self.awaiting.get(column.pk, 0) for column in columns),
            unconfirmed=sum(column.is_unconfirmed for column in columns),
            contradictions=self.contradictions.get(course.pk, 0),
        )


def _contradictions(columns: Iterable[Column], order: LockOrder) -> dict[int, int]:
    """Absences on the homeroom sheets that differ from the roll, where it was called, by course."""
    counted = {column.pk: column for column in columns if column.kind in Column.COUNTED}
    if not counted:
        return {}
    semester = order.period.semester
    span = (semester.starts_on, semester.ends_on)
    called = set(
        RollCall.objects.filter(day__range=span).values_list("school_class", flat=True).order_by().distinct()
    )
    entered = Mark.objects.filter(_ON_ROLL, column__in=counted, enrolment__school_class__in=called)
    marks = list(entered.filter(count__isnull=False).select_related("enrolment__school_class"))
    if not marks:
        return {}
    totals = read_totals(marks[0].enrolment.school_class, {mark.enrolment.student_id for mark in marks})
    found: dict[int, int] = defaultdict(int)
    for mark in marks:
        column = counted[mark.column_id]
        found[column.course_id] += mark.count != _of(column, totals.of(mark.enrolment.student_id, span))
    return found


def _of(column: Column, tally: Tally) -> int:
    return tally.excused if column.kind == Column.Kind.EXCUSED else tally.unexcused
