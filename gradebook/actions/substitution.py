"""Somebody teaches for somebody else, by a decision and for some days (S1-04, S3-01).

Nobody works under another person's name: the substitute enters as themselves, and who is replaced keeps the course.
"""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook.actions.decisions import find_decision
from gradebook.actions.school import year_to_set_up
from gradebook.actions.teaching import StandIn, assign_teacher, end_assignment
from gradebook.models import Course, Decision, SchoolYear, TeachingAssignment


class NotAppointed(ValueError):
    """Nobody was appointed. Codes: dates, over, outside, decided-later, nobody, not-teaching, teaches."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class AlreadyOver(ValueError):
    """The substitution had ended before, or was taken back."""


@recorded_write
def appoint_substitute(
    *,
    course: Course,
    substitute: User,
    acting_for: User,
    since: date,
    until: date,
    number: str,
    dated: date,
    by: User,
) -> list[TeachingAssignment]:
    """The substitute takes over what the other teaches of the course: all of it, or the same strands.

    `number` and `dated` are the decision's. Raises NotAppointed, NumberTaken, DateOutside, YearClosed.
    Nobody appoints themselves.
    """
    if by.pk == substitute.pk:
        raise PermissionDenied
    # The year's row serialises: two at once must not both appoint.
    year = year_to_set_up(course.school_class.year_id, by=by)
    _check_dates(year, since, until, dated)
    found = find_decision(year=year, number=number, dated=dated, about=Decision.About.STAFF, by=by)
    strands = _strands_to_take(course, substitute, acting_for, since, until)
    stand_in = StandIn(acting_for, until, found)
    return [
        assign_teacher(
            course=course, teacher=substitute, since=since, by=by, strand=strand, stand_in=stand_in
        )
        for strand in strands
    ]


@recorded_write
def end_substitution(*, assignment: TeachingAssignment, by: User) -> None:
    """End it now: gone with the next request. One that began today or later counts as never given."""
    if not by.may(Permission.SET_UP_YEAR):
        raise PermissionDenied
    assignment = (
        TeachingAssignment.objects.substitutions().select_for_update(of=("self",)).get(pk=assignment.pk)
    )
    today = timezone.localdate()
    last_day = assignment.until  # never open: a constraint says so
    if last_day is None or assignment.is_withdrawn or last_day < today:
        raise AlreadyOver
    assignment.is_withdrawn = assignment.since >= today
    if not assignment.is_withdrawn:
        last_day = today - timedelta(days=1)
    end_assignment(assignment=assignment, until=last_day, by=by)


def _check_dates(year: SchoolYear, since: date, until: date, dated: date) -> None:
    if until < since:
        raise NotAppointed("dates")
    if until < timezone.localdate():
        raise NotAppointed("over")
    if not year.starts_on <= since <= until <= year.ends_on:
        raise NotAppointed("outside")
    if dated > since:
        raise NotAppointed("decided-later")


def _strands_to_take(
    course: Course, substitute: User, acting_for: User, since: date, until: date
) -> list[str]:
    if not substitute.is_active or not substitute.roles:
        raise NotAppointed("nobody")
    standing = course.assignments.not_over(since)
    if standing.filter(teacher=substitute, since__lte=until).exists():
        raise NotAppointed("teaches")
    own = standing.filter(teacher=acting_for, acting_for=None)
    strands = list(own.order_by("strand").values_list("strand", flat=True))
    if not strands:
        raise NotAppointed("not-teaching")
    return strands
