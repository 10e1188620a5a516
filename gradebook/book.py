"""The class book of one class as plain data: every course with its cells and results, and the summary.

Read in a constant number of queries however many pupils and courses there are. What is printed, archived and
fingerprinted starts here.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from gradebook.entries import Entry
from gradebook.models import Column, Course, Enrolment, Mark, SchoolClass, TeachingAssignment
from gradebook.results import NO_RESULT, ResultColumns, SubjectResult, learning_levels, subject_result

Texts = tuple[str, str, str]
Cells = dict[int, dict[int, Entry]]
"""Entries by enrolment and column."""


@dataclass(frozen=True, slots=True)
class BookColumn:
    kind: str
    ordinal: int
    semester: int
    period: str
    strand: str

    @classmethod
    def of(cls, column: Column) -> "BookColumn":
        """`column` needs its period and semester loaded."""
        period = column.period
        return cls(column.kind, column.ordinal, period.semester.number, period.code, column.strand)


@dataclass(frozen=True, slots=True)
class BookRow:
    """One pupil's line: cell texts in column order, then semester I, semester II and year."""

    number: int
    name: str
    cells: tuple[str, ...]
    results: Texts


@dataclass(frozen=True, slots=True)
class CourseBook:
    subject: str
    kind: str
    teachers: tuple[str, ...]
    """Names; who teaches only a part of the subject, with the part: `Phan Thị Mỹ (Địa lí)`."""
    columns: tuple[BookColumn, ...]
    rows: tuple[BookRow, ...]


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One pupil over all courses; `learning` is the learning result of semester I, II and the year."""

    number: int
    name: str
    results: tuple[Texts, ...]
    learning: Texts


@dataclass(frozen=True, slots=True)
class ClassBook:
    courses: tuple[CourseBook, ...]
    summary: tuple[SummaryRow, ...]


def read_book(school_class: SchoolClass, *, pupil: Enrolment | None = None) -> ClassBook:
    """The book of the class, or of one pupil of it. Who left in the course of the year stays in the book."""
    enrolments = school_class.enrolments.in_list_order()
    pupils = list(enrolments.filter(pk=pupil.pk) if pupil else enrolments)
    courses = list(_courses(school_class))
    cells = _cells(pupils)
    results = {course.pk: _results(course, pupils, cells) for course in courses}
    return ClassBook(
        tuple(_course_book(course, pupils, cells, results[course.pk]) for course in courses),
        tuple(_summary(pupil, courses, results) for pupil in pupils),
    )


def _courses(school_class: SchoolClass) -> Iterable[Course]:
    columns = Column.objects.select_related("period__semester").order_by("order")
    assignments = TeachingAssignment.objects.current().select_related("teacher").order_by("pk")
    courses: Iterable[Course] = (
        school_class.courses.select_related("subject")
        .order_by("subject__order")
        .prefetch_related(Prefetch("columns", columns), Prefetch("assignments", assignments))
    )
    return courses


def _cells(pupils: Iterable[Enrolment]) -> Cells:
    cells: Cells = defaultdict(dict)
    marks = Mark.objects.filter(enrolment__in=pupils).values_list(
        "enrolment_id", "column_id", "state", "score", "level", "comment"
    )
    for enrolment, column, *content in marks:
        cells[enrolment][column] = Entry(*content)
    return cells


def _results(course: Course, pupils: Iterable[Enrolment], cells: Cells) -> dict[int, SubjectResult]:
    deciding = ResultColumns.of(course, course.columns.all())
    return {
        pupil.pk: subject_result(deciding, cells[pupil.pk]) if pupil.pk in cells else NO_RESULT
        for pupil in pupils
    }


def _course_book(
    course: Course, pupils: Iterable[Enrolment], cells: Cells, results: dict[int, SubjectResult]
) -> CourseBook:
    columns = course.columns.all()
    return CourseBook(
        course.subject.name,
        course.kind,
        _teachers(course),
        tuple(map(BookColumn.of, columns)),
        tuple(
            BookRow(
                pupil.number,
                pupil.student.full_name,
                tuple(_text(cells, pupil.pk, column.pk) for column in columns),
                results[pupil.pk].texts,
            )
            for pupil in pupils
        ),
    )


def _teachers(course: Course) -> tuple[str, ...]:
    parts: dict[str, list[str]] = defaultdict(list)
    for assignment in course.assignments.all():
        parts[assignment.teacher.full_name].append(assignment.strand)
    return tuple(
        name if "" in strands else f"{name} ({', '.join(dict.fromkeys(strands))})"
        for name, strands in parts.items()
    )


def _text(cells: Cells, enrolment: int, column: int) -> str:
    entry = cells[enrolment].get(column) if enrolment in cells else None
    return entry.text if entry else ""


def _summary(
    pupil: Enrolment, courses: list[Course], results: dict[int, dict[int, SubjectResult]]
) -> SummaryRow:
    by_subject = {
        course.subject.name: results[course.pk][pupil.pk]
        for course in courses
        if course.kind != Course.Kind.PRIMARY
    }
    return SummaryRow(
        pupil.number,
        pupil.student.full_name,
        tuple(results[course.pk][pupil.pk].texts for course in courses),
        learning_levels(by_subject),
    )
