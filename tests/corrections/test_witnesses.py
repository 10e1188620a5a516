"""Carried out before those who must be present: each by the own sign-in or password, for two hours, one part each."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import AuditEvent, HeldRole, User
from accounts.roles import Role
from corrections import actions
from corrections.actions import NotAllPresent, PresenceRefused
from corrections.models import Execution, Presence
from gradebook.models import Mark
from tests.cast import FIRST_DAY, PASSWORD, client_of, in_english
from tests.corrections.chain import is_there, rule

THREE = {"correction_witnesses": "three"}


@pytest.fixture
def approved(scene):
    """A leader, the board and who asked have to be there."""
    rule(scene, **THREE)
    return scene.approved()


def urls(correction):
    page = f"/corrections/{correction.pk}/"
    return page, f"{page}present/", f"{page}present-here/", f"{page}execute/"


def typed(person, part, **more):
    return {"part": part, "username": person.username, "password": PASSWORD} | more


def parts():
    return {row.part: (row.name, row.way) for row in Presence.objects.all()}


@pytest.mark.duty("S3-38", "S4-26")
def test_one_confirms_in_the_own_session_another_by_password_and_then_it_is_carried_out(scene, approved):
    page, present, here, execute = urls(approved)
    board, teacher = in_english(scene.cast.khoa), in_english(scene.cast.toan)

    screen = board.get(f"{page}carry-out/").text
    assert "disabled" in screen and scene.cast.toan.full_name in screen
    assert f"{scene.cast.hanh.full_name}, {scene.cast.vinh.full_name}" in screen
    assert board.post(execute).status_code == 409
    assert "I am present" in teacher.get(page).text
    assert teacher.post(present, {"part": "requester"}).status_code == 303
    assert board.post(here, typed(scene.cast.hanh, "leader")).status_code == 303
    assert board.post(execute).status_code == 303

    assert scene.mark().score == 9
    assert parts() == {
        "requester": ("Đỗ Minh Toàn", "session"),
        "leader": ("Nguyễn Thị Hạnh", "password"),
        "executor": ("Trần Đăng Khoa", "session"),
    }
    shown = teacher.get(page).text
    assert "Present: for the leaders" in shown and "with the password, at the same screen" in shown


def test_the_password_of_another_never_changes_whose_session_it_is(scene, approved):
    client = client_of(scene.cast.khoa)
    key = client.session.session_key

    client.post(urls(approved)[2], typed(scene.cast.hanh, "leader"))

    assert (client.session.session_key, client.session["_auth_user_id"]) == (key, str(scene.cast.khoa.pk))
    event = AuditEvent.objects.get(verb="corrections.presence.confirmed")
    assert (event.actor_id, event.particulars["screen_of"]) == (scene.cast.hanh.pk, "Trần Đăng Khoa")
    assert not AuditEvent.objects.filter(
        verb="accounts.session.signed_in", actor_id=scene.cast.hanh.pk
    ).exists()


def test_a_wrong_password_is_recorded_and_guessing_is_locked_as_at_sign_in(scene, approved):
    client, here = in_english(scene.cast.khoa), urls(approved)[2]

    first = client.post(here, typed(scene.cast.hanh, "leader", password="sai"))
    for _ in range(30):
        last = client.post(here, typed(scene.cast.hanh, "leader", password="sai"))
    right = client.post(here, typed(scene.cast.hanh, "leader"))

    assert (first.status_code, last.status_code, right.status_code) == (422, 429, 429)
    assert "Wrong user name or password" in first.text
    assert AuditEvent.objects.filter(verb="accounts.session.failed", target_id=scene.cast.hanh.pk).exists()
    assert not Presence.objects.exists()


def test_who_has_a_second_factor_needs_its_code(scene, approved):
    device = TOTPDevice.objects.create(user=scene.cast.hanh, confirmed=True)
    client, here = client_of(scene.cast.khoa), urls(approved)[2]
    code = f"{TOTP(device.bin_key).token():06}"

    assert client.post(here, typed(scene.cast.hanh, "leader")).status_code == 422
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert client.post(here, typed(scene.cast.hanh, "leader", code=code)).status_code == 303


def test_a_password_that_was_handed_out_proves_nothing(scene, approved):
    one_time = timezone.now() + timedelta(days=1)
    User.objects.filter(pk=scene.cast.hanh.pk).update(one_time_until=one_time)

    response = client_of(scene.cast.khoa).post(urls(approved)[2], typed(scene.cast.hanh, "leader"))

    assert response.status_code == 422
    assert not Presence.objects.exists()


@pytest.mark.parametrize(
    ("person", "part", "code"),
    [
        ("toan", "leader", "not-yours"),  # who asked stands for nobody else
        ("hanh", "requester", "not-yours"),
        ("mai", "leader", "not-yours"),
        ("lan", "requester", "not-yours"),
        ("mai", "homeroom", "not-needed"),
        ("khoa", "executor", "not-needed"),
        ("hanh", "pupil", "not-needed"),
        ("hanh", "nonsense", "not-needed"),
    ],
)
def test_nobody_stands_where_they_do_not_belong(scene, approved, person, part, code):
    with pytest.raises(PresenceRefused) as refused:
        is_there(approved, part, scene.cast.people[person])

    assert refused.value.code == code
    client = client_of(scene.cast.khoa)
    forged = client.post(urls(approved)[2], typed(scene.cast.people[person], part))
    assert (forged.status_code, Presence.objects.count()) == (422, 0)


def test_a_leader_who_asked_is_not_the_leader_who_watches(scene):
    rule(scene, **THREE)
    HeldRole(user=scene.cast.toan, role=Role.VICE_PRINCIPAL, since=FIRST_DAY).save_by(scene.cast.hanh)
    scene.cast.toan.__dict__.pop("roles", None)
    correction = scene.approved()

    with pytest.raises(PresenceRefused):
        is_there(correction, "leader", scene.cast.toan)


def test_who_carries_it_out_has_no_second_part(scene, approved):
    HeldRole(user=scene.cast.khoa, role=Role.VICE_PRINCIPAL, since=FIRST_DAY).save_by(scene.cast.hanh)
    scene.cast.khoa.__dict__.pop("roles", None)
    client = client_of(scene.cast.khoa)

    own = client.post(urls(approved)[2], typed(scene.cast.khoa, "leader"))
    client.post(urls(approved)[1], {"part": "leader"})

    assert own.status_code == 422
    assert client.post(urls(approved)[3]).status_code == 403
    assert not Execution.objects.exists()


def test_one_person_confirms_one_part_and_one_part_has_one_person(scene, approved):
    is_there(approved, "leader", scene.cast.hanh)

    again = is_there(approved, "leader", scene.cast.hanh)
    with pytest.raises(PresenceRefused) as taken:
        is_there(approved, "leader", scene.cast.vinh)

    assert (taken.value.code, Presence.objects.count(), Presence.history.count()) == ("taken", 1, 1)
    assert again == Presence.objects.get()


@pytest.mark.parametrize("ago", [timedelta(hours=2, minutes=1), timedelta(days=1), timedelta(hours=-1)])
def test_a_confirmation_of_another_hour_does_not_count_and_is_given_anew(scene, approved, ago):
    """The last one is of the future: the clock was set back."""
    for part, person in (("leader", scene.cast.hanh), ("requester", scene.cast.toan)):
        is_there(approved, part, person)
    age(Presence.objects.get(part="leader"), ago, scene)

    with pytest.raises(NotAllPresent) as missing:
        actions.execute(correction=approved, by=scene.cast.khoa)
    is_there(approved, "leader", scene.cast.vinh)
    actions.execute(correction=approved, by=scene.cast.khoa)

    assert missing.value.parts == ["leader"]
    assert parts()["leader"] == ("Lê Quang Vinh", "session")
    assert Presence.history.filter(part="leader", name="Nguyễn Thị Hạnh").exists()


def age(presence, ago, scene):
    presence.confirmed_at = timezone.now() - ago
    presence.save_by(scene.cast.hanh)


def test_nobody_is_present_before_the_decision_nor_after_the_execution(scene):
    rule(scene, **THREE)
    correction = scene.submit()
    with pytest.raises(actions.NotAwaited):
        is_there(correction, "requester", scene.cast.toan)
    actions.approve(correction=correction, by=scene.cast.hanh)
    for part, person in (("leader", scene.cast.hanh), ("requester", scene.cast.toan)):
        is_there(correction, part, person)
    actions.execute(correction=correction, by=scene.cast.khoa)

    assert client_of(scene.cast.toan).post(urls(correction)[1], {"part": "requester"}).status_code == 409
    assert client_of(scene.cast.khoa).post(urls(correction)[3]).status_code == 409
    assert scene.mark().version == 2


def test_a_requester_who_left_the_school_is_not_waited_for(scene, approved):
    User.objects.filter(pk=scene.cast.toan.pk).update(is_active=False)
    is_there(approved, "leader", scene.cast.hanh)

    actions.execute(correction=approved, by=scene.cast.khoa)

    assert scene.mark().score == 9


def test_the_homeroom_teacher_reads_the_dossier_and_stands_by(scene):
    rule(scene, homeroom_signs_minutes=True)
    correction = scene.approved()
    homeroom = in_english(scene.cast.mai)

    assert "Present when it is carried out: homeroom teacher" in homeroom.get(urls(correction)[0]).text
    assert homeroom.post(urls(correction)[1], {"part": "homeroom"}).status_code == 303
    actions.execute(correction=correction, by=scene.cast.khoa)

    assert parts()["homeroom"] == ("Vũ Hồng Mai", "session")


def test_what_breaks_off_leaves_neither_values_nor_signatures(scene, approved, monkeypatch):
    for part, person in (("leader", scene.cast.hanh), ("requester", scene.cast.toan)):
        is_there(approved, part, person)

    def fail(*args, **kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr("corrections.actions.executing.close_lines", fail)
    with pytest.raises(RuntimeError):
        actions.execute(correction=approved, by=scene.cast.khoa)

    assert scene.mark().score == 8
    assert set(parts()) == {"leader", "requester"}
    assert Mark.history.count() == 1


def test_who_has_to_be_present_finds_it_at_home_until_it_is_confirmed(scene, approved):
    def told(person):
        tasks = in_english(person).get("/").context["tasks"]
        return [task["url"] for task in tasks if task["title"].startswith("Be present")]

    dossier = f"/corrections/{approved.pk}/"
    cast = scene.cast
    assert [told(each) for each in (cast.toan, cast.hanh, cast.vinh)] == [[dossier]] * 3
    assert [told(each) for each in (cast.khoa, cast.mai, cast.lan)] == [[], [], []]
    assert dossier in in_english(cast.toan).get("/corrections/?tab=presence").text

    is_there(approved, "requester", cast.toan)
    is_there(approved, "leader", cast.hanh)

    assert [told(each) for each in (cast.toan, cast.hanh, cast.vinh)] == [[], [], []]
    age(Presence.objects.get(part="requester"), timedelta(hours=3), scene)
    assert told(cast.toan) == [dossier]
