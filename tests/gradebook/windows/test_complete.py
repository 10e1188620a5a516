"""Classes that are locked as soon as their teachers have finished."""

import pytest

from accounts.models import AuditEvent
from gradebook.actions.confirmations import confirm_columns
from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.schedule import lock_complete
from gradebook.actions.windows import execute_lock_order
from gradebook.lock_readiness import read_readiness
from gradebook.sheets import read_sheet
from tests.cast import Cast
from tests.gradebook.windows.books import is_open, ordered


def fill(cast: Cast, name: str, typed: str = "8") -> None:
    course = cast.maths[name]
    teacher = cast.toan if name == "6A" else cast.lan
    columns = [column for column in course.columns.filter(period__code="GK1")]
    edits = [Edit(pupil.pk, column.pk, typed, 0) for pupil in cast.pupils[name] for column in columns]
    outcome = save_marks(course=course, edits=edits, by=teacher, origin="page")
    assert not outcome.refused


def confirm(cast: Cast, name: str) -> None:
    course = cast.maths[name]
    teacher = cast.toan if name == "6A" else cast.lan
    seen = read_sheet(course, semester=1, user=teacher).seen
    columns = [column.pk for column in course.columns.filter(period__code="GK1")]
    confirm_columns(course=course, columns=columns, seen=seen, by=teacher)


@pytest.mark.duty("S4-27")
def test_each_class_is_locked_when_it_is_filled_and_confirmed(cast):
    order = ordered(cast, when_complete=True)
    fill(cast, "6A")
    lock_complete()
    assert is_open(cast, "6A")

    confirm(cast, "6A")
    lock_complete()

    assert (is_open(cast, "6A"), is_open(cast, "6B")) == (False, True)
    order.refresh_from_db()
    assert order.executed_at is None

    fill(cast, "6B")
    confirm(cast, "6B")
    lock_complete()
    order.refresh_from_db()
    assert order.executed_automatically
    assert not is_open(cast, "6B")


def test_the_administrator_locks_the_complete_classes_at_once(cast):
    order = ordered(cast, when_complete=True)
    fill(cast, "6A")
    confirm(cast, "6A")

    assert execute_lock_order(order=order, by=cast.khoa) > 0
    assert execute_lock_order(order=order, by=cast.khoa) == 0

    assert (is_open(cast, "6A"), is_open(cast, "6B")) == (False, True)
    assert AuditEvent.objects.filter(verb="gradebook.lock.classes_locked").count() == 1


def test_the_others_are_listed_with_what_they_lack(cast):
    fill(cast, "6A")
    confirm(cast, "6A")
    fill(cast, "6B", "v")

    states = {state.school_class.name: state for state in read_readiness(ordered(cast, when_complete=True))}

    assert states["6A"].is_complete
    [maths] = states["6B"].lacking
    columns = cast.maths["6B"].columns.filter(period__code="GK1").count()
    assert maths.counts == (0, 5 * columns, columns, 0)
