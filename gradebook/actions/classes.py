"""The classes of a year: added, copied from another year, renamed and withdrawn while they are empty."""

from collections.abc import Collection, Sequence

from accounts import audit, permissions
from accounts.models import User
from accounts.writing import recorded_write
from gradebook import class_names
from gradebook.actions.courses import withdraw_courses
from gradebook.actions.school import year_to_set_up
from gradebook.actions.teaching import appoint_homeroom_teacher, open_class
from gradebook.models import SchoolClass, SchoolYear
from gradebook.years import hold_windows


class ClassInUse(ValueError):
    """The class has, or had, pupils."""


class NameTaken(ValueError):
    """The year has such a class already; `names` are the ones in question."""

    def __init__(self, names: Collection[str]) -> None:
        super().__init__(", ".join(names))
        self.names = list(names)


@recorded_write
def add_classes(*, year: SchoolYear, names: Sequence[str], by: User) -> list[SchoolClass]:
    """Open classes by name, which begins with the grade. All or none.

    Raises class_names.BadName, NameTaken, YearClosed and PermissionDenied.
    """
    year = year_to_set_up(year.pk, by=by)
    names = [class_names.clean(name) for name in names]
    if taken := _taken(year, names):
        raise NameTaken(taken)
    return [open_class(year=year, name=name, grade=class_names.grade_of(name), by=by) for name in names]


@recorded_write
def copy_classes(*, year: SchoolYear, source: SchoolYear, keep_teachers: bool, by: User) -> list[SchoolClass]:
    """Open the classes of another year again, without pupils; those that are there already stay as they are.

    `keep_teachers`: each keeps its homeroom teacher, unless the account was closed meanwhile.
    """
    year = year_to_set_up(year.pk, by=by)
    there = set(_taken(year, source.classes.values_list("name", flat=True)))
    opened = []
    for old in source.classes.select_related("homeroom_teacher"):
        if old.name in there:
            continue
        new = open_class(year=year, name=old.name, grade=old.grade, by=by)
        teacher = old.homeroom_teacher
        if keep_teachers and teacher is not None and teacher.is_active and teacher != by:
            appoint_homeroom_teacher(school_class=new, teacher=teacher, since=year.starts_on, by=by)
        opened.append(new)
    return opened


@recorded_write
def rename_class(*, school_class: SchoolClass, name: str, by: User) -> SchoolClass:
    """Give an empty class another name of the same grade. Raises as add_classes, and ClassInUse."""
    school_class = _empty(school_class, by)
    name = class_names.clean(name)
    if class_names.grade_of(name) != school_class.grade:
        raise class_names.BadName(name, "grade")
    if name != school_class.name:
        if taken := _taken(school_class.year, [name]):
            raise NameTaken(taken)
        before, school_class.name = school_class.name, name
        school_class.save_by(by)
        audit.record(by=by, verb="gradebook.class.renamed", target=school_class, before=before)
    return school_class


@recorded_write
def withdraw_class(*, school_class: SchoolClass, by: User) -> None:
    """Take an empty class out of the year, with its courses. Its rows and their history stay.

    Raises ClassInUse, YearClosed and PermissionDenied.
    """
    school_class = _empty(school_class, by)
    withdraw_courses(courses=list(school_class.courses.all()), by=by)
    if school_class.homeroom_teacher is not None:
        permissions.revoke(SchoolClass.LEAD, to=school_class.homeroom_teacher, on=school_class)
        school_class.homeroom_teacher = None
    school_class.is_withdrawn = True
    school_class.save_by(by)
    audit.record(by=by, verb="gradebook.class.withdrawn", target=school_class)


def _empty(school_class: SchoolClass, by: User) -> SchoolClass:
    """The class, its books and its year, held, if no pupil was ever enrolled in it."""
    held: SchoolClass = SchoolClass.objects.select_for_update(no_key=True).get(pk=school_class.pk)
    hold_windows(course__school_class=held)
    held.year = year_to_set_up(held.year_id, by=by)
    if held.enrolments.exists():
        raise ClassInUse
    return held


def _taken(year: SchoolYear, names: Collection[str]) -> list[str]:
    return list(year.classes.filter(name__in=list(names)).values_list("name", flat=True))
