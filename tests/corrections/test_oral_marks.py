"""An oral mark has no paper: the pupil and a classmate sign for it, two for each pupil of the request (S1 Đ11.2)."""

import pytest

from corrections import actions
from corrections.actions import NotAllPresent, Pupils
from corrections.models import Presence
from tests.cast import client_of, in_english
from tests.corrections.chain import rule
from tests.corrections.scene import handed_in, png
from tests.corrections.test_witnesses import parts, urls


@pytest.fixture
def oral(scene):
    rule(scene, correction_witnesses="pupils")
    correction = scene.submit(uploads=(handed_in("chu-ky.png", png()),), is_oral=True)
    actions.approve(correction=correction, by=scene.cast.hanh)
    return scene.again(correction)


@pytest.mark.duty("S1-73")
@pytest.mark.parametrize(
    ("pupil", "classmate", "signed", "status"),
    [
        (0, 1, "on", 303),
        (0, 1, "", 422),
        (0, 0, "on", 422),  # the pupil is not the classmate
        (1, 2, "on", 422),  # it is not this pupil's mark
        (0, None, "on", 422),  # of another class
    ],
)
def test_for_an_oral_mark_a_classmate_of_the_pupil_is_named(scene, oral, pupil, classmate, signed, status):
    pupils, others = scene.cast.pupils["6A"], scene.cast.pupils["6B"]
    beside = others[0] if classmate is None else pupils[classmate]
    posted = {f"classmate-{pupils[pupil].pk}": beside.pk}

    response = client_of(scene.cast.khoa).post(urls(oral)[3], posted | ({"signed": signed} if signed else {}))

    assert response.status_code == status
    assert scene.mark().score == (9 if status == 303 else 8)
    if status == 303:
        assert parts()["classmate"] == ("Lê Thị Ánh", "paper")


@pytest.fixture
def two_orals(scene):
    """An's mark and Ánh's, both given orally, in one request."""
    rule(scene, correction_witnesses="pupils")
    edits = scene.edit(), scene.edit("7", 0, pupil=1)
    correction = scene.submit(*edits, uploads=(handed_in("chu-ky.png", png()),), is_oral=True)
    actions.approve(correction=correction, by=scene.cast.hanh)
    return scene.again(correction)


@pytest.mark.duty("S1-73")
def test_of_several_pupils_each_signs_and_somebody_beside_each(scene, two_orals):
    an, anh, binh, *_ = scene.cast.pupils["6A"]
    khoa, url = in_english(scene.cast.khoa), urls(two_orals)[3]
    page = khoa.get(urls(two_orals)[3].replace("execute", "carry-out")).text
    for name in ("Trần Bảo An", "Lê Thị Ánh"):
        assert f"A classmate of {name}, who signed too" in page

    assert khoa.post(url, {f"classmate-{an.pk}": binh.pk, "signed": "on"}).status_code == 422
    both = {f"classmate-{an.pk}": binh.pk, f"classmate-{anh.pk}": an.pk, "signed": "on"}
    assert khoa.post(url, both).status_code == 303

    signed = Presence.objects.filter(way="paper").order_by("pk")
    assert list(signed.values_list("pupil", "part", "name")) == [
        (an.pk, "pupil", "Trần Bảo An"),
        (an.pk, "classmate", "Phạm Gia Bình"),
        (anh.pk, "pupil", "Lê Thị Ánh"),
        (anh.pk, "classmate", "Trần Bảo An"),
    ]
    dossier = in_english(scene.cast.toan).get(f"/corrections/{two_orals.pk}/").text
    assert "Phạm Gia Bình, beside Trần Bảo An" in dossier and "Trần Bảo An, beside Lê Thị Ánh" in dossier


def test_the_action_takes_no_pupil_s_signature_for_another_s(scene, two_orals):
    an, anh, binh, *_ = scene.cast.pupils["6A"]

    for signed in (
        [Pupils(an, binh)],
        [Pupils(an, binh), Pupils(an, anh)],
        [Pupils(an, binh), Pupils(anh, anh)],
    ):
        with pytest.raises(NotAllPresent):
            actions.execute(correction=two_orals, by=scene.cast.khoa, pupils=signed)

    assert scene.mark().score == 8


def test_a_written_mark_needs_no_pupils(scene):
    rule(scene, correction_witnesses="pupils")

    actions.execute(correction=scene.approved(), by=scene.cast.khoa)

    assert set(parts()) == {"executor"}


def test_the_action_knows_whose_signatures_count_whatever_a_form_lets_through(scene, oral):
    pupils, stranger = scene.cast.pupils["6A"], scene.cast.pupils["6B"][0]

    for signed in (
        [Pupils(pupils[0], stranger)],
        [Pupils(pupils[0], pupils[0])],
        [Pupils(pupils[1], pupils[2])],
        [],
    ):
        with pytest.raises(NotAllPresent):
            actions.execute(correction=oral, by=scene.cast.khoa, pupils=signed)

    assert scene.mark().score == 8
