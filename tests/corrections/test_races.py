"""Two people at the same moment, on real connections."""

import pytest
from django.db import connection

from corrections import actions
from corrections.models import CorrectionRequest, Decision
from tests.cast import build
from tests.corrections.scene import Scene
from tests.races import at_once, errors

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set PORTAL_DATABASE_URL")


@pytest.mark.parametrize("attempt", range(5))
def test_of_two_decisions_at_once_one_counts_and_the_other_is_told(attempt):
    scene = Scene.locked(build())
    correction = scene.submit()
    hanh = scene.cast.hanh

    results = at_once(
        lambda: actions.approve(correction=correction, by=hanh),
        lambda: actions.refuse(correction=correction, by=hanh, note="Thiếu bài"),
    )

    assert errors(results) == ["AlreadyDecided()"]
    decision = Decision.objects.get()
    assert decision in results
    assert scene.again(correction).lines.get().is_open == (decision.verdict == "approved")


def test_of_two_executions_at_once_one_is_told():
    scene = Scene.locked(build())
    correction = scene.approved()

    results = at_once(*[lambda: actions.execute(correction=correction, by=scene.cast.khoa)] * 2)

    assert errors(results) == ["NotWaiting()"]
    assert scene.mark().version == 2


def test_requests_at_once_take_different_numbers_and_only_one_per_cell():
    scene = Scene.locked(build())
    edits = [scene.edit("9", version=0 if pupil else 1, pupil=pupil) for pupil in (0, 0, 1, 2, 3)]

    results = at_once(*[lambda edit=edit: scene.submit(edit) for edit in edits])

    assert errors(results) == ["NotAccepted('pending')"]
    assert sorted(CorrectionRequest.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_executing_while_books_are_locked_and_opened_ends():
    scene = Scene.locked(build())
    scene.cast.execute("open", "CK1")
    correction = scene.approved()

    results = at_once(
        lambda: actions.execute(correction=correction, by=scene.cast.khoa),
        lambda: scene.cast.execute("open"),
        lambda: scene.cast.execute("lock", "CK1"),
    )

    assert errors(results) == []
    assert scene.mark().score == 9
