"""A class's sheets, read in a constant number of queries, and the results of its pupils."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch

from gradebook.assessment import schemes
from gradebook.assessment.schemes import Circular
from gradebook.entries import CONTENT, Entry
from gradebook.models import Column, Course, Enrolment, Mark, SchoolClass, TeachingAssignment
from gradebook.results import tt22, tt27, tt58
from gradebook.results.homeroom import HomeroomColumns, homeroom
from gradebook.results.record import Homeroom, PupilResults, Record
from gradebook.results.subjects import ResultColumns, SubjectResult, subject_result

_RULES = {
    Circular.TT22_2021: tt22.results,
    Circular.TT27_2020: tt27.results,
    Circular.TT58_2011: tt58.results,
    Circular.TT58_2020: tt58.results,
}


@dataclass(frozen=True, slots=True)
class ClassSheets:
    """What stands in the class book: entries by pupil and column. Courses have columns and current teachers."""

    school_class: SchoolClass
    pupils: list[Enrolment]
    courses: list[Course]
    """Of subjects, in the order of the book."""
    homeroom: Course | None
    cells: dict[int, dict[int, Entry]] = field(default_factory=dict)

    def of(self, pupil: Enrolment) -> dict[int, Entry]:
        return self.cells.get(pupil.pk, {})


def read_sheets(school_class: SchoolClass, *, pupils: Collection[Enrolment] | None = None) -> ClassSheets:
    """The sheets of the class, or some pupils' part of them. Who left in the course of the year stays in."""
    if pupils is None:
        pupils = list(school_class.enrolments.in_list_order())
    else:
        # Named ones are readable whatever became of the place.
        named = school_class.enrolments.filter(pk__in=[pupil.pk for pupil in pupils])
        pupils = list(named.select_related("student").order_by("number"))
    courses = list(_courses(school_class))
    return ClassSheets(
        school_class,
        pupils,
        [course for course in courses if course.kind != Course.Kind.HOMEROOM],
        next((course for course in courses if course.kind == Course.Kind.HOMEROOM), None),
        _cells(pupils),
    )


def class_results(sheets: ClassSheets) -> dict[int, PupilResults]:
    """The results by enrolment. Raises UnknownScheme: a class whose rules are unknown is not computed."""
    school_class = sheets.school_class
    scheme = schemes.parse(school_class.scheme)
    columns = {
        course.subject.code: ResultColumns.of(course, course.columns.all()) for course in sheets.courses
    }
    own = HomeroomColumns.of(sheets.homeroom.columns.all()) if sheets.homeroom else None
    rules = _RULES[scheme.circular]
    found = {}
    for pupil in sheets.pupils:
        cells = sheets.of(pupil)
        subjects: dict[str, SubjectResult] = {
            code: subject_result(deciding, cells) for code, deciding in columns.items()
        }
        record = Record(
            scheme,
            school_class.grade,
            subjects,
            homeroom(own, cells) if own else Homeroom(),
            school_class.specialised_subject or None,
        )
        found[pupil.pk] = rules(record)
    return found


def _courses(school_class: SchoolClass) -> Iterable[Course]:
    columns = Column.objects.select_related("period__semester").order_by("order")
    assignments = (
        TeachingAssignment.objects.in_the_book().select_related("teacher", "acting_for").order_by("pk")
    )
    courses: Iterable[Course] = (
        school_class.courses.select_related("subject", "school_class")
        .order_by("subject__order", "pk")
        .prefetch_related(Prefetch("columns", columns), Prefetch("assignments", assignments))
    )
    return courses


def _cells(pupils: Iterable[Enrolment]) -> dict[int, dict[int, Entry]]:
    cells: dict[int, dict[int, Entry]] = defaultdict(dict)
    marks = Mark.objects.filter(enrolment__in=pupils).values_list("enrolment_id", "column_id", *CONTENT)
    for enrolment, column, *content in marks:
        cells[enrolment][column] = Entry(*content)
    return cells
