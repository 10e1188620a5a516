"""Deciding while others work on the same class, on real connections."""

from dataclasses import replace
from datetime import date
from threading import Event
from time import sleep

import pytest

from gradebook.actions import decisions, proposals, rules
from gradebook.actions.marks import Amendment, Edit, save_marks
from gradebook.actions.windows import order_lock
from gradebook.actions.year_closing import close_year
from gradebook.actions.year_turn import TurnPaper, turn_year
from gradebook.models import Decision, Enrolment, Mark, Policy, Proposal, SchoolYear, YearTurn
from gradebook.set_up.facts import following_dates
from gradebook.year_closing import read_closing
from gradebook.year_plan import read_plan
from tests.cast import build
from tests.gradebook.results.school_year import (
    decide_all,
    live,
    primary_class,
    propose_all,
    teach_everything,
)
from tests.races import at_once, errors

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def proposed():
    cast = build()
    teach_everything(cast, cast.classes["6A"], cast.toan)
    live(cast, "6A")
    propose_all(cast)
    return cast


def test_of_two_decisions_at_once_one_counts(proposed):
    results = at_once(*[lambda: decide_all(proposed)] * 2)

    assert errors(results) == []
    assert sorted(len(answer.saved) for answer in results) == [0, 5]
    assert Proposal.history.filter(decision__isnull=False).count() == 5


def test_a_decision_and_a_lock_order_never_wait_for_each_other(proposed, monkeypatch):
    """The decision holds the windows and wants the year; the order holds the year and wants its period."""
    holds_windows, make = Event(), decisions.find_decision

    def decision(**words):
        holds_windows.set()
        sleep(0.5)  # the order is waiting inside the database by then, where nothing can be asked
        return make(**words)

    def order():
        holds_windows.wait(10)
        return order_lock(period=proposed.periods["HE"], act="open", reason="x", by=proposed.hanh)

    monkeypatch.setattr(proposals, "find_decision", decision)
    results = at_once(lambda: decide_all(proposed), order)

    assert errors(results) == []
    assert Decision.objects.count() == 1


def test_one_number_in_two_classes_at_once_is_one_decision(proposed):
    primary_class(proposed)
    live(proposed, "4A")
    propose_all(proposed, "4A")

    results = at_once(lambda: decide_all(proposed), lambda: decide_all(proposed, "4A"))

    assert errors(results) == []
    assert Decision.objects.count() == 1
    assert Proposal.objects.undecided().count() == 0


def test_rules_are_not_changed_under_a_first_mark():
    cast = build()
    teach_everything(cast, cast.classes["6A"], cast.toan)
    policy = Policy.objects.select_related("year").get(year=cast.year, level="lower_secondary")
    mark = cast.maths["6A"].columns.filter(period__code="GK1")[0]

    edit = Edit(cast.pupils["6A"][0].pk, mark.pk, "8", 0)
    results = at_once(
        lambda: save_marks(course=cast.maths["6A"], edits=[edit], by=cast.toan, origin="page"),
        lambda: rules.choose_rules(policy=policy, words={"removal"}, by=cast.hanh),
    )

    assert errors(results) in ([], ["RulesInUse()"])
    assert len(results[0].saved) == 1


@pytest.fixture
def decided_class(proposed):
    decide_all(proposed)
    return proposed


def turn(cast):
    choices = replace(read_plan(cast.year).choices, leave_waiting=True)
    seen = read_plan(cast.year, choices).digest
    paper = TurnPaper("70/QĐ", date(2027, 6, 15), following_dates(cast.year))
    return turn_year(year=cast.year, choices=choices, seen=seen, paper=paper, by=cast.khoa)


def test_of_two_turns_of_the_year_at_once_one_counts(decided_class):
    results = at_once(*[lambda: turn(decided_class)] * 2)

    assert len(errors(results)) == 1
    assert errors(results)[0] in ("AlreadyTurned()", "PlanChanged()")
    assert YearTurn.objects.count() == 1
    assert Enrolment.objects.filter(school_class__name="7A").count() == 5


def test_no_mark_slips_past_the_closing_of_its_year(decided_class):
    """The save was on its way when the year was closed: it is written before, or refused after."""
    cast = decided_class
    mark = Mark.objects.filter(column__course=cast.maths["6A"], column__kind="final")[0]
    cell = (mark.enrolment_id, mark.column_id)
    waived = {pupil.pk: "x" for pupil in read_closing(cast.year).undecided}
    cast.execute("lock", "GK1", cast.classes["6B"])

    results = at_once(
        lambda: save_marks(
            course=cast.maths["6A"],
            edits=[Edit(*cell, "1", mark.version)],
            by=cast.khoa,
            origin="correction 1",
            amendment=Amendment("1", "x", frozenset({cell})),
        ),
        lambda: close_year(
            year=cast.year, number="60/QĐ", dated=date(2027, 6, 10), waived=waived, by=cast.hanh
        ),
    )

    assert errors(results) == []
    closed_at = SchoolYear.history.filter(status="closed").get().history_date
    written = Mark.history.filter(id=mark.pk, history_origin="correction 1")
    assert all(row.history_date <= closed_at for row in written)
    assert len(written) == len(results[0].saved)
