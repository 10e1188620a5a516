"""Proposals by the homeroom teacher, decisions by the principal: who may what, and what is kept."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.actions import give_role
from accounts.models import AuditEvent
from accounts.roles import Role
from gradebook.actions.marks import Amendment, Edit, save_marks
from gradebook.actions.proposal_desk import Wish, YearClosed
from gradebook.actions.proposals import BooksOpen, NumberTaken, decide, propose
from gradebook.decided import decided
from gradebook.models import Course, Decision, Mark, Proposal
from tests.cast import signed_in
from tests.gradebook.results.school_year import (
    decide_all,
    fresh,
    live,
    primary_class,
    propose_all,
    wishes,
)

EXEMPLARY = "Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện"


def url(cast, verb: str = "", name: str = "6A", stage: str = "year") -> str:
    return f"/classes/{cast.classes[name].pk}/proposals/{stage}/{verb}"


@pytest.mark.duty("S0-47", "S1-12", "S3-08", "S3-16", "S3-45")
def test_the_homeroom_teacher_proposes_and_the_principal_decides_with_number_and_date(whole):
    live(whole, "6A", p1={"toan": "3", "ngu-van": "3"})

    assert len(propose_all(whole).saved) == 5
    assert len(decide_all(whole).saved) == 5

    found = Proposal.objects.get(enrolment=whole.pupils["6A"][1])
    assert found.decision is not None
    assert (found.decided_outcome, found.decision.number) == ("summer_retest", "45/QĐ")
    assert found.computed["retests"] == ["toan", "ngu-van"]
    assert [row.decided_award for row in Proposal.objects.order_by("pk")] == [
        "Học sinh Giỏi",
        "",
        *["Học sinh Giỏi"] * 3,
    ]
    verbs = AuditEvent.objects.filter(verb__startswith="gradebook.results")
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "gradebook.results.proposed",
        "gradebook.results.decided",
    ]


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


def test_the_principal_may_decide_otherwise_but_says_why(whole):
    live(whole, "6A")
    propose_all(whole)
    pupil = whole.pupils["6A"][0]

    def ask(reason: str):
        wish = Wish(pupil.pk, "promoted", "", reason)
        return decide(
            school_class=fresh(whole, "6A"),
            stage="year",
            wishes=[wish],
            number="1",
            dated=date(2027, 5, 30),
            by=whole.hanh,
        )

    assert ask("").refused == {pupil.pk: "no-reason"}
    assert ask("Vi phạm nội quy thi").saved[0].decided_reason == "Vi phạm nội quy thi"


def test_nothing_is_decided_while_a_book_of_the_year_is_open(whole):
    live(whole, "6A")
    propose_all(whole)
    whole.execute("open", "CN", whole.classes["6A"])

    with pytest.raises(BooksOpen):
        decide_all(whole)
    assert not Decision.objects.exists()


def test_nobody_decides_on_their_own_proposal(whole):
    live(whole, "6A")
    give_role(user=whole.mai, role=Role.PRINCIPAL, since=date(2026, 8, 1), by=whole.hanh)
    propose_all(whole)
    answer = decide(
        school_class=fresh(whole, "6A"),
        stage="year",
        wishes=wishes(fresh(whole, "6A")),
        number="1",
        dated=date(2027, 5, 30),
        by=type(whole.mai).objects.get(pk=whole.mai.pk),
    )

    assert set(answer.refused.values()) == {"own"}
    assert not Decision.objects.exists()


def test_a_result_corrected_after_the_proposal_must_be_proposed_again(whole):
    live(whole, "6A")
    propose_all(whole)
    pupil = whole.pupils["6A"][0]
    correct(whole, pupil, "1")

    assert decide_all(whole).refused == {pupil.pk: "results-changed"}
    assert Proposal.objects.undecided().count() == 5  # all of a decision, or nothing
    assert len(propose_all(whole).saved) == 1
    assert len(decide_all(whole).saved) == 5


def correct(cast, pupil, typed: str) -> None:
    """The final of semester II in mathematics, by an executed correction."""
    final = Mark.objects.get(
        enrolment=pupil,
        column__course=cast.maths["6A"],
        column__kind="final",
        column__period__code="CN",
    )
    amend(cast, pupil, final, typed)


def amend(cast, pupil, mark: Mark, typed: str) -> None:
    course = Course.objects.select_related("school_class__year").get(columns=mark.column_id)
    amendment = Amendment("1/2027", "nhập nhầm", frozenset({(pupil.pk, mark.column_id)}))
    edit = Edit(pupil.pk, mark.column_id, typed, mark.version)
    save_marks(course=course, edits=[edit], by=cast.khoa, origin="correction 1", amendment=amendment)


def test_a_decision_stands_until_its_results_are_corrected_and_its_history_for_ever(whole):
    live(whole, "6A")
    propose_all(whole)
    decide_all(whole)
    pupil = whole.pupils["6A"][0]
    wish = Wish(pupil.pk, "retained", "", "đổi ý")
    again = propose(school_class=fresh(whole, "6A"), stage="year", wishes=[wish], by=whole.mai)
    assert again.refused == {pupil.pk: "decided"}

    correct(whole, pupil, "1")
    assert len(propose_all(whole).saved) == 1

    decided = (
        Proposal.history.filter(enrolment=pupil).order_by("history_id").values_list("decision", flat=True)
    )
    # Proposed, decided, flagged by the correction, proposed again.
    assert [number is not None for number in decided] == [False, True, True, False]


def test_a_number_belongs_to_one_day(whole):
    live(whole, "6A")
    propose_all(whole)
    decide_all(whole, number="45/QĐ")
    primary_class(whole)
    live(whole, "4A")
    propose_all(whole, "4A")

    with pytest.raises(NumberTaken):
        decide(
            school_class=fresh(whole, "4A"),
            stage="year",
            wishes=wishes(fresh(whole, "4A")),
            number="45/QĐ",
            dated=date(2027, 1, 1),
            by=whole.hanh,
        )
    assert decide_all(whole, "4A", number="45/QĐ").saved
    assert Decision.objects.count() == 1


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


def test_a_refused_row_keeps_what_was_typed_on_the_page(whole, client):
    live(whole, "6A")
    pupil = whole.pupils["6A"][0]
    client.cookies["portal_language"] = "en"
    data = {f"outcome-{pupil.pk}": "retained", f"award-{pupil.pk}": "", f"reason-{pupil.pk}": ""}

    response = signed_in(client, whole.mai).post(url(whole, "propose/"), data)

    assert response.status_code == 422
    assert "Say why." in response.text
    assert f'<a href="#pupil-{pupil.pk}">' in response.text
    assert not Proposal.objects.exists()


def test_the_principal_decides_on_the_page(whole, client):
    live(whole, "6A")
    propose_all(whole)
    pupil = whole.pupils["6A"][0]
    data = {
        f"outcome-{pupil.pk}": "promoted",
        f"award-{pupil.pk}": "Học sinh Giỏi",
        f"seen-{pupil.pk}": Proposal.objects.get(enrolment=pupil).stamp,
        "number": "7/QĐ",
        "dated": "30/05/2027",
        "seen": "on",
    }
    client.cookies["portal_language"] = "en"
    signed_in(client, whole.hanh)

    for wrong in ({"number": ""}, {"dated": "x"}, {"dated": "29/05/2020"}, {"seen": ""}):
        response = client.post(url(whole, "decide/"), {**data, **wrong})
        assert (response.status_code, "Nothing was decided." in response.text) == (422, True), wrong
    stale = client.post(url(whole, "decide/"), {**data, f"seen-{pupil.pk}": "2027-05-01T00:00:00"})
    assert "The proposal changed after this page was opened" in stale.text
    assert not Decision.objects.exists()

    response = client.post(url(whole, "decide/"), data, follow=True)
    assert "1 pupil decided." in response.text
    assert "Decision 7/QĐ of 30/05/2027" in response.text


def test_a_character_no_database_stores_is_refused(whole):
    live(whole, "6A")
    pupil = whole.pupils["6A"][0]
    wish = Wish(pupil.pk, "retained", "", "lý\x00do")

    answer = propose(school_class=fresh(whole, "6A"), stage="year", wishes=[wish], by=whole.mai)

    assert answer.refused == {pupil.pk: "null-character"}


def test_home_tells_the_homeroom_teacher_and_then_the_principal(whole, client):
    live(whole, "6A")
    client.cookies["portal_language"] = "en"

    assert "Propose the results of class 6A" in signed_in(client, whole.mai).get("/").text
    propose_all(whole)
    assert "Propose the results of class 6A" not in client.get("/").text
    assert "Decide on the results of class 6A" in signed_in(client, whole.hanh).get("/").text
    decide_all(whole)
    assert "Decide on the results of class 6A" not in client.get("/").text


def test_a_correction_after_the_decision_is_flagged_for_everybody_concerned(whole, client):
    live(whole, "6A")
    propose_all(whole)
    decide_all(whole)
    pupil = whole.pupils["6A"][0]
    correct(whole, pupil, "9")  # another average, the same level and title
    assert Proposal.objects.get(enrolment=pupil).results_changed
    client.cookies["portal_language"] = "en"

    for person in (whole.mai, whole.hanh):
        assert "Results of class 6A changed after the proposal" in signed_in(client, person).get("/").text
    wish = Wish(pupil.pk, "promoted", "Học sinh Giỏi")
    assert propose(school_class=fresh(whole, "6A"), stage="year", wishes=[wish], by=whole.mai).saved

    assert "changed after the proposal" not in client.get("/").text


def test_a_decision_taken_back_waits_for_a_new_one_and_stays_readable(whole, client):
    live(whole, "6A")
    propose_all(whole)
    decide_all(whole)
    pupil = whole.pupils["6A"][0]
    proposal = Proposal.objects.get(enrolment=pupil)
    client.cookies["portal_language"] = "en"
    address = f"/proposals/{proposal.pk}/reconsider/"

    signed_in(client, whole.hanh).post(address, {"reason": "  "})
    assert Proposal.objects.get(pk=proposal.pk).decision_id
    client.post(address, {"reason": "Ghi nhầm ngày"})

    assert Proposal.objects.get(pk=proposal.pk).decision_id is None
    assert (
        Proposal.history.filter(id=proposal.pk).latest("history_id").history_change_reason == "Ghi nhầm ngày"
    )
    decide(
        school_class=fresh(whole, "6A"),
        stage="year",
        wishes=[Wish(pupil.pk, "promoted", "Học sinh Giỏi")],
        number="46/QĐ",
        dated=date(2027, 5, 31),
        by=whole.hanh,
    )
    page = " ".join(client.get(f"/pupils/{pupil.pk}/results/").text.split())
    for text in ("Decision 46/QĐ of 31/05/2027", "Decision 45/QĐ of 31/05/2027", "replaced or taken back"):
        assert text in page


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


def test_a_pupil_named_twice_in_one_post_is_one_pupil(whole, client):
    live(whole, "6A")
    pupil = whole.pupils["6A"][0]
    client.cookies["portal_language"] = "en"
    data = {f"outcome-{pk}": "promoted" for pk in (pupil.pk, f"0{pupil.pk}")}
    data[f"award-{pupil.pk}"] = "Học sinh Giỏi"

    response = signed_in(client, whole.mai).post(url(whole, "propose/"), data, follow=True)

    assert "1 pupil proposed." in response.text


def test_nobody_departs_to_a_retest_that_the_rules_do_not_know_of(whole):
    live(whole, "6A", p0={"unexcused": "50"})
    pupil = whole.pupils["6A"][0]
    wish = Wish(pupil.pk, "summer_retest", "", "xin thi lại")

    answer = propose(school_class=fresh(whole, "6A"), stage="year", wishes=[wish], by=whole.mai)

    assert answer.refused == {pupil.pk: "not-called-back"}


@pytest.mark.parametrize("typed", ["45/qđ", " 45 / QĐ ", "45/QĐ\u200b"])
def test_one_number_however_it_is_typed_is_one_decision(whole, typed):
    live(whole, "6A")
    propose_all(whole)
    decide_all(whole, number="45/QĐ")
    primary_class(whole)
    live(whole, "4A")
    propose_all(whole, "4A")

    decide_all(whole, "4A", number=typed)

    assert [decision.number for decision in Decision.objects.all()] == ["45/QĐ"]


def test_a_year_decided_anew_leaves_nothing_of_its_old_summer_standing(whole):
    live(whole, "6A", p0={"toan": "3", "ngu-van": "3"})
    propose_all(whole)
    decide_all(whole)
    pupil = whole.pupils["6A"][0]
    wish = Wish(pupil.pk, "retained", "", "Không dự kiểm tra lại")
    propose(school_class=fresh(whole, "6A"), stage="summer", wishes=[wish], by=whole.mai)
    decide(
        school_class=fresh(whole, "6A"),
        stage="summer",
        wishes=[wish],
        number="60/QĐ",
        dated=date(2027, 8, 20),
        by=whole.hanh,
    )
    assert decided([pupil])[pupil.pk].outcome == "retained"

    for column in Mark.objects.filter(enrolment=pupil, column__course__subject__code__in=["toan", "ngu-van"]):
        amend(whole, pupil, column, "8")
    propose_all(whole)
    decide_all(whole, number="61/QĐ")

    assert (decided([pupil])[pupil.pk].outcome, decided([pupil])[pupil.pk].number) == ("promoted", "61/QĐ")
