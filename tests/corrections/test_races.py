"""Two people at the same moment, on real connections."""

from threading import Barrier, Event

import pytest
from django.db import connection, transaction
from django.utils import timezone

from corrections import actions
from corrections.models import CorrectionRequest, Decision, Execution, Paper, Question, Withdrawal
from gradebook.actions.marks import Edit
from gradebook.models import Column, SchoolYear
from gradebook.years import check_open, hold, hold_windows
from tests.cast import build
from tests.corrections.chain import is_there, put_in_charge, rule
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


def test_without_the_lock_of_the_request_the_second_decision_would_not_see_the_first(monkeypatch):
    """Only the database itself would refuse it then, and nobody could be told why."""
    scene = Scene.locked(build())
    correction = scene.submit()
    unguarded(monkeypatch, "deciding")
    both_read = Barrier(2)

    def slow(user, request):
        assert request.made_decision is None
        both_read.wait(timeout=10)
        return True

    monkeypatch.setattr("corrections.actions.deciding.policies.may_decide", slow)

    results = at_once(
        lambda: actions.approve(correction=correction, by=scene.cast.hanh),
        lambda: actions.refuse(correction=correction, by=scene.cast.hanh, note="Thiếu bài"),
    )

    [error] = errors(results)
    assert error.startswith("IntegrityError")


def test_without_the_lock_of_the_request_two_steps_at_once_would_both_be_written(monkeypatch):
    """What the other tests rest on: the guard taken away, the race happens."""
    scene = Scene.locked(build())
    correction = scene.submit()
    unguarded(monkeypatch, "deciding", "asking_back")
    both_read = Barrier(2)

    def slow(user, request):
        both_read.wait(timeout=10)
        return True

    monkeypatch.setattr("corrections.actions.deciding.policies.may_decide", slow)
    monkeypatch.setattr("corrections.actions.asking_back.policies.may_ask_back", slow)

    results = at_once(
        lambda: actions.approve(correction=correction, by=scene.cast.hanh),
        lambda: actions.ask_back(correction=correction, by=scene.cast.hanh, text="Bài đâu?"),
    )

    assert errors(results) == []
    assert Decision.objects.exists() and Question.objects.exists()


@pytest.mark.parametrize("attempt", range(3))
def test_a_withdrawal_and_an_execution_at_once_do_not_both_happen(attempt):
    scene = Scene.locked(build())
    correction = scene.approved()

    results = at_once(
        lambda: actions.withdraw(correction=correction, by=scene.cast.toan),
        lambda: actions.execute(correction=correction, by=scene.cast.khoa),
    )

    assert errors(results) in (["NotAwaited()"], ["NotWaiting()"])
    assert scene.mark().score == (9 if Execution.objects.exists() else 8)
    assert Withdrawal.objects.exists() != Execution.objects.exists()


def test_a_confirmation_and_a_question_at_once_do_not_both_count():
    scene = Scene.locked(build())
    rule(scene, correction_endorsement=True)
    put_in_charge(scene, scene.cast.dung, scene.cast.toan)
    correction = scene.submit()

    results = at_once(
        lambda: actions.endorse(correction=correction, by=scene.cast.dung),
        lambda: actions.ask_back(correction=correction, by=scene.cast.dung, text="Bài đâu?"),
    )

    assert errors(results) in (["NotAwaited()"], ["PermissionDenied()"])


def test_two_leaders_at_once_stand_in_one_part():
    scene = Scene.locked(build())
    rule(scene, correction_witnesses="three")
    correction = scene.approved()

    results = at_once(
        lambda: is_there(correction, "leader", scene.cast.hanh),
        lambda: is_there(correction, "leader", scene.cast.vinh),
    )

    assert errors(results) == ["PresenceRefused('taken')"]


@pytest.mark.parametrize("attempt", range(3))
def test_an_execution_and_the_closing_of_the_year_do_not_both_pass_each_other(attempt):
    """Either the value is changed in a year that closes afterwards, or the year is closed and nothing is changed."""
    scene = Scene.locked(build())
    correction = scene.approved()

    results = at_once(
        lambda: actions.execute(correction=correction, by=scene.cast.khoa),
        lambda: close(scene),
    )

    changed = Execution.objects.exists()
    assert errors(results) == ([] if changed else ["YearClosed()"])
    assert scene.mark().score == (9 if changed else 8)
    assert scene.again(correction).status == ("executed" if changed else "waiting_for_execution")


def test_without_holding_the_books_an_execution_would_be_spent_on_a_closed_year(monkeypatch):
    scene = Scene.locked(build())
    correction = scene.approved()
    checked, closed = Event(), Event()

    def unheld(**of):
        return []

    def late(year_id):
        found = check_open(year_id)
        checked.set()
        closed.wait(timeout=10)
        return found

    def close_then_tell():
        checked.wait(timeout=10)
        close(scene)
        closed.set()

    monkeypatch.setattr("corrections.actions.executing.hold_windows", unheld)
    monkeypatch.setattr("corrections.actions.executing.check_open", late)

    assert (
        errors(at_once(lambda: actions.execute(correction=correction, by=scene.cast.khoa), close_then_tell))
        == []
    )

    assert Execution.objects.get().refusal == "year-closed"


def close(scene):
    """As closing does it: every window of the year, then the year."""
    with transaction.atomic():
        hold_windows(course__school_class__year=scene.cast.year)
        year = hold(scene.cast.year.pk)
        year.status, year.closed_by, year.closed_at = "closed", scene.cast.hanh, timezone.now()
        year.save_by(scene.cast.hanh)


def unguarded(monkeypatch, *modules):
    for module in modules:
        monkeypatch.setattr(
            f"corrections.actions.{module}.locked",
            lambda correction: CorrectionRequest.objects.get(pk=correction.pk),
        )


def two_of_different_courses():
    """Approved requests whose executions share no window: only the year stands between them."""
    scene = Scene.locked(build())
    other = scene.cast.maths["6B"]
    column = Column.objects.get(course=other, kind="regular", ordinal=1, period=scene.cast.periods["GK1"])
    edit = Edit(scene.cast.pupils["6B"][0].pk, column.pk, "7", 0)
    second = actions.submit(
        course=other, edits=[edit], kind="entry_error", reason="Bỏ sót", by=scene.cast.lan
    )
    actions.approve(correction=second, by=scene.cast.hanh)
    return scene, [scene.approved(), second]


def test_minutes_of_two_executions_at_once_have_different_numbers_without_a_gap():
    scene, requests = two_of_different_courses()

    results = at_once(
        *[lambda each=each: actions.execute(correction=each, by=scene.cast.khoa) for each in requests]
    )

    assert errors(results) == []
    minutes = Paper.objects.filter(kind=Paper.Kind.MINUTES).order_by("number")
    assert [paper.number for paper in minutes] == [1, 2]


def test_without_the_lock_of_the_year_both_minutes_would_take_one_number(monkeypatch):
    """What the test above rests on: the guard taken away, the race happens, and the database refuses it."""
    scene, requests = two_of_different_courses()
    both = Barrier(2, timeout=10)

    def unheld(year):
        both.wait()
        return SchoolYear.objects.get(pk=year)

    monkeypatch.setattr("corrections.papers.issuing.hold", unheld)
    results = at_once(
        *[lambda each=each: actions.execute(correction=each, by=scene.cast.khoa) for each in requests]
    )

    assert [type(result).__name__ for result in results if isinstance(result, Exception)] == [
        "IntegrityError"
    ]
    assert Paper.objects.filter(kind=Paper.Kind.MINUTES).count() == 1
