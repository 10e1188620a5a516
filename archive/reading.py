"""The cells of a class, read for the book in a constant number of queries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from gradebook.entries import entry_of
from gradebook.models import Column, Course, Enrolment, Mark, SchoolClass

Texts = Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class BookColumn:
    label: str
    kind: str
    semester: int
    period: str


@dataclass(frozen=True, slots=True)
class BookRow:
    number: int
    name: str
    cells: tuple[str, ...]
    averages: Mapping[str, str] = field(default_factory=dict)
    """semester1, semester2, year, as the book shows them; "" while missing."""


@dataclass(frozen=True, slots=True)
class CourseBook:
    subject: str
    kind: str
    teachers: tuple[str, ...]
    columns: tuple[BookColumn, ...]
    rows: tuple[BookRow, ...]


@dataclass(frozen=True, slots=True)
class ClassBook:
    courses: tuple[CourseBook, ...]
    summary: tuple[Mapping[str, str | int], ...] = ()


def class_book(school_class: SchoolClass) -> ClassBook:
    enrolments = list(school_class.enrolments.in_list_order())
    courses = school_class.courses.select_related("subject").prefetch_related(
        "columns__period__semester", "assignments__teacher"
    )
    texts = _texts(school_class)
    return ClassBook(tuple(_course_book(course, enrolments, texts) for course in courses))


def _texts(school_class: SchoolClass) -> Texts:
    texts: dict[tuple[int, int], str] = defaultdict(str)
    for mark in Mark.objects.filter(column__course__school_class=school_class):
        texts[mark.enrolment_id, mark.column_id] = entry_of(mark).text
    return texts


def _course_book(course: Course, enrolments: list[Enrolment], texts: Texts) -> CourseBook:
    columns: list[Column] = list(course.columns.all())
    assignments = sorted(course.assignments.all(), key=lambda assignment: (assignment.since, assignment.pk))
    return CourseBook(
        subject=course.subject.name,
        kind=course.kind,
        teachers=tuple(dict.fromkeys(assignment.teacher.full_name for assignment in assignments)),
        columns=tuple(
            BookColumn(column.label, column.kind, column.period.semester.number, column.period.code)
            for column in columns
        ),
        rows=tuple(
            BookRow(
                enrolment.number,
                enrolment.student.full_name,
                tuple(texts[enrolment.pk, column.pk] for column in columns),
            )
            for enrolment in enrolments
        ),
    )
