"""Half-days of a closed month change by the leave of an executed decision alone; the month stays closed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from gradebook.actions.attendance import Amendment, save_attendance
from gradebook.actions.attendance_months import close_month
from gradebook.models import Absence, AttendanceMonth
from tests.gradebook.attendance.rolls import MONDAY, OCTOBER, again, edit, save

IN_OCTOBER = OCTOBER.replace(day=29)


@pytest.fixture
def closed(cast):
    """The pupil was marked absent without leave on a day of October, which is closed since."""
    save(cast, edit(cast.pupils["6A"][0], "K", IN_OCTOBER))
    close_month(school_class=again(cast.classes["6A"]), first_day=OCTOBER, by=cast.mai, without_call=True)
    return cast


def amend(cast, *edits, by="khoa", named=None):
    return save_attendance(
        school_class=again(cast.classes["6A"]),
        edits=edits,
        by=cast.people[by],
        origin="correction 1/2026-2027",
        amendment=Amendment("Có đơn xin phép nộp muộn", frozenset(named or [each.cell for each in edits])),
    )


def codes(outcome):
    return [refusal.code for refusal in outcome.refused]


@pytest.mark.duty("S3-37")
def test_a_named_half_day_of_a_closed_month_is_changed_and_says_why(closed):
    outcome = amend(closed, edit(closed.pupils["6A"][0], "P", IN_OCTOBER, version=1))

    absence = Absence.objects.get()
    last = Absence.history.latest()
    assert (len(outcome.saved), absence.kind, absence.version) == (1, "excused", 2)
    assert (last.history_change_reason, last.history_origin, last.history_user) == (
        "Có đơn xin phép nộp muộn",
        "correction 1/2026-2027",
        closed.khoa,
    )
    assert not AttendanceMonth.objects.get(first_day=OCTOBER).is_open


def test_a_half_day_that_the_decision_does_not_name_is_refused_also_in_an_open_month(closed):
    first, second, *_rest = closed.pupils["6A"]
    wanted = edit(first, "P", IN_OCTOBER, version=1)

    outcome = amend(
        closed, edit(second, "K", IN_OCTOBER), edit(second, "K", MONDAY), wanted, named=[wanted.cell]
    )

    assert codes(outcome) == ["locked", "locked"]
    assert len(outcome.saved) == 1


def test_a_decision_changes_nothing_over_a_newer_value_or_on_a_day_without_school(closed):
    first = closed.pupils["6A"][0]

    stale = amend(closed, edit(first, "P", IN_OCTOBER, version=7))
    before = amend(closed, edit(first, "P", closed.year.starts_on - timedelta(days=3)))

    assert codes(stale) == ["conflict"]
    assert codes(before) == ["outside-year"]


@pytest.mark.parametrize("person", ["mai", "hanh", "toan"])
def test_only_who_carries_out_decisions_may(closed, person):
    with pytest.raises(PermissionDenied):
        amend(closed, edit(closed.pupils["6A"][0], "P", IN_OCTOBER, version=1), by=person)
