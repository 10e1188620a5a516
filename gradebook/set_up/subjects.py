"""Subjects x classes of a grade: what each class takes, and what it may still choose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from gradebook.actions.curriculum import KINDS, Choice, choice_of
from gradebook.assessment.catalogue import CatalogueSubject, subjects
from gradebook.assessment.choices import with_thematic_studies
from gradebook.models import Course, SchoolClass, SchoolYear

Choices = Mapping[SchoolClass, Choice]


@dataclass(frozen=True, slots=True)
class Cell:
    school_class: SchoolClass
    course: Course | None
    is_ticked: bool
    is_thematic: bool
    """Whether its thematic studies are ticked."""


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    name: str
    lessons: int
    kind: str
    strands: str
    is_chosen: bool
    """Whether a class may take it or not."""
    has_studies: bool
    is_own: bool
    cells: tuple[Cell, ...]

    @property
    def has_course(self) -> bool:
        return any(cell.course for cell in self.cells)


@dataclass(frozen=True, slots=True)
class GradeTable:
    grade: int
    classes: list[SchoolClass]
    rows: list[Row]

    @property
    def may_choose(self) -> bool:
        return any(row.is_chosen for row in self.rows)

    @property
    def sources(self) -> list[SchoolClass]:
        """Classes whose choice others may take over."""
        empty = self.without_courses
        return [each for each in self.classes if each not in empty]

    @property
    def offered(self) -> frozenset[str]:
        return frozenset(row.code for row in self.rows if row.is_chosen)

    @property
    def studies(self) -> list[Row]:
        return [row for row in self.rows if row.has_studies]

    @property
    def without_courses(self) -> list[SchoolClass]:
        """Classes that lack a subject nobody may leave out."""
        lacking = {
            cell.school_class.pk
            for row in self.rows
            if not (row.is_chosen or row.is_own)
            for cell in row.cells
            if cell.course is None
        }
        return [each for each in self.classes if each.pk in lacking]


def read_grade(year: SchoolYear, grade: int, typed: Choices | None = None) -> GradeTable:
    """`typed`: what was posted and refused, to be shown again."""
    classes = list(year.classes.filter(grade=grade))
    courses = list(
        Course.objects.of_subjects()
        .filter(school_class__in=classes)
        .select_related("subject")
        .order_by("subject__order")
    )
    of_class = {each: [course for course in courses if course.school_class_id == each.pk] for each in classes}
    choices = {each: choice_of(each, of_class[each]) for each in classes} | dict(typed or {})
    standing = {(course.school_class_id, course.subject.code): course for course in courses}
    known = subjects(grade)
    rows = [_row(subject, classes, standing, choices) for subject in known]
    own = {course.subject.code: course for course in courses}
    for subject in known:
        own.pop(subject.code, None)
    rows += [_own_row(course, classes, standing) for course in own.values()]
    return GradeTable(grade, classes, rows)


def posted_choices(data: QueryDict, classes: Sequence[SchoolClass], grade: int) -> dict[SchoolClass, Choice]:
    """The ticks of each class that was on the page. A class that took nothing and has nothing is not asked yet."""
    shown = set(data.getlist("class"))
    choices = {}
    for school_class in classes:
        if str(school_class.pk) not in shown:
            continue
        chosen = frozenset(data.getlist(f"chosen-{school_class.pk}"))
        studies = frozenset(data.getlist(f"thematic-{school_class.pk}"))
        if grade < 10 or chosen or studies:
            choices[school_class] = Choice(chosen, studies)
    return choices


def _row(
    subject: CatalogueSubject,
    classes: Sequence[SchoolClass],
    standing: Mapping[tuple[int, str], Course],
    choices: Choices,
) -> Row:
    cells = tuple(
        Cell(
            each,
            standing.get((each.pk, subject.code)),
            subject.code in choices[each].chosen,
            subject.code in choices[each].thematic,
        )
        for each in classes
    )
    lessons = next((cell.course.lessons_per_year for cell in cells if cell.course), subject.lessons)
    offered = {known.code for known in subjects(classes[0].grade) if known.chosen} if classes else set()
    return Row(
        subject.code,
        subject.name,
        lessons,
        str(KINDS[subject.kind].label),
        ", ".join(strand.name for strand in subject.strands),
        is_chosen=subject.chosen,
        has_studies=bool(classes) and subject.code in with_thematic_studies(classes[0].grade, offered),
        is_own=False,
        cells=cells,
    )


def _own_row(
    course: Course, classes: Sequence[SchoolClass], standing: Mapping[tuple[int, str], Course]
) -> Row:
    cells = tuple(
        Cell(
            each, found := standing.get((each.pk, course.subject.code)), found is not None, is_thematic=False
        )
        for each in classes
    )
    return Row(
        course.subject.code,
        course.subject.name,
        course.lessons_per_year,
        course.get_kind_display(),
        "",
        is_chosen=False,
        has_studies=False,
        is_own=True,
        cells=cells,
    )
