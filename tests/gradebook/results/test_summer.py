"""Summer training, retests and support: who is called, what replaces what, and that before stays readable."""

import pytest

from gradebook.actions.proposal_desk import Wish
from gradebook.actions.proposals import BooksOpen, decide, propose
from gradebook.models import Proposal
from gradebook.results.classes import class_results, read_sheets
from gradebook.results.frozen import frozen
from tests.cast import in_english, signed_in
from tests.gradebook.results.school_year import (
    decide_all,
    enter_summer,
    fresh,
    live,
    primary_class,
    propose_all,
)

FAILED = {"toan": "3", "ngu-van": "3"}


@pytest.fixture
def after_year(whole):
    """The first pupil is sent to retests, the second to training, the third moves up."""
    live(whole, "6A", p0=FAILED, p1={"conduct": "CĐ"})
    propose_all(whole)
    decide_all(whole)
    whole.execute("open", "HE", whole.classes["6A"])
    return whole


def results(cast, pupil, stage: str):
    school_class = fresh(cast, pupil.school_class.name)
    return frozen(class_results(read_sheets(school_class))[pupil.pk], stage)


def test_only_a_pupil_whom_the_decision_calls_is_assessed_again(after_year):
    first, _second, third = after_year.pupils["6A"][:3]

    assert [r.code for r in enter_summer(after_year, third, "toan", "9").refused] == ["not-in-summer"]
    assert [r.code for r in enter_summer(after_year, first, "tin-hoc", "9").refused] == ["not-in-summer"]
    assert enter_summer(after_year, first, "toan", "5,5").saved


def test_a_retest_replaces_the_year_for_promotion_and_both_stay(after_year):
    pupil = after_year.pupils["6A"][0]
    before = results(after_year, pupil, "year")
    enter_summer(after_year, pupil, "toan", "5,5")
    enter_summer(after_year, pupil, "ngu-van", "6")

    after = results(after_year, pupil, "summer")

    assert (before["learning"], before["outcome"]) == ("Chưa đạt", "summer_retest")
    assert (after["learning"], after["outcome"], after["award"]) == ("Khá", "promoted", "")
    assert (after["subjects"]["toan"], results(after_year, pupil, "year")["subjects"]["toan"]) == (
        "5,5",
        "3,0",
    )
    listed = in_english(after_year.mai).get("/summer/").text
    assert "Toán 3,0 → 5,5" in " ".join(listed.split())


@pytest.mark.parametrize(
    ("mark", "outcome"),
    [("3,4", "retained"), ("5", "promoted")],
    ids=["two below 3,5", "one alone is adjusted"],
)
def test_the_rules_judge_the_year_again_with_the_retests(after_year, mark, outcome):
    pupil = after_year.pupils["6A"][0]
    enter_summer(after_year, pupil, "toan", "3,4")
    enter_summer(after_year, pupil, "ngu-van", mark)

    assert results(after_year, pupil, "summer")["outcome"] == outcome


@pytest.mark.parametrize(("level", "outcome"), [("Đ", "promoted"), ("CĐ", "retained")])
def test_summer_training_replaces_the_conduct_of_the_year(after_year, level, outcome):
    pupil = after_year.pupils["6A"][1]
    assert results(after_year, pupil, "year")["outcome"] == "summer_training"

    enter_summer(after_year, pupil, "chu-nhiem", level)

    assert results(after_year, pupil, "summer")["outcome"] == outcome
    assert results(after_year, pupil, "year")["conduct"] == "Chưa đạt"


@pytest.mark.duty("S1-53")
def test_after_the_summer_there_is_a_second_decision(after_year):
    pupil = after_year.pupils["6A"][0]
    for code in ("toan", "ngu-van"):
        enter_summer(after_year, pupil, code, "5")
    enter_summer(after_year, after_year.pupils["6A"][1], "chu-nhiem", "Đ")
    after_year.execute("lock", "HE", after_year.classes["6A"])

    assert len(propose_all(after_year, stage="summer").saved) == 2
    assert len(decide_all(after_year, stage="summer", number="60/QĐ").saved) == 2

    decided = Proposal.objects.filter(enrolment=pupil).order_by("pk")
    assert [(row.stage, row.decided_outcome, row.decision.number) for row in decided] == [
        ("year", "summer_retest", "45/QĐ"),
        ("summer", "promoted", "60/QĐ"),
    ]


def test_nobody_else_is_proposed_after_the_summer(after_year):
    pupil = after_year.pupils["6A"][2]
    wish = Wish(pupil.pk, "promoted")

    answer = propose(school_class=fresh(after_year, "6A"), stage="summer", wishes=[wish], by=after_year.mai)

    assert answer.refused == {pupil.pk: "not-called"}


