"""Statements are written out once per process, and a process lives for weeks: each day is asked for by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from gradebook import policies
from gradebook.actions import teaching
from tests.cast import signed_in


@pytest.fixture
def midnight(monkeypatch):
    """Lets the day end."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return lambda: monkeypatch.setattr(timezone, "localdate", lambda *_, **__: tomorrow)


def test_the_sheet_of_a_teacher_whose_last_day_it_was_is_gone_after_midnight(cast, client, midnight):
    course = cast.maths["6A"]
    teaching.end_assignment(assignment=course.assignments.get(), until=timezone.localdate(), by=cast.hanh)
    signed_in(client, cast.toan)
    assert client.get(f"/courses/{course.pk}/semester-1/").status_code == 200

    midnight()

    assert client.get(f"/courses/{course.pk}/semester-1/").status_code == 404


def test_who_still_reads_the_sheet_enters_nothing_after_midnight(cast, midnight):
    course = cast.maths["6A"]
    teaching.end_assignment(assignment=course.assignments.get(), until=timezone.localdate(), by=cast.hanh)
    assert policies.may_enter_marks(cast.toan, course)

    midnight()

    assert not policies.may_enter_marks(cast.toan, course)


def test_a_role_that_ends_today_is_not_held_after_midnight(cast, midnight):
    held = cast.vinh.held_roles.get()
    held.end(timezone.localdate())
    held.save_by(cast.hanh)
    assert User.objects.get(pk=cast.vinh.pk).roles == {Role.VICE_PRINCIPAL}

    midnight()

    assert not User.objects.get(pk=cast.vinh.pk).roles
