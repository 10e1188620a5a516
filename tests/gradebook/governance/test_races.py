"""Several people at the same moment, on real connections."""

import pytest
from django.db import connection

from gradebook.actions.decision_register import acknowledge, edit_decision
from gradebook.actions.incidents import report_incident
from gradebook.actions.policy import set_policy
from gradebook.models import Acknowledgement, Decision, Incident
from gradebook.policy_history import version_of
from tests.cast import build
from tests.gradebook.governance.desk import Desk, paper
from tests.races import at_once, errors

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set PORTAL_DATABASE_URL")


def test_reports_at_once_are_numbered_without_a_gap():
    cast = build()

    results = at_once(*[lambda: report_incident(what="Lỗi", by=cast.toan)] * 6)

    assert errors(results) == []
    assert sorted(Incident.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_two_clicks_at_once_confirm_once():
    desk = Desk(build())
    decision = desk.regulation()

    results = at_once(
        *[lambda: acknowledge(decision=decision, seen=decision.scan_sha256, by=desk.cast.lan)] * 2
    )

    assert errors(results) == []
    assert Acknowledgement.objects.count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_a_number_does_not_change_under_a_seat_given_at_the_same_moment(attempt):
    desk = Desk(build())
    decision = desk.enter("2/QĐ", Decision.About.BOARD)

    results = at_once(
        lambda: desk.seat("dung"),
        lambda: edit_decision(
            decision=decision, paper=paper("3/QĐ", Decision.About.BOARD), by=desk.cast.hanh
        ),
    )

    number = Decision.objects.get().number
    assert (number, errors(results)) in [("3/QĐ", []), ("2/QĐ", ["Stands('number')"])]


def test_of_two_who_set_the_rules_at_once_one_is_told():
    desk = Desk(build())
    policy, hanh = desk.policy(), desk.cast.hanh
    seen = version_of(policy)

    results = at_once(
        lambda: set_policy(policy=policy, values={"midterm_marks_days": 10}, seen=seen, by=hanh),
        lambda: set_policy(policy=policy, values={"midterm_marks_days": 7}, seen=seen, by=hanh),
    )

    assert errors(results) == ["PolicyChanged()"]
