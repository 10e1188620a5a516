"""The last day for a correction: counted, shown, missed, and not to be had back by setting a clock."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from corrections import actions
from corrections.actions import TooLate
from corrections.cutoffs import LastDay, is_late, last_day
from corrections.models import Decision
from gradebook.actions import windows
from gradebook.actions.check_prints import note_check_print
from gradebook.actions.lapses import close_lapsed
from tests.cast import client_of, in_english
from tests.corrections.chain import delegate, exams_begin, policy_of, rule
from tests.gradebook.windows.clock import DAY, Clock

SEVEN = {"correction_days_before_exam": 7, "correction_days_after_print": 3}


@pytest.fixture
def late(scene):
    """The final test begins in three days; regular marks were to be corrected until a week before it."""
    rule(scene, correction_decider="leader", **SEVEN)
    exams_begin(scene, in_days=3)
    return scene


def today():
    return timezone.localdate()


@pytest.mark.duty("S0-20", "S1-76")
@pytest.mark.parametrize(("in_days", "expected"), [(7, False), (6, True)])
def test_the_day_a_week_before_the_test_is_the_last(scene, in_days, expected):
    rule(scene, **SEVEN)
    exams_begin(scene, in_days=in_days)

    correction = scene.submit()

    assert correction.due_on == today() + timedelta(days=in_days - 7)
    assert is_late(correction) is expected


def test_of_several_cells_the_first_last_day_counts(scene):
    rule(scene, **SEVEN)
    exams_begin(scene, in_days=-20)
    final = scene.course.columns.get(kind="final", period__code="CK1")
    note_check_print(courses=[scene.course], period=scene.cast.periods["CK1"], by=scene.cast.cuc)

    both = scene.submit(scene.edit(), scene.edit("7", 0, column=final))

    assert both.due_on == today() - timedelta(days=27)


@pytest.mark.parametrize(
    ("rules", "kind", "code"),
    [
        ({}, "regular", "not-ruled"),
        (SEVEN, "regular", "test-unknown"),
        (SEVEN, "final", "not-printed"),
        (SEVEN, "comment", "not-ruled"),
    ],
)
def test_where_nothing_is_ruled_or_known_there_is_no_last_day(scene, rules, kind, code):
    if rules:
        rule(scene, **rules)
    columns = scene.course.columns.filter(kind=kind, period__semester__number=1).select_related("period")

    assert last_day(policy_of(scene), scene.course, columns) == LastDay(code)
    if kind == "regular":
        assert not is_late(scene.submit())


@pytest.mark.duty("S1-76")
def test_a_late_request_is_marked_and_only_the_principal_in_person_approves_it_with_a_reason(late):
    delegate(late, late.cast.dung)
    correction = late.submit()
    url = f"/corrections/{correction.pk}/"

    for name in ("vinh", "dung"):
        page = in_english(late.cast.people[name]).get(url).text
        assert "Approve</button>" not in page and "it came late" in page
        assert "only the principal in person can approve it" in page
        assert client_of(late.cast.people[name]).post(f"{url}approve/", {}).status_code == 403
        with pytest.raises(TooLate):
            actions.approve(correction=correction, by=late.cast.people[name], late_reason="vì tôi muốn")
    principal = in_english(late.cast.hanh)
    without = principal.post(f"{url}approve/", {"note": "", "late_reason": "  "})
    assert without.status_code == 422
    assert "Say why it is approved after its last day." in without.text
    assert principal.post(f"{url}approve/", {"late_reason": "Phụ huynh vừa báo"}).status_code == 303

    assert Decision.objects.get().late_reason == "Phụ huynh vừa báo"
    assert "Phụ huynh vừa báo" in in_english(late.cast.toan).get(url).text


def test_a_vice_principal_may_refuse_what_came_late(late):
    correction = late.submit()

    actions.refuse(correction=correction, by=late.cast.vinh, note="Quá hạn")

    assert late.again(correction).status == "refused"


def test_a_reason_for_lateness_is_not_kept_where_nothing_was_late(scene):
    actions.approve(correction=scene.submit(), by=scene.cast.hanh, late_reason="thừa")

    assert Decision.objects.get().late_reason == ""


def test_a_clock_set_back_does_not_make_a_request_early(late, monkeypatch):
    before = late.submit()
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now - timedelta(days=30))
    after = late.submit(late.edit("7", 0, pupil=1))
    monkeypatch.undo()

    assert after.requested_at < before.requested_at
    assert after.due_on is not None and after.requested_at.date() < after.due_on
    assert is_late(after)
    with pytest.raises((PermissionDenied, TooLate)):
        actions.approve(correction=after, by=late.cast.vinh)


def test_a_day_moved_later_does_not_move_that_of_a_request_under_way(late):
    correction = late.submit()
    exams_begin(late, in_days=60)

    assert is_late(late.again(correction))


@pytest.mark.duty("S0-20")
def test_the_form_says_the_last_day_or_why_there_is_none(scene):
    form = in_english(scene.cast.toan)
    said = []
    for rules, in_days in (({}, None), (SEVEN, None), ({}, 20), ({}, 3)):
        if rules:
            rule(scene, **rules)
        if in_days:
            exams_begin(scene, in_days=in_days)
        said.append(form.get(scene.form_url).text)

    assert "the school has ruled none" in said[0]
    assert "the days of the final test are not set" in said[1]
    assert f"The last day for this correction is {today() + timedelta(days=13):%d/%m/%Y}." in said[2]
    assert "it is marked late" in said[3]
    assert form.post(scene.post_url, scene.typed()).status_code == 303


@pytest.mark.duty("S0-20")
def test_a_book_opened_and_locked_again_gives_its_days_anew_and_one_that_was_never_open_has_none(
    scene, monkeypatch
):
    rule(scene, correction_days_after_lock=5)
    first, clock = today(), Clock(monkeypatch)
    comment = scene.course.columns.get(kind="comment", period__code="CK1")
    assert scene.submit(scene.edit("Em học chăm.", 0, column=comment)).due_on is None
    assert scene.submit().due_on == first + timedelta(days=5)

    clock.move(3 * DAY)
    scene.cast.execute("open")
    clock.move(DAY)
    scene.cast.execute("lock")

    assert scene.submit(scene.edit("6", 0, pupil=1)).due_on == first + timedelta(days=9)


def test_a_book_that_closed_by_itself_counts_from_its_hour_whatever_runs_later(scene, monkeypatch):
    rule(scene, correction_days_after_lock=5)
    first, clock = today(), Clock(monkeypatch)
    order = windows.order_lock(
        period=scene.cast.periods["GK1"],
        act="open",
        reason="bổ sung",
        by=scene.cast.hanh,
        until=clock.after(DAY),
    )
    windows.execute_lock_order(order=order, by=scene.cast.khoa)

    clock.move(4 * DAY)
    assert scene.submit().due_on == first + timedelta(days=6)
    close_lapsed(clock.moment)
    assert scene.submit(scene.edit("6", 0, pupil=1)).due_on == first + timedelta(days=6)


def test_of_the_day_before_the_test_and_the_days_after_the_lock_the_first_counts(scene):
    rule(scene, correction_days_after_lock=5, **SEVEN)
    exams_begin(scene, in_days=9)
    assert scene.submit().due_on == today() + timedelta(days=2)
    exams_begin(scene, in_days=30)
    assert scene.submit(scene.edit("6", 0, pupil=1)).due_on == today() + timedelta(days=5)
