"""The turn of the year: who goes where, once, in one piece, and how it is taken back."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.teaching import appoint_homeroom_teacher, assign_teacher, open_class
from gradebook.actions.undo_turn import InUse, undo_turn
from gradebook.actions.year_turn import (
    AlreadyTurned,
    NotReady,
    PlanChanged,
    TurnPaper,
    carry_late,
    turn_year,
)
from gradebook.models import Course, Enrolment, Movement, Policy, SchoolClass, SchoolYear
from gradebook.set_up.facts import following_dates
from gradebook.turn_choices import Fate
from gradebook.year_dates import BadDates
from gradebook.year_plan import read_plan
from tests.cast import enrol, signed_in
from tests.gradebook.results.school_year import decide_all, enter_summer, primary_class, propose_all


def turn(cast, *, by=None, seen=None, paper=None, **choices):
    plan = read_plan(cast.year)
    wanted = replace(plan.choices, leave_waiting=True, **choices)
    return turn_year(
        year=cast.year,
        choices=wanted,
        seen=seen or read_plan(cast.year, wanted).digest,
        paper=paper or TurnPaper("70/QĐ", date(2027, 6, 15), following_dates(cast.year)),
        by=by or cast.khoa,
    )


def names(school_class: SchoolClass) -> list[str]:
    return [place.student.full_name for place in school_class.enrolments.on_roll().in_list_order()]


def test_everybody_of_the_year_is_listed_once_with_the_decision(decided):
    plan = read_plan(decided.year)

    assert sum(count for _, count in plan.counts) == 10
    assert {row.pupil.student_id for row in plan.rows} == {
        each.student_id for each in Enrolment.objects.all()
    }
    ways = {row.pupil.student.full_name: (row.fate, row.target) for row in plan.classes[0].rows}
    assert ways["Trần Bảo An"][0] == Fate.WAITING
    assert ways["Lê Thị Ánh"] == (Fate.UP, "7A")
    assert ways["Phạm Gia Bình"] == (Fate.STAYS, "6A")
    assert all(row.decided.number == "45/QĐ" for row in plan.carrying)


@pytest.mark.duty("S0-35", "S4-15")
def test_the_decided_are_in_the_next_class_in_name_order_and_their_teacher_may_lead_on(decided):
    made = turn(decided, keep_homeroom=True)

    seventh = SchoolClass.objects.get(year=made.next_year, name="7A")
    assert seventh.homeroom_teacher == decided.mai
    assert names(seventh) == ["Lê Thị Ánh", "Đặng Thùy Dung", "Nguyễn Văn Đạt"]
    assert [place.number for place in seventh.enrolments.order_by("number")] == [1, 2, 3]
    assert seventh.courses.filter(subject__code="toan").exists()
    moved = Movement.objects.get(target__school_class=seventh, target__number=1)
    assert (moved.kind, moved.reason, str(moved.decision)) == ("promoted", "45/QĐ", "70/QĐ")
    assert moved.on == made.next_year.starts_on
    # The old list says what it always said.
    assert decided.classes["6A"].enrolments.on_roll().count() == 5


def test_homeroom_teachers_are_not_carried_silently(decided):
    made = turn(decided)

    assert SchoolClass.objects.get(year=made.next_year, name="7A").homeroom_teacher is None


def test_a_pupil_can_go_to_another_class_than_the_others(decided):
    pupil = decided.pupils["6A"][1]
    made = turn(decided, pupils={pupil.pk: "7C"})

    assert names(SchoolClass.objects.get(year=made.next_year, name="7C")) == ["Lê Thị Ánh"]


def test_who_waits_blocks_or_is_left_for_later_as_chosen(decided):
    plan = read_plan(decided.year)
    paper = TurnPaper("70/QĐ", date(2027, 6, 15), following_dates(decided.year))

    with pytest.raises(NotReady, match="waiting"):
        turn_year(year=decided.year, choices=plan.choices, seen=plan.digest, paper=paper, by=decided.khoa)
    assert SchoolYear.objects.count() == 1


def test_a_plan_that_is_no_longer_true_is_looked_at_again(decided):
    with pytest.raises(PlanChanged):
        turn(decided, seen="of yesterday")
    assert not Movement.objects.exists()


def test_a_year_is_turned_once(decided):
    turn(decided)

    with pytest.raises(AlreadyTurned):
        turn(decided)


def test_only_the_administrator_turns(decided):
    for person in (decided.hanh, decided.cuc, decided.mai):
        with pytest.raises(PermissionDenied):
            turn(decided, by=person)


def test_the_next_year_begins_after_this_one(decided):
    dates = replace(following_dates(decided.year), starts_on=decided.year.ends_on)

    with pytest.raises(BadDates):
        turn(decided, paper=TurnPaper("70/QĐ", date(2027, 6, 15), dates))


@pytest.mark.parametrize("last", ["31/05/2027", "31/05/2030"])
def test_dates_that_do_not_fit_are_refused_on_the_page(decided, client, last):
    page = f"/school-years/{decided.year.pk}/turn"
    seen = read_plan(decided.year, replace(read_plan(decided.year).choices, leave_waiting=True))
    days = {"starts_on": "06/09/2027", "second_semester_on": "17/01/2028", "ends_on": last}
    typed = {"number": "70/QĐ", "dated": "15/06/2027", "seen": seen.digest, "leave_waiting": "on"}
    for name in ("up", "stay"):
        typed |= {f"{name}-{pk}": to for pk, to in getattr(seen.choices, name).items()}

    response = signed_in(client, decided.khoa).post(f"{page}/carry/", typed | days)

    assert response.status_code == 422
    assert response.context["form"].errors["ends_on"]
    assert SchoolYear.objects.count() == 1


def test_numbers_of_thousands_of_digits_are_nobody(decided, client):
    page = f"/school-years/{decided.year.pk}"
    typed, form = f"pupil-{'9' * 5000}=7A", "application/x-www-form-urlencoded"

    assert signed_in(client, decided.khoa).post(f"{page}/turn/preview/", typed, form).status_code == 200


def test_who_turns_the_year_is_given_no_class_by_it(decided):
    first = decided.year.starts_on
    appoint_homeroom_teacher(
        school_class=decided.classes["6A"], teacher=decided.khoa, since=first, by=decided.hanh
    )

    made = turn(decided, keep_homeroom=True)

    assert SchoolClass.objects.get(year=made.next_year, name="7A").homeroom_teacher is None


def test_the_next_year_keeps_what_the_school_chose(decided):
    Policy.objects.get(year=decided.year, level="primary")
    policy = Policy.objects.get(year=decided.year, level="lower_secondary")
    policy.whole_regular_marks, policy.attendance_rhythm, policy.monthly_check = True, "weekly", True
    policy.save_by(decided.hanh)

    made = turn(decided)

    copied = Policy.objects.get(year=made.next_year, level="lower_secondary")
    assert (copied.whole_regular_marks, copied.attendance_rhythm, copied.monthly_check) == (
        True,
        "weekly",
        True,
    )
    assert copied.profile_deadline == date(2027, 9, 15)
    assert Policy.history.filter(id=copied.pk).latest("history_id").history_change_reason == "as in 2026-2027"


def test_who_is_decided_on_after_the_summer_is_carried_later_at_the_end_of_the_list(decided):
    made = turn(decided)
    late = decided.pupils["6A"][0]
    decided.execute("open", "HE", decided.classes["6A"])
    for code in ("toan", "ngu-van"):
        enter_summer(decided, late, code, "8")
    decided.execute("lock", "HE", decided.classes["6A"])
    propose_all(decided, stage="summer")
    decide_all(decided, stage="summer", number="81/QĐ")

    plan = read_plan(decided.year)
    assert [row.pupil for row in plan.carrying] == [late]
    choices = replace(plan.choices, leave_waiting=True)
    carry_late(
        year=decided.year, choices=choices, seen=read_plan(decided.year, choices).digest, by=decided.khoa
    )

    seventh = SchoolClass.objects.get(year=made.next_year, name="7A")
    assert names(seventh)[-1] == "Trần Bảo An"
    with pytest.raises(NotReady, match="nothing"):
        carry_late(
            year=decided.year, choices=choices, seen=read_plan(decided.year, choices).digest, by=decided.khoa
        )


def test_an_undone_turn_leaves_empty_classes_and_a_new_one_takes_the_places_up_again(decided):
    made = turn(decided)
    places = set(Enrolment.objects.filter(school_class__year=made.next_year).values_list("pk", flat=True))

    assert undo_turn(turn=made, reason="Chia lại lớp", by=decided.khoa) == len(places)
    assert not Enrolment.objects.listed().filter(school_class__year=made.next_year).exists()
    assert not Movement.objects.filter(cancelled_at=None).exists()

    again = turn(decided, paper=TurnPaper("71/QĐ", date(2027, 6, 20)))
    listed = Enrolment.objects.listed().filter(school_class__year=again.next_year)
    assert set(listed.values_list("pk", flat=True)) == places
    assert again.next_year == made.next_year


def test_a_first_mark_of_the_new_year_ends_undoing(decided):
    made = turn(decided)
    course = Course.objects.get(
        school_class__year=made.next_year, school_class__name="7A", subject__code="toan"
    )
    assign_teacher(course=course, teacher=decided.toan, since=date(2026, 9, 5), by=decided.hanh)
    window = course.windows.get(period__code="GK1", kind="regular")
    window.is_open = True
    window.save_by(decided.khoa)
    place = course.school_class.enrolments.get(number=1)
    edit = Edit(place.pk, course.columns.filter(period__code="GK1")[0].pk, "8", 0)
    assert save_marks(course=course, edits=[edit], by=decided.toan, origin="page").saved

    with pytest.raises(InUse, match="marks"):
        undo_turn(turn=made, reason="Chia lại lớp", by=decided.khoa)


def test_a_pupil_whom_a_list_of_the_new_year_names_already_keeps_that_place(decided):
    first = turn(decided)
    undo_turn(turn=first, reason="x", by=decided.khoa)
    other = open_class(year=first.next_year, name="7B", grade=7, by=decided.hanh)
    pupil = decided.pupils["6A"][1].student
    place = Enrolment(student=pupil, school_class=other, number=1, since=first.next_year.starts_on)
    place.save_by(decided.hanh)

    turn(decided, paper=TurnPaper("71/QĐ", date(2027, 6, 20)))

    assert list(Enrolment.objects.on_roll().filter(student=pupil, school_class__year=first.next_year)) == [
        place
    ]
    assert Movement.objects.get(student=pupil, cancelled_at=None).target == place


def test_own_pupils_of_grade_5_go_on_to_grade_6(decided):
    school_class = primary_class(decided)
    school_class.grade, school_class.name = 5, "5A"
    school_class.save_by(decided.hanh)

    plan = read_plan(decided.year)
    assert plan.levels == [5]
    assert plan.choices.goes_on == {5}
    assert plan.choices.up[school_class.pk] == "6A"


def test_questions_do_not_grow_with_pupils(decided):
    with CaptureQueriesContext(connection) as few:
        read_plan(decided.year)
    enrol(decided, "6B", 40)
    with CaptureQueriesContext(connection) as many:
        read_plan(decided.year)

    assert len(many) == len(few) <= 12
