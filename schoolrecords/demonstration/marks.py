"""Enter marks as the teachers did: in November the midterm nearly complete, the final just begun; in May all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.models import User
from gradebook.actions.marks import Edit, save_marks
from gradebook.models import Column, Enrolment
from schoolrecords.demonstration.cells import typed, within
from schoolrecords.demonstration.dice import Dice, dice
from schoolrecords.demonstration.plan import ClassPlan
from schoolrecords.demonstration.teaching import TaughtCourse

K = Column.Kind
MIDTERM, FINAL = "GK1", "CK1"
# How likely a column is begun, and then how much of it is filled.
BEGUN = {
    MIDTERM: dict.fromkeys(K, 0.99),
    FINAL: {**dict.fromkeys(K, 0), K.REGULAR: 0.55, K.FINAL: 0.04, K.LEVEL: 0.05, K.COMMENT: 0.05},
}
FILLED = {MIDTERM: 0.992, FINAL: 0.94}
COMPLETE = dict.fromkeys(K, 1.0)
"""How likely a column is begun when the period is over."""


class Misfit(RuntimeError):
    """A mark of the demonstration was refused: its story contradicts the rules of the portal."""


@dataclass(frozen=True, slots=True)
class Pupil:
    enrolment: Enrolment
    ability: float
    """About what this pupil gets over all subjects, from 0 to 10."""


def with_abilities(plan: ClassPlan, enrolments: Iterable[Enrolment], seed: int) -> list[Pupil]:
    chance = dice(seed, "ability", plan.name)
    usual = 8.0 if plan.grade <= 5 else 7.2
    return [Pupil(enrolment, within(chance.gauss(usual, 1.2), 3.4, 9.6)) for enrolment in enrolments]


def enter(
    period: str, taught: TaughtCourse, pupils: Sequence[Pupil], seed: int, *, complete: bool = False
) -> None:
    """Fill the columns of a period, each teacher their own; `complete` leaves nothing open."""
    course = taught.course
    name = f"{course.school_class.name} {course.subject.code}"
    gifts = dice(seed, "gift", name)
    talents = [(pupil.enrolment.pk, pupil.ability + gifts.gauss(0, 0.5)) for pupil in pupils]
    chance = dice(seed, "marks", period, name)
    written: dict[User, list[Edit]] = {}
    for column in course.columns.filter(period__code=period).order_by("order"):
        if chance.random() < (COMPLETE if complete else BEGUN[period])[K(column.kind)]:
            mine = written.setdefault(taught.owner(column.strand), [])
            mine.extend(_fill(taught, column, talents, 1 if complete else FILLED[period], chance))
    for teacher, edits in written.items():
        _save(taught, edits, by=teacher)


def _fill(
    taught: TaughtCourse, column: Column, talents: Iterable[tuple[int, float]], filled: float, chance: Dice
) -> list[Edit]:
    made_up = filled == 1
    return [
        Edit(enrolment, column.pk, typed(taught.course, column, talent, chance, made_up=made_up), version=0)
        for enrolment, talent in talents
        if chance.random() < filled
    ]


def _save(taught: TaughtCourse, edits: list[Edit], *, by: User) -> None:
    outcome = save_marks(course=taught.course, edits=edits, by=by, origin="demonstration")
    if outcome.refused:
        codes = sorted({refusal.code for refusal in outcome.refused})
        raise Misfit(f"{taught.course}: {', '.join(codes)}")
