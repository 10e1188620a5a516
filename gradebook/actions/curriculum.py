"""The courses of a class as the curriculum has them: the compulsory subjects and those the class chose."""

from collections.abc import Collection, Iterable

from django.core.exceptions import PermissionDenied

from accounts import audit
from accounts.models import User
from accounts.recorded import create_many
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook.actions.teaching import CoursePlan, Extra, open_courses
from gradebook.assessment import choices
from gradebook.assessment.catalogue import CatalogueSubject, SubjectKind, in_book_order
from gradebook.models import Course, SchoolClass, SchoolYear, Subject

KINDS = {
    SubjectKind.LEVEL: Course.Kind.PRIMARY,
    SubjectKind.SCORED: Course.Kind.SCORED,
    SubjectKind.COMMENT: Course.Kind.COMMENT,
}


class YearClosed(ValueError):
    """Nothing of a closed year changes."""


@recorded_write
def open_curriculum(
    *, school_class: SchoolClass, chosen: Collection[str] = (), thematic: Collection[str] = (), by: User
) -> list[Course]:
    """Open the courses of a class by its grade's curriculum; returns them in the order of the books.

    Courses that the class has already are kept as they are. `chosen` and `thematic` are subject codes.
    Raises `assessment.choices.WrongChoice`, YearClosed and PermissionDenied.
    """
    if not by.may(Permission.SET_UP_YEAR):
        raise PermissionDenied
    if school_class.year.status != SchoolYear.Status.OPEN:
        raise YearClosed
    taken = choices.taken(school_class.grade, chosen, thematic)
    subjects = _subjects([known.code for known in taken], by)
    kept = school_class.courses.filter(subject__in=subjects.values()).select_related("subject")
    there = {course.subject_id: course for course in kept}
    plans = [
        _plan(known, subjects[known.code], thematic=known.code in thematic)
        for known in taken
        if subjects[known.code].pk not in there
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
    return [there[subjects[known.code].pk] for known in taken]


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