def test_home_counts_the_retests_still_to_enter(after_year):
    client = in_english(after_year.toan)
    assert "summer result still to enter" in client.get("/").text

    for code in ("toan", "ngu-van"):
        enter_summer(after_year, after_year.pupils["6A"][0], code, "5")

    assert "summer result still to enter" not in client.get("/").text


def test_the_sheet_shows_the_summer_only_where_somebody_is_called(after_year):
    client = in_english(after_year.toan)
    called = after_year.classes["6A"].courses.get(subject__code="toan")
    other = after_year.classes["6A"].courses.get(subject__code="tin-hoc")

    page = client.get(f"/courses/{called.pk}/semester-2/").text

    assert "Retest" in page
    column = called.columns.get(period__code="HE").pk
    inputs = [pupil for pupil in after_year.pupils["6A"] if f'name="m-{pupil.pk}-{column}-0"' in page]
    assert inputs == after_year.pupils["6A"][:1]
    assert "Retest" not in client.get(f"/courses/{other.pk}/semester-2/").text


def test_the_summer_stays_open_after_a_cell_of_somebody_who_is_not_called_was_saved(after_year, client):
    after_year.execute("open", "CN", after_year.classes["6A"])
    course = after_year.classes["6A"].courses.get(subject__code="toan")
    third = after_year.pupils["6A"][2]
    final = course.columns.get(period__code="CN", kind="final")
    signed_in(client, after_year.toan)

    answer = client.post(
        f"/courses/{course.pk}/semester-2/save/",
        {f"m-{third.pk}-{final.pk}-1": "9"},
        headers={"accept": "application/json"},
    ).json()

    assert answer["saved"]
    assert course.columns.get(period__code="HE").pk in answer["open"]


def test_a_primary_pupil_who_still_has_not_completed_waits_for_the_principal(cast):
    primary_class(cast)
    live(cast, "4A", p0={"toan": "C 3"})
    propose_all(cast, "4A")
    decide_all(cast, "4A")
    cast.execute("open", "HE", cast.classes["4A"])
    pupil = cast.pupils["4A"][0]
    enter_summer(cast, pupil, "chu-nhiem", "CHT")
    cast.execute("lock", "HE", cast.classes["4A"])
    assert results(cast, pupil, "summer")["outcome"] == "awaiting_principal"

    wish = Wish(pupil.pk, "not_completed_promoted", "", "Đã cố gắng, đủ khả năng học tiếp")
    school_class = fresh(cast, "4A")
    propose(school_class=school_class, stage="summer", wishes=[wish], by=cast.lan)
    decide(
        school_class=school_class,
        stage="summer",
        wishes=[wish],
        number="61/QĐ",
        dated=cast.year.ends_on,
        by=cast.hanh,
    )

    found = Proposal.objects.get(enrolment=pupil, stage="summer")
    assert found.decision is not None
    assert (found.decided_outcome, found.decision.number) == ("not_completed_promoted", "61/QĐ")


def test_support_that_helped_completes_the_programme(cast):
    primary_class(cast)
    live(cast, "4A", p0={"toan": "C 3"})
    propose_all(cast, "4A")
    decide_all(cast, "4A")
    cast.execute("open", "HE", cast.classes["4A"])
    pupil = cast.pupils["4A"][0]
    enter_summer(cast, pupil, "chu-nhiem", "ht")

    found = results(cast, pupil, "summer")

    assert (found["outcome"], found["completion"]) == (
        "completed_promoted",
        "Hoàn thành chương trình lớp học",
    )


def test_a_mistyped_retest_can_be_mended_after_the_last_decision(after_year):
    pupil = after_year.pupils["6A"][0]
    for code in ("toan", "ngu-van"):
        enter_summer(after_year, pupil, code, "5")
    enter_summer(after_year, after_year.pupils["6A"][1], "chu-nhiem", "Đ")
    after_year.execute("lock", "HE", after_year.classes["6A"])
    propose_all(after_year, stage="summer")
    decide_all(after_year, stage="summer", number="60/QĐ")
    after_year.execute("open", "HE", after_year.classes["6A"])

    assert enter_summer(after_year, pupil, "toan", "5,5", version=1).saved


def test_a_summer_is_not_decided_while_a_book_of_the_year_is_open(after_year):
    enter_summer(after_year, after_year.pupils["6A"][1], "chu-nhiem", "Đ")
    after_year.execute("lock", "HE", after_year.classes["6A"])
    propose_all(after_year, stage="summer")
    after_year.execute("open", "CN", after_year.classes["6A"])

    with pytest.raises(BooksOpen):
        decide_all(after_year, stage="summer")


def test_the_score_sheet_of_the_second_semester_has_no_summer(after_year, client):
    course = after_year.classes["6A"].courses.get(subject__code="toan")
    signed_in(client, after_year.toan)

    assert client.get(f"/courses/{course.pk}/semester-2/template/").status_code == 200
