"""Decisions by the principal: what they rest on, that they are one act, and how they are mended."""

from datetime import date

import pytest

from accounts.actions import give_role
from accounts.models import AuditEvent
from accounts.roles import Role
from gradebook.actions.decisions import NumberTaken
from gradebook.actions.marks import Amendment, Edit, save_marks
from gradebook.actions.proposal_desk import Wish
from gradebook.actions.proposals import BooksOpen, decide, propose
from gradebook.decided import decided
from gradebook.models import Course, Decision, Mark, Proposal
from tests.cast import in_english
from tests.gradebook.results.school_year import (
    decide_all,
    fresh,
    live,
    primary_class,
    propose_all,
    wishes,
)


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


def test_the_principal_decides_on_the_page(whole):
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
    client = in_english(whole.hanh)

    for wrong in ({"number": ""}, {"dated": "x"}, {"dated": "29/05/2020"}, {"seen": ""}):
        response = client.post(url(whole, "decide/"), {**data, **wrong})
        assert (response.status_code, "Nothing was decided." in response.text) == (422, True), wrong
    stale = client.post(url(whole, "decide/"), {**data, f"seen-{pupil.pk}": "2027-05-01T00:00:00"})
    assert "The proposal changed after this page was opened" in stale.text
    assert not Decision.objects.exists()

    response = client.post(url(whole, "decide/"), data, follow=True)
    assert "1 pupil decided." in response.text
    assert "Decision 7/QĐ of 30/05/2027" in response.text


def test_a_correction_after_the_decision_is_flagged_for_everybody_concerned(whole):
    live(whole, "6A")
    propose_all(whole)
    decide_all(whole)
    pupil = whole.pupils["6A"][0]
    correct(whole, pupil, "9")  # another average, the same level and title
    assert Proposal.objects.get(enrolment=pupil).results_changed
    clients = [in_english(person) for person in (whole.mai, whole.hanh)]

    for client in clients:
        assert "Results of class 6A changed after the proposal" in client.get("/").text
    wish = Wish(pupil.pk, "promoted", "Học sinh Giỏi")
    assert propose(school_class=fresh(whole, "6A"), stage="year", wishes=[wish], by=whole.mai).saved

    assert not any("changed after the proposal" in client.get("/").text for client in clients)


def test_a_decision_taken_back_waits_for_a_new_one_and_stays_readable(whole):
    live(whole, "6A")
    propose_all(whole)
    decide_all(whole)
    pupil = whole.pupils["6A"][0]
    proposal = Proposal.objects.get(enrolment=pupil)
    client, address = in_english(whole.hanh), f"/proposals/{proposal.pk}/reconsider/"

    client.post(address, {"reason": "  "})
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


def test_after_the_decision_the_page_leads_on_to_the_transcripts(whole):
    live(whole, "6A")
    propose_all(whole)
    leads_on = f'href="/transcripts/classes/{whole.classes["6A"].pk}/"'
    assert leads_on not in in_english(whole.hanh).get(url(whole)).text

    decide_all(whole)

    assert leads_on in in_english(whole.hanh).get(url(whole)).text
    assert leads_on not in in_english(whole.mai).get(url(whole)).text


def test_a_mark_put_back_takes_the_flag_away_again(whole):
    live(whole, "6A")
    propose_all(whole)
    decide_all(whole)
    pupil = whole.pupils["6A"][0]
    correct(whole, pupil, "9")
    assert Proposal.objects.get(enrolment=pupil).results_changed

    correct(whole, pupil, "8")

    assert not Proposal.objects.get(enrolment=pupil).results_changed
    assert "changed after the proposal" not in in_english(whole.mai).get("/").text
