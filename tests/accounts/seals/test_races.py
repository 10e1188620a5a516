"""Several connections at once, on PostgreSQL: seals made at the same moment, and rows that are committed late."""

from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction

from accounts.models import Seal
from accounts.recorded import create_many
from accounts.seals.making import make_seal, seal_now
from gradebook.models import Subject
from tests.cast import build
from tests.races import at_once, errors

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
HISTORY = "gradebook_historicalsubject"


@pytest.fixture(autouse=True)
def postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set PORTAL_DATABASE_URL")


def seal() -> Seal:
    return seal_now(reason=Seal.Reason.DAILY)


def test_of_seals_made_at_once_each_has_its_number_and_no_row_is_covered_twice():
    cast = build()

    def act(number: int) -> None:
        create_many(Subject, [Subject(code=f"mon-{number}", name="x")], by=cast.hanh)
        seal()

    assert errors(at_once(*[lambda number=number: act(number) for number in range(6)])) == []

    made = list(Seal.objects.order_by("number"))
    assert [each.number for each in made] == list(range(1, len(made) + 1))
    assert len(made) >= 6
    assert [each.said["previous"] for each in made] == ["", *(each.sha256 for each in made[:-1])]
    covered = [
        number
        for each in made
        for first, last in each.said["tables"][HISTORY].get("spans", [])
        for number in range(first, last + 1)
    ]
    assert sorted(covered) == sorted(Subject.history.values_list("history_id", flat=True))


def test_a_row_committed_after_the_seal_but_numbered_before_is_covered_by_the_next():
    cast = build()
    seal()
    written, may_commit = Event(), Event()

    def slow() -> None:
        with transaction.atomic():
            create_many(Subject, [Subject(code="cham", name="Chậm")], by=cast.hanh)
            written.set()
            may_commit.wait(10)
        connections.close_all()

    thread = Thread(target=slow)
    thread.start()
    written.wait(10)
    create_many(Subject, [Subject(code="nhanh", name="Nhanh")], by=cast.hanh)
    between = seal()
    may_commit.set()
    thread.join(10)
    after = seal()

    late = Subject.history.get(code="cham").history_id
    assert [late, late, between.number] in between.said["tables"][HISTORY]["open"]
    assert (after.said["tables"][HISTORY]["spans"], after.said["tables"][HISTORY]["late"]) == (
        [[late, late]],
        1,
    )


def test_a_seal_waits_for_nobody_and_nobody_for_it_while_a_save_is_under_way():
    """The save holds its rows' locks; the seal is made meanwhile, and comes after the commit when the act asks."""
    cast = build()
    before = Seal.objects.count()
    with transaction.atomic():
        create_many(Subject, [Subject(code="dang-luu", name="x")], by=cast.hanh)
        make_seal(reason=Seal.Reason.DAILY, by=cast.hanh)
        [elsewhere] = at_once(seal)
        assert isinstance(elsewhere, Seal)
        assert Seal.objects.count() == before + 1

    assert Seal.objects.count() == before + 2
    row = Subject.history.get(code="dang-luu").history_id
    assert Seal.objects.get(number=before + 2).said["tables"][HISTORY]["spans"] == [[row, row]]
