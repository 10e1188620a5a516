"""The school's own rules: set by year and level, every change kept, started from a regulation, fixed by use."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.policy import PolicyChanged, apply_preset, set_policy
from gradebook.actions.rules import RulesInUse, choose_rules
from gradebook.models import Policy
from gradebook.policy_history import entries, version_of
from gradebook.policy_presets import PRESETS
from gradebook.policy_settings import SETTINGS
from tests.cast import in_english


def mark(desk) -> None:
    column = desk.cast.maths["6A"].columns.filter(period__code="GK1").first()
    edit = Edit(desk.cast.pupils["6A"][0].pk, column.pk, "8,5", 0)
    assert save_marks(course=desk.cast.maths["6A"], edits=[edit], by=desk.cast.toan, origin="page").saved


def take_over(desk, code: str, level: str = "lower_secondary"):
    policy = desk.policy(level)
    return apply_preset(policy=policy, preset=PRESETS[code], seen=version_of(policy), by=desk.cast.hanh)


@pytest.mark.duty("S0-02")
def test_a_rule_holds_for_its_year_and_level_and_every_change_is_kept_with_its_author(desk):
    desk.set(midterm_marks_days=10)
    desk.set(midterm_marks_days=7)

    page = in_english(desk.cast.toan).get(f"/policy/{desk.policy().pk}/history/")

    newest = page.context["entries"][0]
    assert [change.texts for change in newest.changes] == [("10", "7")]
    assert (newest.by, newest.at.date()) == (
        desk.cast.hanh,
        desk.policy().history.first().history_date.date(),
    )
    assert desk.policy("primary").midterm_marks_days is None


def test_every_setting_is_a_column_with_a_label_and_a_default_that_needs_no_choice(desk):
    fresh = desk.policy()

    assert all(setting.label and setting.text(setting.of(fresh)) for setting in SETTINGS.values())


@pytest.mark.parametrize("code", PRESETS)
def test_what_a_regulation_rules_stands_after_taking_it_over_and_nothing_else_moves(desk, code):
    before = desk.policy()

    take_over(desk, code)

    after, preset = desk.policy(), PRESETS[code]
    for name, setting in SETTINGS.items():
        expected = preset.value(name, after.year) if name in preset.rules else setting.of(before)
        assert setting.of(after) == expected, name


def test_the_preview_names_each_change_with_its_clause_and_changes_nothing(desk):
    path = f"/policy/{desk.policy().pk}/presets/S1/"

    page = in_english(desk.cast.hanh).get(path)

    cited = {change.setting.name: place for change, place in page.context["rows"]}
    assert cited["correction_days_before_exam"] == "S1, Điều 11.2"
    assert cited["correction_days_after_print"] == "S1, Điều 11.3"
    assert desk.policy().correction_days_before_exam is None


def test_taking_over_from_the_preview_is_one_act_that_says_where_the_rules_come_from(desk):
    principal, policy = in_english(desk.cast.hanh), desk.policy()
    path = f"/policy/{policy.pk}/presets/S3/"

    principal.post(f"{path}apply/", {"seen": principal.get(path).context["seen"]})

    newest, *older = entries(policy)
    assert len(older) == 1
    assert newest.preset.startswith("S3")
    assert desk.policy().blank_book_deadline == date(2026, 9, 15)


def test_marks_entered_keep_their_format_whatever_is_set_or_taken_over(desk):
    mark(desk)
    path = f"/policy/{desk.policy().pk}/presets/S3/"
    fixed = [
        change.setting.name
        for change, _ in in_english(desk.cast.hanh).get(path).context["rows"]
        if change.fixed
    ]

    changes = take_over(desk, "S3")

    assert fixed == ["whole_regular_marks"]
    assert changes and not desk.policy().whole_regular_marks
    with pytest.raises(RulesInUse):
        desk.set(whole_regular_marks=True)


def test_before_the_first_mark_the_format_follows_the_rule(desk):
    take_over(desk, "S3")

    column = desk.cast.maths["6A"].columns.filter(period__code="GK1", kind="regular").first()
    edit = Edit(desk.cast.pupils["6A"][0].pk, column.pk, "8,5", 0)
    outcome = save_marks(course=desk.cast.maths["6A"], edits=[edit], by=desk.cast.toan, origin="page")

    assert [refusal.code for refusal in outcome.refused] == ["whole-number"]


def test_of_two_who_change_the_rules_the_second_is_told(desk):
    policy = desk.policy()
    seen = version_of(policy)
    desk.set(midterm_marks_days=10)
    typed = {"seen": seen, "midterm_marks_days": 5, "profile_deadline": "15/09/2026"}
    typed |= {"correction_decider": "principal", "correction_witnesses": "none"}
    typed |= {"results_approver": "principal", "attendance_rhythm": "daily"}

    response = in_english(desk.cast.hanh).post(f"/policy/{policy.pk}/edit/", typed)

    assert response.status_code == 422
    assert 'value="5"' in response.text
    assert desk.policy().midterm_marks_days == 10
    with pytest.raises(PolicyChanged):
        set_policy(policy=policy, values={}, seen=seen, by=desk.cast.hanh)


def test_choosing_assessment_rules_does_not_undo_the_school_s_rules(desk):
    stale = desk.policy()
    desk.set(midterm_marks_days=10)

    choose_rules(policy=stale, words={"removal"}, by=desk.cast.hanh)

    assert desk.policy().midterm_marks_days == 10


def test_only_who_issues_decisions_sets_the_rules(desk):
    policy = desk.policy()

    with pytest.raises(PermissionDenied):
        set_policy(policy=policy, values={"monthly_check": True}, seen=version_of(policy), by=desk.cast.khoa)


@pytest.mark.parametrize(
    "values",
    [
        {"midterm_marks_days": 0},
        {"attendance_closing_day": 31},
        {"regular_marks_weekday": 7},
        {"correction_decider": "nobody"},
        {"report_from_day": 30, "report_until_day": 25},
        {"profile_deadline": None},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_by_the_action_too(desk, values):
    with pytest.raises(ValidationError):
        desk.set(**values)
    assert Policy.history.filter(id=desk.policy().pk).count() == 1


def test_the_page_says_what_is_enforced_and_what_is_only_recorded(desk):
    text = in_english(desk.cast.lan).get("/policy/").text

    assert text.count("the portal enforces it") == 13
    assert text.count("recorded for people") == len(SETTINGS) - 13
