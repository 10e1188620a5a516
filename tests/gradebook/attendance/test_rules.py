"""How absences are counted and when a month is due, without Django."""

from datetime import date

import pytest

from gradebook.attendance_rules import (
    NotALetter,
    Tally,
    due_on,
    is_over,
    month_days,
    months,
    parse,
    tally,
    uncalled,
)

STARTS, ENDS = date(2026, 9, 5), date(2027, 5, 31)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("p", "excused"), ("K ", "unexcused"), ("M", "late"), ("", "present"), ("  ", "present")],
)
def test_a_letter_in_either_case(typed, kind):
    assert parse(typed) == kind


@pytest.mark.parametrize("typed", ["x", "PK", "0", "v"])
def test_another_letter_is_refused(typed):
    with pytest.raises(NotALetter):
        parse(typed)


def test_late_is_counted_apart_from_absent():
    counts = tally(["excused", "late", "unexcused", "excused", "present", "late"])

    assert counts == Tally(excused=2, unexcused=1, late=2)
    assert counts.absent == 3


def test_a_month_has_only_the_days_of_the_school_year():
    september = month_days(date(2026, 9, 1), STARTS, ENDS)

    assert (september[0], september[-1], len(september)) == (STARTS, date(2026, 9, 30), 26)


def test_the_year_has_nine_months():
    found = list(months(STARTS, ENDS))

    assert (found[0], found[-1], len(found)) == (date(2026, 9, 1), date(2027, 5, 1), 9)


@pytest.mark.parametrize(
    ("first_day", "today", "over"),
    [
        (date(2026, 11, 1), date(2026, 11, 29), False),
        (date(2026, 11, 1), date(2026, 11, 30), True),
        (date(2027, 5, 1), date(2027, 5, 30), False),
        (date(2027, 5, 1), date(2027, 5, 31), True),
    ],
)
def test_a_month_is_over_on_its_last_day(first_day, today, over):
    assert is_over(first_day, ENDS, today) is over


@pytest.mark.parametrize(
    ("closing_day", "due"), [(1, date(2027, 1, 1)), (28, date(2027, 1, 28)), (None, None)]
)
def test_a_month_is_due_in_the_next_one(closing_day, due):
    assert due_on(date(2026, 12, 1), closing_day) == due


def test_days_without_a_roll_call_leave_out_the_weekend_and_want_every_half_day():
    friday, saturday, monday = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)
    called = [(friday, "morning"), (friday, "afternoon"), (monday, "morning")]

    assert uncalled([friday, saturday, monday], ["morning"], called) == []
    assert uncalled([friday, saturday, monday], ["morning", "afternoon"], called) == [monday]
