"""The board: who sits on it by which decision, what each does, and whom to ask."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from gradebook.actions.board import NotAppointed, NotEnded, appoint, end_seat
from gradebook.models import BoardMember, Decision
from tests.cast import in_english
from tests.gradebook.governance.desk import SIGNED


@pytest.mark.duty("S0-01", "S2-23", "S3-02", "S4-36")
def test_the_principal_sets_up_the_board_with_tasks_and_everybody_reads_whom_to_ask(desk):
    decision = desk.enter("2/QĐ", Decision.About.BOARD)
    seats = {"hanh": "head", "vinh": "deputy", "cuc": "secretary", "khoa": "member"}
    for who, position in seats.items():
        typed = {
            "decision": decision.pk,
            "user": desk.cast.people[who].pk,
            "position": position,
            "task": f"Nhiệm vụ của {who}",
            "since": "01/09/2026",
        }
        assert in_english(desk.cast.hanh).post("/board/appoint/", typed).status_code == 303

    page = in_english(desk.cast.lan).get("/board/")

    assert [row.position for row in page.context["seated"]] == list(seats.values())
    assert all(f"Nhiệm vụ của {who}" in page.text for who in seats)
    assert "2/QĐ" in page.text


def test_a_seat_that_ended_stays_readable_and_frees_the_person(desk):
    seat = desk.seat("dung")
    yesterday = timezone.localdate() - timedelta(days=1)

    end_seat(member=seat, until=yesterday, by=desk.cast.hanh)

    page = in_english(desk.cast.lan).get("/board/")
    assert [row.user for row in page.context["former"]] == [desk.cast.dung]
    assert desk.seat("dung", since=timezone.localdate()).pk != seat.pk


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"who": "dung"}, "seated"),
        ({"who": "vinh", "position": "head"}, "head-taken"),
        ({"who": "vinh", "since": date(2026, 8, 31)}, "before-decision"),
    ],
)
def test_a_seat_that_makes_no_sense_is_refused(desk, changed, code):
    desk.seat("hanh", "head")
    desk.seat("dung")

    with pytest.raises(NotAppointed) as refused:
        desk.seat(**changed)
    assert refused.value.code == code


def test_only_a_decision_on_the_board_gives_a_seat(desk):
    with pytest.raises(NotAppointed, match="not-a-board-decision"):
        appoint(
            decision=desk.enter(),
            user=desk.cast.dung,
            position="member",
            task="",
            since=SIGNED,
            by=desk.cast.hanh,
        )


def test_the_administrator_does_not_appoint_to_the_board(desk):
    decision = desk.enter("2/QĐ", Decision.About.BOARD)

    with pytest.raises(PermissionDenied):
        appoint(
            decision=decision, user=desk.cast.lan, position="member", task="", since=SIGNED, by=desk.cast.khoa
        )
    assert not BoardMember.objects.exists()


def test_a_seat_does_not_end_before_it_began_nor_twice(desk):
    seat = desk.seat()

    with pytest.raises(NotEnded, match="before-start"):
        end_seat(member=seat, until=SIGNED - timedelta(days=1), by=desk.cast.hanh)
    end_seat(member=seat, until=SIGNED, by=desk.cast.hanh)
    with pytest.raises(NotEnded, match="ended"):
        end_seat(member=seat, until=SIGNED, by=desk.cast.hanh)
