"""What every movement needs: the locks, the checks, the places that end and begin.

Locks are taken in one order: classes, the pupil, the windows of the classes' books, and last the year with the
decision. Saving marks and deciding on results take windows before the year, importing takes classes first: nobody
waits in a circle. A mark saved before the movement goes along; one saved after it finds the pupil gone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Max

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from gradebook.actions.decisions import AFTER_THE_YEAR, find_decision
from gradebook.models import Decision, Enrolment, Movement, SchoolClass, SchoolYear, Student
from gradebook.years import check_open, hold_windows

_K = Movement.Kind
LEAVING = frozenset({_K.TRANSFERRED, _K.DROPPED_OUT, _K.RESERVED})
ARRIVING = frozenset({_K.RECEIVED, _K.RETURNED})
RECORDED = LEAVING | ARRIVING | {_K.CHANGED_CLASS}
"""The kinds recorded one by one; the others come with the turn of the year."""
BY_DECISION = frozenset({_K.TRANSFERRED, _K.RECEIVED, _K.CHANGED_CLASS, _K.RESERVED})
"""Only on the principal's paper (S2 II.1: on the principal's assignment)."""
WITH_SCHOOL = frozenset({_K.TRANSFERRED, _K.RECEIVED})
WITH_REASON = frozenset({_K.DROPPED_OUT, _K.CHANGED_CLASS, _K.RESERVED})


class NotMoved(ValueError):
    """The movement makes no sense. `code` names why; the page puts it into words."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


@dataclass(frozen=True, slots=True)
class MovementPaper:
    """What a movement rests on. `number` and `dated` name the principal's decision: both or neither."""

    on: date
    number: str = ""
    dated: date | None = None
    other_school: str = ""
    reason: str = ""


def check_may(by: User) -> None:
    if not by.may(Permission.RECORD_MOVEMENTS):
        raise PermissionDenied


def lock_classes(classes: Collection[int]) -> dict[int, SchoolClass]:
    """The rows under which places in a list are numbered.

    Not against references: an order for a class may be written meanwhile.
    """
    rows = SchoolClass.objects.select_for_update(of=("self",), no_key=True).select_related("year")
    return {row.pk: row for row in rows.filter(pk__in=classes).order_by("pk")}


def lock_class(school_class: SchoolClass, others: Collection[int] = ()) -> SchoolClass:
    """The class that a pupil is to enter, with the others. Raises NotMoved: class-withdrawn."""
    locked = lock_classes({school_class.pk, *others}).get(school_class.pk)
    if locked is None:  # it was empty, and somebody took it out of the year since the page was shown
        raise NotMoved("class-withdrawn")
    return locked


def lock_pupil(student: int, classes: Collection[int]) -> Student:
    """The pupil, then the books of the classes: no other movement comes between. Raises YearClosed."""
    pupil: Student = Student.objects.select_for_update(no_key=True).get(pk=student)
    lock_books(classes)
    return pupil


def lock_books(classes: Collection[int]) -> None:
    """No mark comes between, and the years stay open: closing waits for these rows. Raises YearClosed."""
    hold_windows(course__school_class__in=classes)
    for year in set(SchoolClass.objects.filter(pk__in=classes).values_list("year", flat=True)):
        check_open(year)


def check_paper(kind: str, paper: MovementPaper) -> None:
    """Raises NotMoved: no-decision, no-school, no-reason, null-character."""
    if kind in BY_DECISION and not (paper.number and paper.dated):
        raise NotMoved("no-decision")
    if bool(paper.number) != bool(paper.dated):
        raise NotMoved("no-decision")
    if kind in WITH_SCHOOL and not paper.other_school.strip():
        raise NotMoved("no-school")
    if kind in WITH_REASON and not paper.reason.strip():
        raise NotMoved("no-reason")
    if "\x00" in paper.number + paper.other_school + paper.reason:
        raise NotMoved("null-character")


def check_day(student: Student, year: SchoolYear, kind: str, on: date, *, today: date) -> None:
    """Raises NotMoved: in-future, outside-year, too-early. Pupils also leave in the summer after the lessons."""
    last = year.ends_on + AFTER_THE_YEAR if kind in LEAVING else year.ends_on
    if on > today:
        raise NotMoved("in-future")
    if not year.starts_on <= on <= last:
        raise NotMoved("outside-year", f"{year.starts_on:%d/%m/%Y} – {last:%d/%m/%Y}")
    places = student.enrolments.listed().filter(school_class__year=year)
    days = places.aggregate(since=Max("since"), until=Max("until"))
    steps = Movement.objects.standing().of_year(year).filter(student=student).aggregate(last=Max("on"))
    before = max((day for day in (*days.values(), steps["last"]) if day), default=on)
    if on < before:
        raise NotMoved("too-early", f"{before:%d/%m/%Y}")


def end_place(place: Enrolment, paper: MovementPaper, by: User) -> None:
    place.status, place.until = Enrolment.Status.LEFT, paper.on
    place.save_by(by, reason=paper.reason, origin="movement")


def begin_place(student: Student, school_class: SchoolClass, paper: MovementPaper, by: User) -> Enrolment:
    """A place at the end of the list, or the pupil's own old line; a cancelled one may have lost its number."""
    own = school_class.enrolments.filter(student=student)
    place: Enrolment = (
        own.listed().first() or own.first() or Enrolment(student=student, school_class=school_class)
    )
    if not place.pk or place.status == Enrolment.Status.CANCELLED:
        last = school_class.enrolments.aggregate(last=Max("number"))["last"] or 0
        place.number, place.since = last + 1, paper.on
    place.status, place.until = Enrolment.Status.ENROLLED, None
    place.save_by(by, reason=paper.reason, origin="movement")
    return place


def record(movement: Movement, paper: MovementPaper, year: SchoolYear, by: User, at: datetime) -> Movement:
    """Write the movement with its decision. `at`: a moment under the locks and before the first write, so that
    history tells before from after.

    Raises NumberTaken, DateOutside.
    """
    if paper.number and paper.dated:
        movement.decision = find_decision(
            year=year, number=paper.number, dated=paper.dated, about=Decision.About.MOVEMENT, by=by
        )
    movement.on, movement.reason = paper.on, paper.reason.strip()
    movement.other_school = paper.other_school.strip()
    movement.recorded_by, movement.recorded_at = by, at
    movement.save_by(by)
    audit.record(by=by, verb="gradebook.movement.recorded", target=movement, kind=str(movement.kind))
    return movement
