"""Where the circulars leave room: chosen before the first mark, for the year; never afterwards."""

import pytest
from django.core.exceptions import PermissionDenied

from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.rules import RulesInUse, choose_rules
from gradebook.actions.teaching import open_class
from gradebook.assessment.schemes import UnknownScheme
from gradebook.class_summary import read_summary
from gradebook.models import Policy, SchoolClass
from gradebook.years import YearClosed
from tests.cast import in_english
from tests.gradebook.results.school_year import fresh, live


def policy(cast, level: str = "lower_secondary") -> Policy:
    return Policy.objects.select_related("year").get(year=cast.year, level=level)


def mark(cast) -> None:
    column = cast.maths["6A"].columns.filter(period__code="GK1").first()
    edit = Edit(cast.pupils["6A"][0].pk, column.pk, "8", 0)
    assert save_marks(course=cast.maths["6A"], edits=[edit], by=cast.toan, origin="page").saved


def test_a_choice_reaches_every_class_of_the_level_and_those_opened_later(cast):
    choose_rules(policy=policy(cast), words={"removal", "no-titles"}, by=cast.hanh)
    later = open_class(year=cast.year, name="7A", grade=7, by=cast.hanh)

    schemes = set(SchoolClass.objects.values_list("scheme", flat=True))

    assert schemes == {"TT22-2021+no-titles+removal"}
    assert later.scheme in schemes


def test_a_choice_that_a_circular_does_not_leave_open_is_not_in_its_code(cast):
    choose_rules(policy=policy(cast, "primary"), words={"zero", "removal"}, by=cast.hanh)

    assert open_class(year=cast.year, name="3A", grade=3, by=cast.hanh).scheme == "TT27-2020+zero"


def test_rules_that_were_used_stand(cast):
    mark(cast)

    with pytest.raises(RulesInUse):
        choose_rules(policy=policy(cast), words={"removal"}, by=cast.hanh)
    assert cast.classes["6A"].scheme == fresh(cast, "6A").scheme == "TT22-2021"


def test_even_a_mark_taken_back_was_a_use(cast):
    mark(cast)
    column = cast.maths["6A"].columns.filter(period__code="GK1").first()
    edit = Edit(cast.pupils["6A"][0].pk, column.pk, "", 1)
    save_marks(course=cast.maths["6A"], edits=[edit], by=cast.toan, origin="page")

    with pytest.raises(RulesInUse):
        choose_rules(policy=policy(cast), words={"removal"}, by=cast.hanh)


def test_another_level_is_still_free(cast):
    mark(cast)

    choose_rules(policy=policy(cast, "primary"), words={"zero"}, by=cast.hanh)


def test_only_the_principal_chooses(cast):
    for person in (cast.khoa, cast.vinh, cast.toan):
        with pytest.raises(PermissionDenied):
            choose_rules(policy=policy(cast), words=set(), by=person)


def test_a_closed_year_is_not_changed(cast):
    cast.year.status = "closed"
    cast.year.save_by(cast.hanh)

    with pytest.raises(YearClosed):
        choose_rules(policy=policy(cast), words={"removal"}, by=cast.hanh)


def test_a_word_that_is_no_choice_changes_nothing(cast):
    with pytest.raises(UnknownScheme):
        choose_rules(policy=policy(cast), words={"best-of-two"}, by=cast.hanh)
    assert policy(cast).choices == ""


def test_the_page_shows_the_choice_and_refuses_it_once_used(cast):
    client = in_english(cast.hanh)
    address = f"/assessment-rules/{policy(cast).pk}/choose/"

    every = dict.fromkeys(
        ["removal", "scored-only", "thematic-included", "retest-after-both", "no-titles"], ""
    )
    assert client.post(address, {}).status_code == 400
    chosen = client.post(address, {**every, "removal": "removal"}, follow=True)
    assert "The rules of Lower secondary are set." in chosen.text
    mark(cast)
    refused = client.post(address, every, follow=True)

    assert "marks were already entered under these rules" in refused.text
    assert fresh(cast, "6A").scheme == "TT22-2021+removal"


def test_an_old_year_recomputes_the_old_way_whatever_is_chosen_now(whole):
    # Five subjects at 8, two at 7, one at 4: the literal reading raises the level, the other does not.
    unlike = {"toan": "4", "tin-hoc": "7", "cong-nghe": "7"}
    live(whole, "6A", p0=unlike)
    choose_rules(policy=policy(whole, "upper_secondary"), words={"removal"}, by=whole.hanh)

    assert read_summary(fresh(whole, "6A"), "year").lines[0].learning == "Khá"
    assert Policy.objects.get(level="upper_secondary").words == ["removal"]


@pytest.mark.parametrize(("words", "level"), [(set(), "Khá"), ({"removal"}, "Đạt")])
def test_the_reading_that_the_school_chose_is_the_one_applied(whole, words, level):
    choose_rules(policy=policy(whole), words=words, by=whole.hanh)
    live(whole, "6A", p0={"toan": "4", "tin-hoc": "7", "cong-nghe": "7"})

    assert read_summary(fresh(whole, "6A"), "year").lines[0].learning == level
