"""Statements written out once answer as the query set would, whoever asks and whatever is given."""

from datetime import date

import pytest
from django.db import models

from accounts.models import HeldRole
from accounts.prepared import Given, Prepared


@pytest.fixture
def held():
    return Prepared(lambda: HeldRole.objects.filter(user=Given("user")).on(Given("day", models.DateField())))


@pytest.mark.django_db
def test_each_question_is_answered_for_its_own_person_and_day(shared_scene, held):
    people = shared_scene.cast.people
    for person in people.values():
        for day in (date(2000, 1, 1), date(2100, 1, 1), HeldRole.objects.latest("since").since):
            asked = held.ask(user=person.pk, day=day)
            assert asked == list(person.held_roles.on(day))
            assert [row.user for row in asked] == [person] * len(asked)
    assert any(held.ask(user=person.pk, day=date(2100, 1, 1)) for person in people.values())


@pytest.mark.django_db
def test_a_question_is_one_query_and_the_second_one_too(shared_scene, held, django_assert_num_queries):
    person = shared_scene.cast.people["toan"]
    for _ in range(2):
        with django_assert_num_queries(1):
            held.ask(user=person.pk, day=date(2100, 1, 1))


@pytest.mark.django_db
def test_a_value_that_is_not_given_is_no_answer(shared_scene, held):
    with pytest.raises(KeyError):
        held.ask(user=shared_scene.cast.people["toan"].pk)
