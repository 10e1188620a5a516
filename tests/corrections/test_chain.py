"""Who confirms, decides, asks back and withdraws, by the policy under which the request was handed in."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import HeldRole
from accounts.roles import Role
from corrections import actions
from corrections.actions import NotAwaited
from corrections.models import CorrectionRequest, Decision, Question
from gradebook.actions.teaching import assign_teacher
from tests.cast import FIRST_DAY, client_of, in_english
from tests.corrections.chain import delegate, history_of, put_in_charge, rule
from tests.corrections.scene import handed_in, png, upload


@pytest.fixture
def confirmed_first(scene):
    """The school asks for the head's confirmation; Dũng heads Toàn's department, the vice-principal decides."""
    rule(scene, correction_endorsement=True, correction_decider="vice_principal")
    put_in_charge(scene, scene.cast.dung, scene.cast.toan)
    return scene


def teaches(scene, person, by="khoa"):
    assign_teacher(course=scene.course, teacher=person, since=FIRST_DAY, by=scene.cast.people[by])


def waiting(person):
    return list(CorrectionRequest.objects.visible_to(person).waiting_for(person))


# The head's confirmation


@pytest.mark.duty("S1-70")
def test_the_head_finds_the_request_reads_it_and_confirms_it_on_the_page(confirmed_first):
    correction, head = confirmed_first.submit(), confirmed_first.cast.dung
    url, client = f"/corrections/{correction.pk}/", in_english(head)

    assert (waiting(head), waiting(confirmed_first.cast.vinh)) == ([correction], [])
    assert correction.reference in client.get("/corrections/").text
    assert "Your confirmation" in client.get(url).text
    assert client.post(f"{url}endorse/", {"note": "Đúng với bài làm"}).status_code == 303

    assert (waiting(head), waiting(confirmed_first.cast.vinh)) == ([], [correction])
    assert "Đúng với bài làm" in in_english(confirmed_first.cast.vinh).get(url).text
    assert client.post(f"{url}endorse/", {}).status_code == 409


def test_what_the_head_does_not_confirm_ends_there_and_frees_the_cell(confirmed_first):
    correction = confirmed_first.submit()
    client = in_english(confirmed_first.cast.dung)

    empty = client.post(f"/corrections/{correction.pk}/decline/", {"note": " "})
    client.post(f"/corrections/{correction.pk}/decline/", {"note": "Bài chấm đúng 8"})

    assert empty.status_code == 422
    assert "Say why the request is not confirmed." in empty.text
    assert confirmed_first.again(correction).status == "not_endorsed"
    with pytest.raises(NotAwaited):
        actions.approve(correction=correction, by=confirmed_first.cast.hanh)
    confirmed_first.submit()


def test_a_head_of_other_people_knows_nothing_of_it(confirmed_first):
    correction = confirmed_first.submit()
    put_in_charge(confirmed_first, confirmed_first.cast.lan, confirmed_first.cast.mai)

    assert client_of(confirmed_first.cast.lan).get(f"/corrections/{correction.pk}/").status_code == 404


def test_for_a_head_who_asks_a_vice_principal_confirms_and_the_principal_decides(confirmed_first):
    cast = confirmed_first.cast
    teaches(confirmed_first, cast.dung)
    correction = confirmed_first.submit(by=cast.dung)
    with pytest.raises(PermissionDenied):
        actions.endorse(correction=correction, by=cast.dung)
    assert waiting(cast.hanh) == []

    actions.endorse(correction=correction, by=cast.vinh)
    with pytest.raises(PermissionDenied):
        actions.approve(correction=correction, by=cast.vinh)
    actions.approve(correction=confirmed_first.again(correction), by=cast.hanh)

    assert Decision.objects.get().decided_by == cast.hanh


def test_where_nobody_is_in_charge_the_page_says_so_and_the_principal_decides(scene):
    rule(scene, correction_endorsement=True, correction_decider="vice_principal")
    leave(scene, scene.cast.vinh)
    correction = scene.submit()

    page = in_english(scene.cast.hanh).get(f"/corrections/{correction.pk}/").text

    assert "nobody is in charge of this person" in page
    assert waiting(scene.cast.hanh) == [correction]
    actions.approve(correction=correction, by=scene.cast.hanh)


def leave(scene, person):
    """The role ends long ago."""
    held = person.held_roles.get()
    held.end(held.since)
    held.save_by(scene.cast.hanh)
    person.__dict__.pop("roles", None)


# Who decides


@pytest.mark.parametrize(
    ("decider", "deciders"),
    [
        ("principal", {"hanh"}),
        ("vice_principal", {"hanh", "vinh"}),
        ("leader", {"hanh", "vinh"}),
    ],
)
def test_the_policy_says_who_decides_and_it_waits_for_nobody_else(scene, decider, deciders):
    rule(scene, correction_decider=decider)
    correction = scene.submit()
    people = scene.cast.people

    assert {name for name in people if waiting(people[name])} == deciders
    for name in sorted(set(people) - deciders):
        with pytest.raises(PermissionDenied):
            actions.approve(correction=correction, by=people[name])


def test_a_policy_of_later_leaves_the_dossier_under_way_as_it_was(scene):
    correction = scene.submit()
    rule(scene, correction_decider="leader", correction_endorsement=True)

    with pytest.raises(PermissionDenied):
        actions.approve(correction=correction, by=scene.cast.vinh)
    actions.approve(correction=correction, by=scene.cast.hanh)


@pytest.mark.duty("S1-04", "S0-22")
def test_a_delegate_decides_and_the_dossier_says_under_whose_decision(scene):
    given = delegate(scene, scene.cast.dung)
    correction = scene.submit()

    assert waiting(scene.cast.dung) == [correction]
    response = client_of(scene.cast.dung).post(f"/corrections/{correction.pk}/approve/", {"note": ""})

    assert response.status_code == 303
    assert (Decision.objects.get().delegation, Decision.objects.get().decided_by) == (given, scene.cast.dung)
    assert "12/QĐ-THCS" in client_of(scene.cast.toan).get(f"/corrections/{correction.pk}/").text


@pytest.mark.duty("S1-04")
def test_nobody_approves_an_own_request_through_a_delegation(scene):
    delegate(scene, scene.cast.toan)
    correction = scene.submit()

    answer = client_of(scene.cast.toan).post(f"/corrections/{correction.pk}/approve/", {"note": ""})

    assert (answer.status_code, waiting(scene.cast.toan)) == (403, [])
    assert not Decision.objects.exists()


def test_what_the_principal_asks_for_a_vice_principal_decides_never_who_has_the_principals_own_power(scene):
    cast = scene.cast
    teaches(scene, cast.hanh)
    delegate(scene, cast.dung)
    correction = scene.submit(by=cast.hanh)

    assert (waiting(cast.dung), waiting(cast.hanh), waiting(cast.vinh)) == ([], [], [correction])
    with pytest.raises(PermissionDenied):
        actions.approve(correction=correction, by=cast.dung)
    actions.approve(correction=correction, by=cast.vinh)

    assert Decision.objects.get().delegation is None


def test_who_has_confirmed_neither_decides_nor_carries_out(confirmed_first):
    cast = confirmed_first.cast
    for role in (Role.PRINCIPAL, Role.ADMINISTRATOR):
        HeldRole(user=cast.dung, role=role, since=FIRST_DAY).save_by(cast.hanh)
    cast.dung.__dict__.pop("roles", None)
    correction = confirmed_first.submit()
    actions.endorse(correction=correction, by=cast.dung)

    with pytest.raises(PermissionDenied):
        actions.approve(correction=correction, by=cast.dung)
    actions.approve(correction=correction, by=cast.vinh)
    with pytest.raises(PermissionDenied):
        actions.execute(correction=correction, by=cast.dung)


# Asking for more


def test_a_question_goes_to_the_requester_and_the_dossier_goes_on_with_the_answer(scene):
    correction = scene.submit()
    url = f"/corrections/{correction.pk}/"
    principal, teacher = in_english(scene.cast.hanh), in_english(scene.cast.toan)

    assert principal.post(f"{url}ask-back/", {"note": ""}).status_code == 422
    assert principal.post(f"{url}ask-back/", {"note": "Bài của em đâu?"}).status_code == 303
    assert (waiting(scene.cast.hanh), waiting(scene.cast.toan)) == ([], [correction])
    assert principal.post(f"{url}approve/", {}).status_code == 409
    assert "Bài của em đâu?" in teacher.get(url).text
    more = {"note": "Tôi gửi kèm", "evidence": upload("bai.png", png())}
    assert teacher.post(f"{url}answer/", more).status_code == 303

    assert correction.evidence.get().file_name == "bai.png"
    assert waiting(scene.cast.hanh) == [correction]
    assert principal.post(f"{url}approve/", {}).status_code == 303
    assert teacher.post(f"{url}answer/", {"note": "nữa"}).status_code == 409


def test_a_bad_file_in_an_answer_is_named_and_the_answer_stays_typed(scene):
    correction = scene.submit()
    actions.ask_back(correction=correction, by=scene.cast.hanh, text="Bài đâu?")

    posted = {"note": "Tôi gửi kèm", "evidence": upload("bai.png", b"MZ")}
    response = client_of(scene.cast.toan).post(f"/corrections/{correction.pk}/answer/", posted)

    assert response.status_code == 422
    assert "Tôi gửi kèm" in response.text and "bai.png" in response.text
    assert not Question.objects.get().is_answered


def test_the_same_file_handed_in_again_is_kept_once(scene):
    picture = png()
    correction = scene.submit(uploads=(handed_in("bai.png", picture),))
    actions.ask_back(correction=correction, by=scene.cast.hanh, text="Bài đâu?")

    actions.answer(
        correction=correction, by=scene.cast.toan, text="Đây", uploads=[handed_in("lại.png", picture)]
    )

    assert correction.evidence.count() == 1


def test_a_requester_who_never_answers_does_not_keep_the_cell_for_ever(scene):
    correction = scene.submit()
    actions.ask_back(correction=correction, by=scene.cast.hanh, text="Bài đâu?")

    actions.refuse(correction=correction, by=scene.cast.hanh, note="Không trả lời")

    assert scene.again(correction).status == "refused"
    scene.submit()


# Taking back


@pytest.mark.parametrize("approved", [False, True])
def test_the_requester_takes_it_back_until_it_is_carried_out(scene, approved):
    correction = scene.approved() if approved else scene.submit()
    url = f"/corrections/{correction.pk}/"

    assert client_of(scene.cast.hanh).post(f"{url}withdraw/").status_code == 403
    assert client_of(scene.cast.toan).post(f"{url}withdraw/", {"note": "Tôi nhầm"}).status_code == 303

    assert scene.again(correction).status == "withdrawn"
    assert (waiting(scene.cast.hanh), waiting(scene.cast.khoa)) == ([], [])
    assert client_of(scene.cast.khoa).post(f"{url}execute/").status_code == 409
    assert client_of(scene.cast.toan).post(f"{url}withdraw/").status_code == 409
    assert scene.mark().score == 8
    scene.submit()


def test_the_page_tells_the_whole_chain_in_its_order(confirmed_first):
    cast = confirmed_first.cast
    correction = confirmed_first.submit()
    actions.ask_back(correction=correction, by=cast.dung, text="Bài đâu?")
    actions.answer(correction=correction, by=cast.toan, text="Kèm đây")
    actions.endorse(correction=correction, by=cast.dung)

    assert [line.rpartition(": ")[2] for line in history_of(correction)[:4]] == [
        "Đỗ Minh Toàn",
        "Hoàng Tiến Dũng",
        "Đỗ Minh Toàn",
        "Hoàng Tiến Dũng",
    ]
    assert len(history_of(correction)) == 6
