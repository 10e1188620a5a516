"""Pupils leave, change class, come back and come from other schools (S0-35, S2-28)."""

from datetime import date, datetime

from django.utils import timezone

from accounts.models import User
from accounts.writing import recorded_write
from gradebook.actions import movement_desk as desk
from gradebook.actions.carried_marks import carry_marks
from gradebook.actions.movement_desk import LEAVING, MovementPaper, NotMoved
from gradebook.known_pupils import KnownPupils, Newcomer
from gradebook.models import Enrolment, Movement, SchoolClass, SchoolYear, Student

_K = Movement.Kind


class KnownAlready(ValueError):
    """Somebody in the records may be this child. `certain`: by an identifier, so it can be nobody else."""

    def __init__(self, students: list[Student], *, certain: bool) -> None:
        super().__init__(len(students))
        self.students, self.certain = students, certain


@recorded_write
def leave(*, enrolment: Enrolment, kind: str, paper: MovementPaper, by: User, today: date) -> Movement:
    """End a pupil's place: went to another school, dropped out, or keeps the place for later.

    Marks and the line in the list stay. Raises NotMoved, YearClosed, NumberTaken, DateOutside.
    """
    desk.check_may(by)
    if kind not in LEAVING:
        raise NotMoved("not-leaving")
    desk.check_paper(kind, paper)
    place, year, at = _locked_place(enrolment)
    desk.check_day(place.student, year, kind, paper.on, today=today)
    desk.end_place(place, paper, by)
    return desk.record(Movement(student=place.student, kind=kind, origin=place), paper, year, by, at)


@recorded_write
def change_class(
    *, enrolment: Enrolment, to: SchoolClass, paper: MovementPaper, by: User, today: date
) -> Movement:
    """Move a pupil to another class of the grade, with the marks so far.

    Raises NotMoved (also: same-class, other-grade, class-withdrawn, decided), YearClosed, NumberTaken, DateOutside.
    """
    desk.check_may(by)
    desk.check_paper(_K.CHANGED_CLASS, paper)
    place, year, at = _locked_place(enrolment, to)
    _check_change(place, to)
    desk.check_day(place.student, year, _K.CHANGED_CLASS, paper.on, today=today)
    desk.end_place(place, paper, by)
    target = desk.begin_place(place.student, to, paper, by)
    movement = Movement(student=place.student, kind=_K.CHANGED_CLASS, origin=place, target=target)
    desk.record(movement, paper, year, by, at)
    carry_marks(place, movement, by)
    return movement


@recorded_write
def come_back(
    *, enrolment: Enrolment, to: SchoolClass, paper: MovementPaper, by: User, today: date
) -> Movement:
    """Take a pupil who left or kept the place into a class again: the old one, or another of an open year.

    Raises NotMoved (also: on-roll, other-grade, class-withdrawn), YearClosed, NumberTaken, DateOutside.
    """
    desk.check_may(by)
    desk.check_paper(_K.RETURNED, paper)
    school_class = desk.lock_class(to)
    student = desk.lock_pupil(enrolment.student_id, [to.pk])
    return _arrive(Movement(student=student, kind=_K.RETURNED), school_class, paper, by, today)


@recorded_write
def receive(
    *,
    newcomer: Newcomer,
    school_class: SchoolClass,
    paper: MovementPaper,
    by: User,
    today: date,
    known: Student | None = None,
    another: bool = False,
) -> Movement:
    """Take a child from another school into a class. Whoever was here before is found again, never doubled.

    `known`: it is this pupil of the records; `another`: a person has said that the namesakes are other children.
    Raises KnownAlready, NotMoved (also: not-this-one, on-roll, class-withdrawn), YearClosed, NumberTaken, DateOutside.
    """
    desk.check_may(by)
    desk.check_paper(_K.RECEIVED, paper)
    # All classes, as an import takes: two must not add one child at once.
    every = SchoolClass.objects.filter(year__status=SchoolYear.Status.OPEN).values_list("pk", flat=True)
    locked = desk.lock_class(school_class, every)
    student = _found(newcomer, known, another=another)
    if student is None:
        desk.lock_books([locked.pk])
        student = newcomer.new_student(paper.on)
        student.save_by(by, origin="movement")
    else:
        student = desk.lock_pupil(student.pk, [locked.pk])
        _complete(student, newcomer, by)
    return _arrive(Movement(student=student, kind=_K.RECEIVED), locked, paper, by, today)


def _locked_place(
    enrolment: Enrolment, to: SchoolClass | None = None
) -> tuple[Enrolment, SchoolYear, datetime]:
    """The place as it stands under the locks, its year, and the moment.

    Raises NotMoved: not-on-roll, class-withdrawn.
    """
    classes = [enrolment.school_class_id]
    if to is None:
        desk.lock_classes(classes)
    else:
        desk.lock_class(to, classes)
        classes.append(to.pk)
    desk.lock_pupil(enrolment.student_id, classes)
    place: Enrolment = Enrolment.objects.select_related("student", "school_class__year").get(pk=enrolment.pk)
    if place.status != Enrolment.Status.ENROLLED:
        raise NotMoved("not-on-roll")
    return place, place.school_class.year, timezone.now()


def _check_change(place: Enrolment, to: SchoolClass) -> None:
    """A pupil whose year is decided changes class with the turn of the year."""
    if to.pk == place.school_class_id:
        raise NotMoved("same-class")
    if (to.year_id, to.grade) != (place.school_class.year_id, place.school_class.grade):
        raise NotMoved("other-grade")
    if place.proposals.filter(decision__isnull=False).exists():
        raise NotMoved("decided")


def _arrive(movement: Movement, to: SchoolClass, paper: MovementPaper, by: User, today: date) -> Movement:
    """Begin the place. Whoever was in a class of the grade this year brings the marks from there."""
    student, at = movement.student, timezone.now()
    of_year = student.enrolments.listed().filter(school_class__year=to.year)
    if standing := of_year.on_roll().select_related("school_class").first():
        raise NotMoved("on-roll", str(standing.school_class))
    before = of_year.select_related("school_class").order_by("-until", "-pk").first()
    if before and before.school_class.grade != to.grade:
        raise NotMoved("other-grade")
    desk.check_day(student, to.year, movement.kind, paper.on, today=today)
    movement.target = desk.begin_place(student, to, paper, by)
    desk.record(movement, paper, to.year, by, at)
    if before and before.school_class_id != to.pk:
        carry_marks(before, movement, by)
    return movement


def _found(newcomer: Newcomer, known: Student | None, *, another: bool) -> Student | None:
    """Who the child is in the records; None for somebody new."""
    pupils = KnownPupils.among([newcomer])
    certain, alike = pupils.owners(newcomer), pupils.alike(newcomer)
    if known is None:
        if certain:
            raise KnownAlready(certain, certain=True)
        if alike and not another:
            raise KnownAlready(alike, certain=False)
        return None
    if known not in [*certain, *alike] or newcomer.disagrees(known):
        raise NotMoved("not-this-one")
    return known


def _complete(student: Student, newcomer: Newcomer, by: User) -> None:
    """Fill identifiers that the records lack; what is there stays."""
    lacking = {name: value for name, value in newcomer.identifiers.items() if not getattr(student, name)}
    for name, value in lacking.items():
        setattr(student, name, value)
    if lacking:
        student.save_by(by, origin="movement")
