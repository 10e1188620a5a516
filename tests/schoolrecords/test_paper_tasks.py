"""Blank books wait on the home page until they are printed, with the day of the school's policy."""

from datetime import date

import pytest
from django.utils import timezone

from archive.actions import request_paper
from archive.wanted import Kind, Wanted
from gradebook.models import Policy
from tests.cast import signed_in

DUE = date(2026, 9, 15)


@pytest.fixture
def september(cast, monkeypatch):
    policy = Policy.objects.get(year=cast.year, level="lower_secondary")
    policy.blank_book_deadline = DUE
    policy.save_by(cast.hanh)
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 9, 10))


def waiting(client, person) -> list[tuple[int, date]]:
    tasks = signed_in(client, person).get("/").context["tasks"]
    return [(task["count"], task["due"]) for task in tasks if task["url"] == "/papers/"]


@pytest.mark.duty("S3-22")
def test_the_clerk_and_the_homeroom_teacher_are_reminded_until_the_book_is_printed(cast, client, september):
    assert waiting(client, cast.cuc) == [(2, DUE)]
    assert waiting(client, cast.mai) == [(1, DUE)]
    assert waiting(client, cast.toan) == []

    request_paper(wanted=Wanted(Kind.BLANK_BOOK, cast.classes["6A"]), by=cast.mai)

    assert waiting(client, cast.cuc) == [(1, DUE)]
    assert waiting(client, cast.mai) == []


def test_a_school_without_such_a_day_is_not_reminded(cast, client):
    assert waiting(client, cast.cuc) == []
