"""Pupils leave, change class, come back and are received."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.names import search_key
from gradebook.actions.classes import add_classes, withdraw_class
from gradebook.actions.decisions import NumberTaken, find_decision
from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.movement_desk import NotMoved
from gradebook.actions.movements import KnownAlready
from gradebook.known_pupils import Newcomer
from gradebook.models import Decision, Enrolment, Mark, Movement, Proposal, Student
from gradebook.years import YearClosed
from tests.cast import FIRST_DAY
from tests.gradebook.moving import (
    AUTUMN,
    LATER,
    again,
    as_newcomer,
    back,
    change,
    come,
    enter,
    go,
    marks,
    paper,
    regular,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil(cast):
    return cast.pupils["6A"][1]


def refused(act, *args, **kwargs):
    with pytest.raises(NotMoved) as problem:
        act(*args, **kwargs)
    return problem.value.code


@pytest.mark.duty("S0-35", "S2-28")
def test_who_leaves_is_off_the_roll_but_stays_in_the_list_with_the_day(cast, pupil):
    movement = go(cast, pupil)

    left = again(pupil)
    assert (left.status, left.until) == ("left", AUTUMN)
    assert pupil in cast.classes["6A"].enrolments.in_list_order()
    assert pupil not in cast.classes["6A"].enrolments.on_roll()
    decision = Decision.objects.get()
    assert (movement.other_school, movement.decision) == ("Trường THCS Suối Mơ", decision)
    assert (decision.number, decision.decided_by) == ("54/QĐ-THCS", cast.hanh)
    assert AuditEvent.objects.filter(verb="gradebook.movement.recorded", actor_id=cast.cuc.pk).exists()


@pytest.mark.parametrize("person", ["hanh", "vinh", "dung", "mai", "toan"])
def test_only_clerk_and_administrator_record(cast, pupil, person):
    with pytest.raises(PermissionDenied):
        go(cast, pupil, by=cast.people[person])

    assert again(pupil).status == "enrolled"


@pytest.mark.parametrize(
    ("kind", "lacking", "code"),
    [
        ("transferred", {"number": ""}, "no-decision"),
        ("transferred", {"other_school": " "}, "no-school"),
        ("dropped_out", {"reason": ""}, "no-reason"),
        ("reserved", {"number": ""}, "no-decision"),
        ("promoted", {}, "not-leaving"),
    ],
)
def test_every_kind_has_its_papers(cast, pupil, kind, lacking, code):
    assert refused(go, cast, pupil, kind, paper=paper(**lacking)) == code


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (LATER + timedelta(days=1), "in-future"),
        (FIRST_DAY - timedelta(days=1), "outside-year"),
    ],
)
def test_the_day_lies_in_the_year_and_has_come(cast, pupil, on, code):
    assert refused(go, cast, pupil, paper=paper(on)) == code


def test_a_pupil_leaves_once_and_not_before_coming(cast, pupil):
    came = come(cast).place
    assert refused(go, cast, came, paper=paper(AUTUMN - timedelta(days=1), "55/QĐ-THCS")) == "too-early"

    go(cast, pupil)
    assert refused(go, cast, pupil) == "not-on-roll"


def test_pupils_leave_in_the_summer_too_but_nobody_changes_class_then(cast, pupil):
    july = date(2027, 7, 12)

    assert refused(change, cast, cast.pupils["6A"][2], paper=paper(july), today=july) == "outside-year"
    go(cast, pupil, paper=paper(july), today=july)

    assert again(pupil).until == july


def test_nothing_moves_in_a_closed_year(cast, pupil):
    cast.year.status, cast.year.closed_by, cast.year.closed_at = "closed", cast.hanh, timezone.now()
    cast.year.save_by(cast.hanh)

    for act in (lambda: go(cast, pupil), lambda: change(cast, pupil), lambda: come(cast)):
        with pytest.raises(YearClosed):
            act()


@pytest.mark.duty("S0-35", "S2-28")
def test_marks_go_along_into_the_new_class_whatever_the_state_of_the_books(cast, pupil):
    enter(cast, pupil, 1, "7,5")
    enter(cast, pupil, 2, "v")
    cast.execute("lock")

    movement = change(cast, pupil)

    target = movement.place
    assert (target.school_class, target.number, target.since) == (cast.classes["6B"], 6, AUTUMN)
    assert marks(target) == {1: "7,5", 2: "v"} == marks(pupil)
    history = Mark.history.filter(enrolment_id=target.pk)
    assert {(row.history_origin, row.history_user) for row in history} == {
        (f"movement {movement.pk}", cast.cuc)
    }


def test_a_mark_without_a_counterpart_stays_in_the_old_class(cast, pupil):
    enter(cast, pupil, 1, "7,5")
    column = regular(cast, "6B", 1)
    column.ordinal = 9
    column.save_by(cast.hanh)

    movement = change(cast, pupil)

    assert marks(movement.place) == {}
    assert marks(pupil) == {1: "7,5"}


def test_the_new_teacher_goes_on_and_the_old_one_cannot(cast, pupil):
    target = change(cast, pupil).place

    assert enter(cast, target, 1, "9", to="6B").score == 9
    edit = Edit(pupil.pk, regular(cast, "6A", 1).pk, "9", 0)
    outcome = save_marks(course=cast.maths["6A"], edits=[edit], by=cast.toan, origin="page")
    assert [refusal.code for refusal in outcome.refused] == ["not-on-this-sheet"]


def test_class_and_grade_must_fit(cast, pupil):
    assert refused(change, cast, pupil, "6A") == "same-class"
    seventh = cast.classes["6B"]
    seventh.grade = 7
    seventh.save_by(cast.hanh)
    assert refused(change, cast, pupil, "6B") == "other-grade"


def test_who_changes_back_stands_on_the_old_line_with_the_latest_marks(cast, pupil):
    enter(cast, pupil, 1, "7")
    second = change(cast, pupil).place
    enter(cast, second, 1, "8", to="6B")

    third = change(cast, second, "6A", paper=paper(LATER, "60/QĐ-THCS")).place

    assert (third.pk, third.number, third.status) == (pupil.pk, pupil.number, "enrolled")
    assert marks(third) == {1: "8"}
    assert Mark.objects.get(enrolment=third).version == 2


def test_who_kept_the_place_comes_back_to_the_same_line(cast, pupil):
    enter(cast, pupil, 1, "7")
    go(cast, pupil, "reserved")

    movement = back(cast, pupil)

    assert movement.place == pupil
    assert again(pupil).until is None
    assert refused(back, cast, pupil) == "on-roll"


def test_a_new_child_stands_at_the_end_of_the_list_and_a_number_is_never_used_again(cast):
    go(cast, cast.pupils["6A"][4])

    target = come(cast).place

    assert (target.number, target.since) == (6, AUTUMN)
    assert target.student.admitted_on == AUTUMN


@pytest.mark.duty("S0-35", "S2-28")
def test_who_left_once_is_found_again_and_not_doubled(cast, pupil):
    go(cast, pupil)
    before = Student.objects.count()

    with pytest.raises(KnownAlready) as known:
        come(cast, as_newcomer(pupil), paper=paper(LATER, "70/QĐ-THCS"))
    movement = come(cast, as_newcomer(pupil), paper=paper(LATER, "70/QĐ-THCS"), known=pupil.student)

    assert (known.value.students, known.value.certain) == ([pupil.student], True)
    assert (movement.place, Student.objects.count()) == (pupil, before)


def test_a_namesake_of_the_same_day_is_asked_about(cast, pupil):
    namesake = as_newcomer(pupil, ministry_code="0000009999")

    with pytest.raises(KnownAlready) as known:
        come(cast, namesake)
    assert not known.value.certain
    assert refused(come, cast, namesake, known=pupil.student) == "not-this-one"
    assert come(cast, namesake, another=True).student != pupil.student


def test_a_name_without_tones_may_be_the_same_child(cast, pupil):
    student = pupil.student
    with pytest.raises(KnownAlready) as known:
        come(cast, Newcomer(search_key(student.full_name), student.birth_date, student.sex))
    assert student in known.value.students
    assert not known.value.certain


def test_somebody_else_cannot_be_passed_off_as_the_child(cast, pupil):
    assert refused(come, cast, known=pupil.student) == "not-this-one"


def test_who_is_on_the_roll_is_not_received(cast, pupil):
    assert refused(come, cast, as_newcomer(pupil), known=pupil.student) == "on-roll"


def test_one_decision_may_move_several_pupils_but_a_number_has_one_date(cast):
    go(cast, cast.pupils["6A"][0])
    go(cast, cast.pupils["6A"][1])

    assert Decision.objects.filter(about="movement").count() == 1
    with pytest.raises(NumberTaken):
        go(cast, cast.pupils["6A"][2], paper=paper(LATER))
    assert again(cast.pupils["6A"][2]).status == "enrolled"


def test_who_has_a_decided_year_changes_class_with_the_turn_of_the_year(cast, pupil):
    decision = find_decision(
        year=cast.year, number="9", dated=date(2027, 5, 28), about=Decision.About.RESULTS, by=cast.hanh
    )
    Proposal(
        enrolment=pupil,
        stage="year",
        outcome="promoted",
        proposed_by=cast.mai,
        proposed_at=timezone.now(),
        decision=decision,
        decided_outcome="promoted",
    ).save_by(cast.mai)

    assert refused(change, cast, pupil) == "decided"


def test_a_refused_movement_leaves_nothing(cast, pupil):
    refused(go, cast, pupil, paper=paper(number=""))

    assert not Movement.objects.exists()
    assert Enrolment.history.filter(id=pupil.pk).count() == 1


@pytest.mark.parametrize("arrive", [change, back, lambda cast, pupil, to: come(cast, to=to)])
def test_nobody_enters_a_class_that_was_withdrawn_since_the_page_was_shown(cast, pupil, arrive):
    cast.classes["6C"] = add_classes(year=cast.year, names=["6C"], by=cast.khoa)[0]
    withdraw_class(school_class=cast.classes["6C"], by=cast.khoa)
    if arrive is back:
        go(cast, pupil)
    before = Enrolment.objects.count(), Movement.objects.count()

    with pytest.raises(NotMoved, match="class-withdrawn"):
        arrive(cast, pupil, to="6C")

    assert (Enrolment.objects.count(), Movement.objects.count()) == before
