"""The pupils of a year are carried to the next, as it was decided of each (S0-35, S4-15).

What belongs to the pupil needs no carrying: profile, register number and guardians stay with the student.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook.actions.carrying import carry
from gradebook.actions.decisions import find_decision
from gradebook.actions.next_year import open_next
from gradebook.models import Decision, SchoolClass, SchoolYear, YearTurn
from gradebook.turn_choices import Choices
from gradebook.year_dates import YearDates
from gradebook.year_plan import Plan, next_year, read_plan
from gradebook.years import hold_open, hold_windows


class AlreadyTurned(ValueError):
    """The year was turned before; who was decided on since is carried by `carry_late`."""


class NotTurned(ValueError):
    """There is no turn to follow or to undo."""


class PlanChanged(ValueError):
    """What was looked at is no longer what would be done."""


class NotReady(ValueError):
    """Codes: problems (classes or pupils that cannot be placed), waiting (pupils without a decision), nothing."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class TurnPaper:
    """The decision on the turn, and the dates of the next year where nobody has set it up yet."""

    number: str
    dated: date
    next_year: YearDates | None = None


@recorded_write
def turn_year(*, year: SchoolYear, choices: Choices, seen: str, paper: TurnPaper, by: User) -> YearTurn:
    """Carry everybody who is decided on to the next year, all of it or nothing.

    `seen` is the digest of the plan that was looked at. Raises AlreadyTurned, PlanChanged, NotReady, NumberTaken,
    DateOutside, YearClosed (the next year), and those of `next_year.open_next`.
    """
    plan = _plan(year, choices, by)
    if plan.turn is not None:
        raise AlreadyTurned
    if plan.waiting and not choices.leave_waiting:
        raise NotReady("waiting")
    _check(plan, seen)
    decision = find_decision(
        year=plan.year, number=paper.number, dated=paper.dated, about=Decision.About.YEAR, by=by
    )
    following = plan.next_year or open_next(plan.year, paper.next_year, by=by)
    turn = YearTurn(
        year=plan.year, next_year=following, decision=decision, turned_by=by, turned_at=timezone.now()
    )
    turn.save_by(by)
    carry(plan, turn, by=by)
    audit.record(by=by, verb="gradebook.year.turned", target=plan.year, **_counts(plan))
    return turn


@recorded_write
def carry_late(*, year: SchoolYear, choices: Choices, seen: str, by: User) -> YearTurn:
    """Carry those decided on since the turn, after the summer above all. Raises NotTurned and those of `turn_year`."""
    plan = _plan(year, choices, by)
    if plan.turn is None or plan.next_year is None:
        raise NotTurned
    _check(plan, seen)
    if not plan.carrying:
        raise NotReady("nothing")
    carry(plan, plan.turn, by=by)
    audit.record(by=by, verb="gradebook.year.turned_late", target=plan.year, **_counts(plan))
    return plan.turn


def lock_years(years: Collection[SchoolYear], books_of: SchoolYear | None = None) -> None:
    """The rows under which lists are numbered and movements wait. Everybody's order: classes, windows, years."""
    pks = [year.pk for year in years]
    list(SchoolClass.objects.select_for_update(no_key=True).filter(year__in=pks).order_by("pk"))
    if books_of is not None:
        hold_windows(course__school_class__year=books_of)
    list(SchoolYear.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk"))


def _plan(year: SchoolYear, choices: Choices, by: User) -> Plan:
    """The plan as it is under the locks. The old year may be closed or still wait for its summer."""
    if not by.may(Permission.TURN_YEAR):
        raise PermissionDenied
    following = next_year(year)
    lock_years([year, *([following] if following else [])])
    plan = read_plan(SchoolYear.objects.get(pk=year.pk), choices)
    if plan.next_year is not None:
        hold_open(plan.next_year.pk)
    return plan


def _check(plan: Plan, seen: str) -> None:
    if plan.problems or plan.refused:
        raise NotReady("problems")
    if plan.digest != seen:
        raise PlanChanged


def _counts(plan: Plan) -> dict[str, int]:
    return {fate.value: count for fate, count in plan.counts}
