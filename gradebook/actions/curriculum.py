"""The courses of a class as the curriculum has them: the compulsory subjects and those the class chose."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from accounts import audit
from accounts.models import User
from accounts.recorded import create_many
from accounts.writing import recorded_write
from gradebook.actions.courses import CourseInUse, set_thematic, withdraw_courses
from gradebook.actions.school import year_to_set_up
from gradebook.actions.teaching import CoursePlan, Extra, open_courses
from gradebook.assessment.catalogue import CatalogueSubject, SubjectKind, in_book_order, subjects
from gradebook.assessment.choices import WrongChoice, taken
from gradebook.models import Course, SchoolClass, Subject
from gradebook.years import hold_windows

KINDS = {
    SubjectKind.LEVEL: Course.Kind.PRIMARY,
    SubjectKind.SCORED: Course.Kind.SCORED,
    SubjectKind.COMMENT: Course.Kind.COMMENT,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a class takes of its grade's curriculum beside the compulsory subjects, by subject code."""

    chosen: frozenset[str] = frozenset()
    thematic: frozenset[str] = frozenset()


@recorded_write
def open_curriculum(
    *, school_class: SchoolClass, chosen: Collection[str] = (), thematic: Collection[str] = (), by: User
) -> list[Course]:
    """Open the courses of a class by its grade's curriculum; returns them in the order of the books.

    Courses that the class has already are kept as they are. `chosen` and `thematic` are subject codes.
    Raises `assessment.choices.WrongChoice`, school.YearClosed and PermissionDenied.
    """
    year_to_set_up(school_class.year_id, by=by)
    known_subjects = taken(school_class.grade, chosen, thematic)
    subject_rows = _subjects([known.code for known in known_subjects], by)
    kept = school_class.courses.filter(subject__in=subject_rows.values()).select_related("subject")
    there = {course.subject_id: course for course in kept}
    plans = [
        _plan(known, subject_rows[known.code], thematic=known.code in thematic)
        for known in known_subjects
        if subject_rows[known.code].pk not in there
    ]
    if plans:
        opened = open_courses(school_class=school_class, plans=plans, by=by)
        there |= {course.subject_id: course for course in opened}
        audit.record(
            by=by,
            verb="gradebook.curriculum.opened",
            target=school_class,
            subjects=[plan.subject.code for plan in plans],
        )
    return [there[subject_rows[known.code].pk] for known in known_subjects]


@recorded_write
def choose_subjects(*, choices: Mapping[SchoolClass, Choice], by: User) -> list[SchoolClass]:
    """Let each class take what it chose: opens what is missing, withdraws what is not taken any more.

    Returns the classes in which something changed. All or none: raises RefusedChoice for the first class whose
    choice the curriculum does not allow or whose marks stand against it, YearClosed and PermissionDenied.
    """
    hold_windows(course__school_class__in=choices)  # of all of them, before the first year is held
    changed = []
    for school_class, choice in choices.items():
        try:
            if _choose(school_class, choice, by):
                changed.append(school_class)
        except (WrongChoice, CourseInUse) as problem:
            raise RefusedChoice(school_class, problem) from problem
    return changed


class RefusedChoice(ValueError):
    """`problem` is a WrongChoice or CourseInUse of `school_class`."""

    def __init__(self, school_class: SchoolClass, problem: WrongChoice | CourseInUse) -> None:
        super().__init__(f"{school_class}: {problem}")
        self.school_class = school_class
        self.problem = problem


def choice_of(school_class: SchoolClass, courses: Collection[Course]) -> Choice:
    """What a class with these courses has chosen."""
    offered = {known.code for known in subjects(school_class.grade) if known.chosen}
    return Choice(
        frozenset(course.subject.code for course in courses) & offered,
        frozenset(course.subject.code for course in courses if course.is_thematic),
    )


def _choose(school_class: SchoolClass, choice: Choice, by: User) -> bool:
    wanted = {known.code for known in taken(school_class.grade, choice.chosen, choice.thematic)}
    courses = list(school_class.courses.of_subjects().select_related("subject", "school_class"))
    before = choice_of(school_class, courses)
    if choice == before and wanted <= {course.subject.code for course in courses}:
        return False
    dropped = [course for course in courses if course.subject.code in before.chosen - choice.chosen]
    turned = [
        course
        for course in courses
        if course not in dropped and course.is_thematic != (course.subject.code in choice.thematic)
    ]
    if dropped:
        withdraw_courses(courses=dropped, by=by)
    if turned:
        set_thematic(courses=turned, by=by)
    open_curriculum(school_class=school_class, chosen=choice.chosen, thematic=choice.thematic, by=by)
    return True


def _subjects(codes: Collection[str], by: User) -> dict[str, Subject]:
    """The subjects by code; those that the school never had before are made."""
    found = {subject.code: subject for subject in Subject.objects.filter(code__in=codes)}
    places: Iterable[tuple[int, CatalogueSubject]] = enumerate(in_book_order(), start=1)
    missing = [
        Subject(code=known.code, name=known.name, order=place)
        for place, known in places
        if known.code in codes and known.code not in found
    ]
    return found | {subject.code: subject for subject in create_many(Subject, missing, by=by)}


def _plan(known: CatalogueSubject, subject: Subject, *, thematic: bool) -> CoursePlan:
    return CoursePlan(
        subject=subject,
        kind=KINDS[known.kind],
        lessons_per_year=known.lessons,
        tested=frozenset(period.value for period in known.tests),
        strands=tuple(strand.name for strand in known.strands),
        extra=Extra(thematic=thematic),
    )
