"""At the same moment: what must happen once happens once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions import LastPrincipal, end_role, second_factor
from accounts.models import HeldRole, User
from accounts.roles import Role
from tests.accounts.people import code_of, with_second_factor
from tests.cast import build
from tests.races import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_two_principals_who_take_the_role_from_each_other_leave_one():
    cast, yesterday = build(), timezone.localdate() - timedelta(days=1)
    HeldRole(user=cast.vinh, role=Role.PRINCIPAL, since=yesterday).save_by(cast.hanh)
    ended = [cast.hanh, cast.vinh]

    def end_that_of(person: User, by: User):
        held = HeldRole.objects.get(user=person, role=Role.PRINCIPAL)
        actor = User.objects.get(pk=by.pk)
        assert Role.PRINCIPAL in actor.roles
        return lambda: end_role(held=held, until=yesterday, by=actor)

    results = at_once(end_that_of(ended[0], by=ended[1]), end_that_of(ended[1], by=ended[0]))

    assert [type(result) for result in results if result is not None] == [LastPrincipal]
    assert HeldRole.objects.on(timezone.localdate()).filter(role=Role.PRINCIPAL).count() == 1


def test_a_code_typed_twice_at_once_opens_one_session():
    cast = build()
    recovery, *_ = with_second_factor(cast.toan)
    code = code_of(cast.toan)

    for typed in (code, recovery):
        answers = at_once(*[lambda typed=typed: second_factor.verify(user=cast.toan, typed=typed)] * 2)
        assert sorted(answer.accepted for answer in answers) == [False, True]
