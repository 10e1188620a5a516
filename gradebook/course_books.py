"""Single courses as plain data: what a check sheet and a teacher's own book hold.

Read in a constant number of queries, however many courses and pupils.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch

from gradebook.assessment.schemes import UnknownScheme
from gradebook.book import NO_TEXTS, BookColumn, BookRow, CourseBook, teacher_names
from gradebook.entries import CONTENT, EMPTY, Entry
from gradebook.models import Column, Course, Enrolment, Mark, SchoolYear, TeachingAssignment
from gradebook.models.teaching import CourseQuerySet
from gradebook.results.subjects import ResultColumns, shown_result, subject_result


@dataclass(frozen=True, slots=True)
class OwnBook:
    """One course with the pupils of its class, in the order of the list."""

    course: Course
    pupils: tuple[Enrolment, ...]
    book: CourseBook


def taught(teacher_id: int, year: SchoolYear) -> CourseQuerySet:
    """What a teacher teaches in the year, or has stood in for: the own book keeps it."""
    held = TeachingAssignment.objects.in_the_book().filter(teacher=teacher_id)
    found: CourseQuerySet = Course.objects.filter(
        pk__in=held.values("course"), school_class__year=year
    ).order_by("school_class__grade", "school_class__name", "subject__order", "pk")
    return found


def read_course_books(courses: CourseQuerySet, *, periods: Iterable[str]) -> list[OwnBook]:
    """The courses with the columns of these periods; results come from all columns. Four queries."""
    wanted = frozenset(periods)
    found = list(_loaded(courses))
    pupils: dict[int, list[Enrolment]] = defaultdict(list)
    classes = {course.school_class_id for course in found}
    for pupil in (
        Enrolment.objects.filter(school_class__in=classes)
        .in_list_order()
        .select_related("student", "school_class__year")
    ):
        pupils[pupil.school_class_id].append(pupil)
    cells = _cells(found)
    return [
        OwnBook(course, tuple(own := pupils[course.school_class_id]), _book(course, own, cells, wanted))
        for course in found
    ]


def _loaded(courses: CourseQuerySet) -> Iterable[Course]:
    columns = Column.objects.select_related("period__semester").order_by("order")
    assignments = TeachingAssignment.objects.in_the_book().select_related("teacher", "acting_for")
    loaded: Iterable[Course] = courses.select_related("subject", "school_class__year").prefetch_related(
        Prefetch("columns", columns), Prefetch("assignments", assignments.order_by("pk"))
    )
    return loaded


def _cells(courses: Iterable[Course]) -> dict[int, dict[int, Entry]]:
    cells: dict[int, dict[int, Entry]] = defaultdict(dict)
    marks = Mark.objects.filter(column__course__in=[course.pk for course in courses])
    for enrolment, column, *content in marks.values_list("enrolment_id", "column_id", *CONTENT):
        cells[enrolment][column] = Entry(*content)
    return cells


def _book(
    course: Course,
    pupils: Iterable[Enrolment],
    cells: Mapping[int, Mapping[int, Entry]],
    periods: frozenset[str],
) -> CourseBook:
    columns = [column for column in course.columns.all() if column.period.code in periods]
    deciding = _deciding(course)
    rows = []
    for pupil in pupils:
        own = cells.get(pupil.pk, {})
        result = subject_result(deciding, own) if deciding else None
        rows.append(
            BookRow(
                pupil.number,
                pupil.student.full_name,
                tuple(own.get(column.pk, EMPTY).text for column in columns),
                result.texts if result else NO_TEXTS,
                shown_result(result.retest) if result else "",
            )
        )
    return CourseBook(
        course.subject.name,
        course.kind,
        teacher_names(course),
        tuple(map(BookColumn.of, columns)),
        tuple(rows),
    )


def _deciding(course: Course) -> ResultColumns | None:
    """None on the homeroom sheet, and under rules nobody knows: there nothing is computed."""
    if course.kind == Course.Kind.HOMEROOM:
        return None
    try:
        return ResultColumns.of(course, course.columns.all())
    except UnknownScheme:
        return None
