"""The page of people shows what holds today: neither ended nor withdrawn roles, nor who can no longer sign in."""

from datetime import timedelta

from django.utils import timezone

from accounts.actions import disable_account, end_role, give_role
from accounts.roles import Role
from gradebook.set_up.teaching import teachers
from tests.cast import client_of


def roles_shown(cast) -> dict[str, list[str]]:
    people = client_of(cast.vinh).get("/people/").context["accounts"]
    return {person.username: [held.role for held in person.roles_that_day] for person in people}


def test_a_role_that_ended_or_was_taken_back_is_not_shown_as_held(cast):
    today = timezone.localdate()
    wrong = give_role(user=cast.lan, role=Role.ADMINISTRATOR, since=today, by=cast.hanh)
    end_role(held=wrong, until=today - timedelta(days=1), by=cast.hanh)
    end_role(held=cast.cuc.held_roles.get(), until=today - timedelta(days=1), by=cast.hanh)
    give_role(user=cast.mai, role=Role.CLERK, since=today + timedelta(days=1), by=cast.hanh)
    disable_account(account=cast.dung, by=cast.hanh)

    shown = roles_shown(cast)

    assert shown["lan"] == ["subject_teacher"]
    assert shown["cuc"] == []
    assert "clerk" not in shown["mai"]
    assert "dung" not in shown


def test_who_was_made_a_teacher_by_mistake_is_offered_no_class(cast):
    today = timezone.localdate()
    wrong = give_role(user=cast.cuc, role=Role.SUBJECT_TEACHER, since=today, by=cast.hanh)
    assert cast.cuc in teachers()

    end_role(held=wrong, until=today - timedelta(days=1), by=cast.hanh)

    assert cast.cuc not in teachers()
