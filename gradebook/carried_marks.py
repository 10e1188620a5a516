"""Which marks go with a pupil who changes class, and which have no place in the new one. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from gradebook.assessment import schemes
from gradebook.entries import EMPTY, entry_of
from gradebook.models import Column, Enrolment, Mark, SchoolClass

_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column, in words."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class SubjectMarks:
    """One subject of the old class: what moves and what stays there, readable."""

    subject: str
    moving: tuple[Cell, ...]
    staying: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Carriage:
    """Every mark of the old place is in exactly one of the two."""

    moving: list[tuple[Mark, Column]] = field(default_factory=list)
    staying: list[Mark] = field(default_factory=list)

    @property
    def subjects(self) -> list[SubjectMarks]:
        """For people: without emptied cells, by subject in the order of the book."""
        moving = {mark.pk for mark, _ in self.moving}
        filled = [
            mark for mark in [*(mark for mark, _ in self.moving), *self.staying] if entry_of(mark) != EMPTY
        ]
        filled.sort(
            key=lambda mark: (mark.column.course.subject.order, mark.column.course_id, mark.column.order)
        )
        return [
            SubjectMarks(
                str(course.subject),
                _cells(mark for mark in found if mark.pk in moving),
                _cells(mark for mark in found if mark.pk not in moving),
            )
            for course, marks in groupby(filled, key=lambda mark: mark.column.course)
            for found in [list(marks)]
        ]

    @property
    def left_behind(self) -> list[SubjectMarks]:
        return [subject for subject in self.subjects if subject.staying]


def plan_carriage(origin: Enrolment, to: SchoolClass) -> Carriage:
    """A column's counterpart has the same subject, way of assessing, period, kind, ordinal and trait.

    Under another circular nothing has one: its scales mean something else. `origin` needs its class. Two queries.
    """
    marks = Mark.objects.filter(enrolment=origin).select_related("column__course__subject", "column__period")
    same_rules = (
        schemes.parse(origin.school_class.scheme).circular is schemes.parse(to.scheme).circular
        and origin.school_class.year_id == to.year_id
        and origin.school_class.grade == to.grade
    )
    columns = Column.objects.filter(course__school_class=to).select_related("course") if same_rules else []
    places = {_key(column): column for column in columns}
    plan = Carriage()
    for mark in marks.order_by("column__course__subject__order", "column__order"):
        if column := places.get(_key(mark.column)):
            plan.moving.append((mark, column))
        else:
            plan.staying.append(mark)
    return plan


def _key(column: Column) -> _Key:
    course = column.course
    return (course.subject_id, course.kind, column.period_id, column.kind, column.ordinal, column.trait)


def _cells(marks: Iterable[Mark]) -> tuple[Cell, ...]:
    return tuple(Cell(f"{mark.column.label} ({mark.column.period})", entry_of(mark).text) for mark in marks)
