"""A pupil's way through the school, for the pupil's page: places, movements, results of other schools."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from gradebook.actions.movement_desk import RECORDED
from gradebook.carried_marks import SubjectMarks, plan_carriage
from gradebook.models import EarlierResult, Enrolment, Movement, Student


@dataclass(frozen=True, slots=True)
class Step:
    """A movement, and what else the page says of it."""

    movement: Movement
    cancel_reason: str = ""
    may_cancel: bool = False


@dataclass(frozen=True, slots=True)
class EarlierYear:
    """What the papers of another school say of one year."""

    year_name: str
    grade: int
    school: str
    movement_id: int
    rows: tuple[EarlierResult, ...]


@dataclass(frozen=True, slots=True)
class PupilMovements:
    places: tuple[Enrolment, ...]
    steps: tuple[Step, ...]
    earlier: tuple[EarlierYear, ...]
    came: Movement | None
    """How the pupil came into the class in the course of its year."""
    left_behind: tuple[SubjectMarks, ...]
    """Marks of the class before that have no counterpart in this one."""
    before: Enrolment | None
    """Where those marks stand."""


def read_movements(pupil: Enrolment) -> PupilMovements:
    """`pupil` needs the student and the class with its year. Queries constant in the pupils of the school."""
    student = pupil.student
    places = student.enrolments.select_related("school_class__year").order_by("-since", "-pk")
    movements = list(
        Movement.objects.filter(student=student)
        .select_related(
            "origin__school_class__year",
            "target__school_class__year",
            "decision",
            "recorded_by",
            "cancelled_by",
        )
        .order_by("pk")
    )
    before, left_behind = _left_behind(pupil, places)
    return PupilMovements(
        tuple(places),
        tuple(_steps(movements)),
        tuple(earlier_years(student)),
        _came(pupil, movements),
        left_behind,
        before,
    )


def earlier_years(student: Student) -> list[EarlierYear]:
    """By year; lines that were emptied stay in the history only."""
    rows = EarlierResult.objects.filter(student=student, movement__cancelled_at=None).select_related(
        "movement"
    )
    filled = [row for row in rows.order_by("-year_name", "semester", "pk") if _says_something(row)]
    return [
        EarlierYear(year, found[0].grade, found[0].movement.other_school, found[0].movement_id, tuple(found))
        for year, group in groupby(filled, key=lambda row: row.year_name)
        for found in [list(group)]
    ]


def _says_something(row: EarlierResult) -> bool:
    return any((row.regular, row.midterm, row.final, row.result, row.comment))


def _steps(movements: list[Movement]) -> Iterable[Step]:
    """The latest first. Only the last standing movement may be cancelled, one that the turn of a year made never."""
    last = next((each for each in reversed(movements) if each.cancelled_at is None), None)
    reasons = _cancel_reasons(movements)
    for each in reversed(movements):
        is_open = each.place.school_class.year.is_open
        yield Step(each, reasons.get(each.pk, ""), each is last and is_open and each.kind in RECORDED)


def _cancel_reasons(movements: list[Movement]) -> dict[int, str]:
    cancelled = [each.pk for each in movements if each.cancelled_at]
    if not cancelled:
        return {}
    rows: Any = Movement.history.filter(id__in=cancelled, cancelled_at__isnull=False)
    return dict(rows.values_list("id", "history_change_reason"))


def _came(pupil: Enrolment, movements: list[Movement]) -> Movement | None:
    if not pupil.joined_later:
        return None
    arrivals = [each for each in movements if each.target_id == pupil.pk and each.cancelled_at is None]
    return arrivals[0] if arrivals else None


def _left_behind(
    pupil: Enrolment, places: Iterable[Enrolment]
) -> tuple[Enrolment | None, tuple[SubjectMarks, ...]]:
    """Of the class of the same year that the pupil was in before."""
    year = pupil.school_class.year_id
    earlier = [
        place
        for place in places
        if place.status == Enrolment.Status.LEFT
        and place.school_class.year_id == year
        and place.pk != pupil.pk
        and place.until is not None
        and place.until <= pupil.since
    ]
    if not earlier:
        return None, ()
    before = earlier[0]
    return before, tuple(plan_carriage(before, pupil.school_class).left_behind)
