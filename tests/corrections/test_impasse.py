"""Nobody decides for themselves: who does then, and what the pages say where nobody is left."""

import pytest
from django.core.exceptions import PermissionDenied

from corrections import actions
from corrections.models import CorrectionRequest, Decision
from gradebook.actions.teaching import assign_teacher
from tests.cast import FIRST_DAY, in_english
from tests.corrections.chain import delegate, exams_begin, rule
from tests.corrections.test_chain import leave

NOBODY = "Nobody can decide on this request"


@pytest.fixture
def teaching(scene):
    """The principal teaches the course too."""
    assign_teacher(course=scene.course, teacher=scene.cast.hanh, since=FIRST_DAY, by=scene.cast.khoa)
    return scene


def pages(scene, person="hanh"):
    """The form before, the dossier and the list after handing in."""
    reader = in_english(scene.cast.people[person])
    form = reader.get(scene.form_url).text
    correction = scene.submit(by=scene.cast.people[person])
    return form, reader.get(f"/corrections/{correction.pk}/").text, reader.get("/corrections/?tab=mine").text


def test_the_principal_is_told_who_decides_on_what_the_principal_asks_for(teaching):
    form, dossier, listed = pages(teaching)

    for page in (form, dossier):
        assert "You do not decide on what you ask for yourself. Who can: Lê Quang Vinh." in page
        assert NOBODY not in page
    assert "Nobody can decide" not in listed


@pytest.mark.parametrize("rules", [{}, {"correction_endorsement": True}])
def test_without_a_vice_principal_the_pages_say_that_nobody_can_decide_and_what_to_do(teaching, rules):
    rule(teaching, **rules)
    leave(teaching, teaching.cast.vinh)
    delegate(teaching, teaching.cast.dung)

    form, dossier, listed = pages(teaching)

    for page in (form, dossier):
        assert NOBODY in page
        assert "a vice-principal decides: give somebody that role first" in page
        assert 'href="/accounts/"' in page and 'href="/delegations/"' in page
    assert "Nobody can decide" in listed
    with pytest.raises(PermissionDenied):
        actions.approve(correction=CorrectionRequest.objects.get(), by=teaching.cast.dung)


def test_without_a_principal_a_teacher_reads_that_a_delegate_has_to_be_named(scene):
    leave(scene, scene.cast.hanh)

    form, dossier, listed = pages(scene, "toan")

    for page in (form, dossier):
        assert NOBODY in page and "the principal names a delegate" in page
    assert "Nobody can decide" in listed


def test_where_somebody_can_decide_nothing_of_it_is_said(scene):
    assert not any("Nobody can decide" in page for page in pages(scene, "toan"))


def test_what_the_principal_asks_for_late_a_vice_principal_approves_with_a_reason(teaching):
    rule(teaching, correction_days_before_exam=7)
    exams_begin(teaching, in_days=3)
    correction = teaching.submit(by=teaching.cast.hanh)
    url = f"/corrections/{correction.pk}/approve/"
    vinh = in_english(teaching.cast.vinh)

    assert vinh.post(url, {"note": ""}).status_code == 422
    assert vinh.post(url, {"late_reason": "Phụ huynh vừa báo"}).status_code == 303
    assert Decision.objects.get().decided_by == teaching.cast.vinh


def test_late_and_with_a_vice_principal_alone_it_is_said_that_nobody_can_approve(scene):
    rule(scene, correction_days_before_exam=7, correction_decider="leader")
    exams_begin(scene, in_days=3)
    leave(scene, scene.cast.hanh)
    correction = scene.submit()

    page = in_english(scene.cast.toan).get(f"/corrections/{correction.pk}/").text

    assert "nobody can approve it today" in page
