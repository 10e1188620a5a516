"""Nobody plays two parts in one request: by person, whatever roles they hold."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import HeldRole
from accounts.roles import Role
from corrections import actions
from corrections.models import Decision, Execution
from gradebook.actions.teaching import assign_teacher
from tests.cast import FIRST_DAY, client_of

EVERY_ROLE = (Role.PRINCIPAL, Role.ADMINISTRATOR)


@pytest.fixture
def mighty(scene):
    """Everybody of the cast teaches the course, may decide and may carry out: only the person is left."""
    for person in scene.cast.people.values():
        for role in EVERY_ROLE:
            if role not in person.roles:
                HeldRole(user=person, role=role, since=date(2026, 8, 1)).save_by(scene.cast.hanh)
        if person != scene.cast.toan:
            giver = scene.cast.khoa if person == scene.cast.hanh else scene.cast.hanh
            assign_teacher(course=scene.course, teacher=person, since=FIRST_DAY, by=giver)
        del person.roles
    return scene


@pytest.mark.duty("S1-74")
@pytest.mark.parametrize(
    ("asks", "decides", "carries_out", "allowed"),
    [
        ("toan", "hanh", "khoa", True),
        ("khoa", "hanh", "toan", True),
        ("hanh", "vinh", "khoa", True),
        ("toan", "hanh", "toan", False),
        ("toan", "hanh", "hanh", False),
        ("khoa", "hanh", "khoa", False),
        ("hanh", "vinh", "hanh", False),
        ("toan", "khoa", "khoa", False),
    ],
)
def test_three_parts_are_three_people(mighty, asks, decides, carries_out, allowed):
    people = mighty.cast.people
    correction = mighty.submit(by=people[asks])
    actions.approve(correction=correction, by=people[decides])

    if allowed:
        actions.execute(correction=correction, by=people[carries_out])
        assert mighty.mark().score == 9
        return
    with pytest.raises(PermissionDenied):
        actions.execute(correction=correction, by=people[carries_out])
    assert mighty.mark().score == 8
    assert not Execution.objects.exists()


@pytest.mark.parametrize("person", ["toan", "hanh", "khoa", "vinh"])
@pytest.mark.parametrize("verb", [actions.approve, actions.refuse])
def test_nobody_decides_for_themselves(mighty, person, verb):
    correction = mighty.submit(by=mighty.cast.people[person])

    with pytest.raises(PermissionDenied):
        verb(correction=correction, by=mighty.cast.people[person], note="tự duyệt")
    assert not Decision.objects.exists()


@pytest.mark.parametrize("person", ["vinh", "khoa", "cuc", "dung", "mai", "toan", "lan"])
@pytest.mark.parametrize("verb", [actions.approve, actions.refuse])
def test_only_who_may_decide_decides(scene, person, verb):
    correction = scene.submit()

    with pytest.raises(PermissionDenied):
        verb(correction=correction, by=scene.cast.people[person], note="được")
    assert not Decision.objects.exists()


@pytest.mark.parametrize("person", ["hanh", "vinh", "cuc", "dung", "mai", "toan", "lan"])
def test_only_who_may_carry_out_carries_out(scene, person):
    correction = scene.approved()

    with pytest.raises(PermissionDenied):
        actions.execute(correction=correction, by=scene.cast.people[person])
    assert scene.mark().score == 8


def test_the_page_offers_a_step_only_to_whose_turn_it_is(scene):
    correction = scene.submit()
    page = f"/corrections/{correction.pk}/"

    def offered(verb):
        return {
            name
            for name in ("hanh", "vinh", "khoa", "toan")
            if f"{page}{verb}/" in client_of(scene.cast.people[name]).get(page).text
        }

    assert (offered("approve"), offered("carry-out")) == ({"hanh"}, set())
    actions.approve(correction=correction, by=scene.cast.hanh)
    assert (offered("approve"), offered("carry-out")) == (set(), {"khoa"})
