"""Proposals by the homeroom teacher: who may, from what they may depart, and what is kept."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from gradebook.actions.proposal_desk import Wish
from gradebook.actions.proposals import propose
from gradebook.models import Proposal
from gradebook.years import YearClosed
from tests.cast import in_english
from tests.gradebook.results.school_year import (
    decide_all,
    fresh,
    live,
    primary_class,
    propose_all,
)

EXEMPLARY = "Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện"


def url(cast, verb: str = "", name: str = "6A", stage: str = "year") -> str:
    return f"/classes/{cast.classes[name].pk}/proposals/{stage}/{verb}"


def test_who_departs_from_the_rules_gives_the_reason(whole):
    live(whole, "6A", p0={"unexcused": "30"})
    pupil = whole.pupils["6A"][0]
    school_class = fresh(whole, "6A")

    def ask(reason: str):
        wish = Wish(pupil.pk, "promoted", "Học sinh Giỏi", reason)
        return propose(school_class=school_class, stage="year", wishes=[wish], by=whole.mai)

    assert ask("  ").refused == {pupil.pk: "no-reason"}
    assert ask("Học sinh khuyết tật, Đ.12 khoản 2").saved
    found = Proposal.objects.get()
    assert (found.computed["outcome"], found.outcome) == ("retained", "promoted")
    assert found.reason == "Học sinh khuyết tật, Đ.12 khoản 2"


def test_a_closed_year_takes_no_proposal(whole):
    live(whole, "6A")
    whole.year.status = "closed"
    whole.year.save_by(whole.hanh)

    with pytest.raises(YearClosed):
        propose_all(whole)


def test_only_the_homeroom_teacher_proposes(whole):
    live(whole, "6A")
    for person in (whole.toan, whole.hanh, whole.khoa):
        with pytest.raises(PermissionDenied):
            propose(school_class=fresh(whole, "6A"), stage="year", wishes=[], by=person)


def test_a_pupil_of_another_class_is_refused(whole):
    live(whole, "6A")
    stranger = whole.pupils["6B"][0]
    wish = Wish(stranger.pk, "promoted")

    answer = propose(school_class=fresh(whole, "6A"), stage="year", wishes=[wish], by=whole.mai)

    assert answer.refused == {stranger.pk: "not-in-class"}


def test_the_title_of_an_exemplary_primary_pupil_waits_for_two_judgements(cast):
    primary_class(cast)
    live(cast, "4A", p0={"toan": "T 8"})
    pupil = cast.pupils["4A"][0]

    def ask(distinction: str, recognised: bool):
        wish = Wish(pupil.pk, "completed_promoted", EXEMPLARY, "", distinction, recognised)
        return propose(school_class=fresh(cast, "4A"), stage="year", wishes=[wish], by=cast.lan)

    assert ask("Tiến bộ vượt bậc môn Toán", recognised=False).refused == {pupil.pk: "no-reason"}
    assert ask("Tiến bộ vượt bậc môn Toán", recognised=True).saved


def test_a_refused_row_keeps_what_was_typed_on_the_page(whole):
    live(whole, "6A")
    pupil = whole.pupils["6A"][0]
    data = {f"outcome-{pupil.pk}": "retained", f"award-{pupil.pk}": "", f"reason-{pupil.pk}": ""}

    response = in_english(whole.mai).post(url(whole, "propose/"), data)

    assert response.status_code == 422
    assert "Say why." in response.text
    assert f'<a href="#pupil-{pupil.pk}">' in response.text
    assert not Proposal.objects.exists()


def test_a_character_no_database_stores_is_refused(whole):
    live(whole, "6A")
    pupil = whole.pupils["6A"][0]
    wish = Wish(pupil.pk, "retained", "", "lý\x00do")

    answer = propose(school_class=fresh(whole, "6A"), stage="year", wishes=[wish], by=whole.mai)

    assert answer.refused == {pupil.pk: "null-character"}


def test_home_tells_the_homeroom_teacher_and_then_the_principal(whole):
    live(whole, "6A")
    mai, hanh = in_english(whole.mai), in_english(whole.hanh)

    assert "Propose the results of class 6A" in mai.get("/").text
    propose_all(whole)
    assert "Propose the results of class 6A" not in mai.get("/").text
    assert "Decide on the results of class 6A" in hanh.get("/").text
    decide_all(whole)
    assert "Decide on the results of class 6A" not in hanh.get("/").text


def test_a_note_is_kept_even_where_nothing_departs(whole):
    live(whole, "6A")
    pupil = whole.pupils["6A"][0]
    wish = Wish(pupil.pk, "promoted", "Học sinh Giỏi", "Giải Nhì học sinh giỏi quận")

    [proposal] = propose(school_class=fresh(whole, "6A"), stage="year", wishes=[wish], by=whole.mai).saved

    assert (proposal.departs, proposal.reason) == (False, "Giải Nhì học sinh giỏi quận")


def test_a_pupil_who_left_is_not_proposed(whole):
    live(whole, "6A")
    pupil = whole.pupils["6A"][0]
    pupil.status, pupil.until = "left", date(2027, 5, 30)
    pupil.save_by(whole.hanh)
    wish = Wish(pupil.pk, "promoted")

    answer = propose(school_class=fresh(whole, "6A"), stage="year", wishes=[wish], by=whole.mai)

    assert answer.refused == {pupil.pk: "left"}


def test_a_pupil_named_twice_in_one_post_is_one_pupil(whole):
    live(whole, "6A")
    pupil = whole.pupils["6A"][0]
    data = {f"outcome-{pk}": "promoted" for pk in (pupil.pk, f"0{pupil.pk}")}
    data[f"award-{pupil.pk}"] = "Học sinh Giỏi"

    response = in_english(whole.mai).post(url(whole, "propose/"), data, follow=True)

    assert "1 pupil proposed." in response.text


def test_nobody_departs_to_a_retest_that_the_rules_do_not_know_of(whole):
    live(whole, "6A", p0={"unexcused": "50"})
    pupil = whole.pupils["6A"][0]
    wish = Wish(pupil.pk, "summer_retest", "", "xin thi lại")

    answer = propose(school_class=fresh(whole, "6A"), stage="year", wishes=[wish], by=whole.mai)

    assert answer.refused == {pupil.pk: "not-called-back"}
