"""At the same moment: what must happen once happens once."""

import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions import LastPrincipal, RoleHeld, end_role, give_role, second_factor, units
from accounts.models import Department, HeldRole, User
from accounts.prepared import Given, Prepared
from accounts.roles import Role
from tests.accounts.people import code_of, with_second_factor
from tests.cast import build, client_of
from tests.races import at_once

TIMES = 300
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


@pytest.mark.parametrize("typed", [{"username": "mynth"}, {"staff_code": "0012345678"}])
def test_the_same_user_name_or_code_typed_twice_at_once_is_an_error_beside_the_field(typed):
    cast = build()
    data = {"full_name": "Ngô Thị Hà My", "since": "05/09/2026", "namesake": "on", **typed}
    managers = [client_of(cast.hanh), client_of(cast.hanh)]

    pages = at_once(*[lambda client=client: client.post("/accounts/new/", data) for client in managers])

    assert sorted(page.status_code for page in pages) == [200, 422]
    (refused,) = [page for page in pages if page.status_code == 422]
    assert list(refused.context["form"].errors) == list(typed)
    assert User.objects.filter(**typed).count() == 1


def test_two_people_of_one_name_opened_at_once_get_two_user_names():
    cast = build()
    data = {"full_name": "Ngô Thị Hà My", "since": "05/09/2026", "namesake": "on"}
    managers = [client_of(cast.hanh), client_of(cast.hanh)]

    pages = at_once(*[lambda client=client: client.post("/accounts/new/", data) for client in managers])

    assert [page.status_code for page in pages] == [200, 200]
    assert User.objects.filter(username__in=["mynth", "mynth2"]).count() == 2


def test_one_code_given_to_two_people_at_once_is_an_error_beside_the_field():
    cast = build()
    data = {"full_name": "X", "staff_code": "0012345678", "email": ""}
    managers = [(client_of(cast.hanh), person) for person in (cast.toan, cast.lan)]

    pages = at_once(
        *[lambda c=c, person=person: c.post(f"/accounts/{person.pk}/edit/", data) for c, person in managers]
    )

    assert sorted(page.status_code for page in pages) == [303, 422]


def test_one_role_given_twice_at_once_is_held_once():
    cast, today = build(), timezone.localdate()

    results = at_once(*[lambda: give_role(user=cast.lan, role=Role.CLERK, since=today, by=cast.hanh)] * 2)

    assert {type(result) for result in results} == {HeldRole, RoleHeld}


def test_one_department_founded_twice_at_once_is_founded_once():
    cast = build()

    results = at_once(*[lambda: units.found_department(name="Tổ Toán", by=cast.khoa)] * 2)

    assert {type(result) for result in results} == {Department, units.NameTaken}


@pytest.fixture
def restless():
    """Threads take turns after every few steps."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_threads_that_ask_a_prepared_statement_at_once_each_get_their_own_answer(restless):
    """It is written out by one of them on its connection; none waits for another."""
    people = list(build(pupils_per_class=1).people.values())
    held = Prepared[HeldRole](lambda: HeldRole.objects.filter(user=Given("user")))

    def asking(person: User):
        return lambda: [held.ask(user=person.pk) for _ in range(TIMES)]

    answers = at_once(*map(asking, people))

    for person, asked in zip(people, answers, strict=True):
        assert asked == [list(person.held_roles.all())] * TIMES
