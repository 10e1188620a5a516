"""The invented school: complete, in order, and built by the rules."""

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from gradebook.assessment.choices import taken
from gradebook.models import Absence, Column, Course, Enrolment, LockOrder, Mark, Period, SchoolClass
from schoolrecords.demonstration.plan import CLASSES, ClassPlan
from schoolrecords.demonstration.school import build
from schoolrecords.demonstration.staff import PASSWORD, SEATS
from schoolrecords.demonstration.windows import CALENDAR
from tests.grants import held, implied

pytestmark = pytest.mark.django_db

SMALL = (ClassPlan("4A", 4), ClassPlan("9A", 12))


@pytest.fixture(scope="module")
def school(django_db_setup, django_db_blocker):
    """Built once: the tests only look at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        build(seed=1, classes=SMALL)
        yield
        transaction.set_rollback(True)


def test_there_is_a_class_a_course_and_a_pupil_for_every_plan(school):
    for plan in SMALL:
        school_class = SchoolClass.objects.get(name=plan.name)
        assert school_class.enrolments.count() == plan.pupils
        assert school_class.courses.of_subjects().count() == len(taken(plan.grade, plan.chosen))
        assert school_class.homeroom_teacher is not None


def test_lists_are_in_vietnamese_name_order(school):
    for school_class in SchoolClass.objects.all():
        keys = [e.student.sort_key for e in school_class.enrolments.in_list_order()]
        assert keys == sorted(keys)


def test_every_assignment_has_its_grant_and_no_other_grant_exists(school):
    assert held() == implied()
    assert held()


def test_every_column_has_a_teacher(school):
    courses = Course.objects.prefetch_related("assignments", "columns")
    for course in courses:
        strands = {assignment.strand for assignment in course.assignments.all()}
        assert "" in strands
        assert strands - {""} <= {column.strand for column in course.columns.all()}


def test_each_strand_is_entered_by_its_own_teacher(school):
    course = Course.objects.get(school_class__name="9A", subject__code="lich-su-dia-li")
    geography = course.assignments.get(strand="Địa lí").teacher

    writers = Mark.history.filter(column_id__in=course.columns.filter(strand="Địa lí").values("pk"))

    assert {row.history_user for row in writers} <= {geography}
    assert geography != course.assignments.get(strand="").teacher


def test_the_midterm_is_locked_nearly_full_and_the_final_open(school):
    midterm, final = Period.objects.get(code="GK1"), Period.objects.get(code="CK1")

    assert not midterm.windows.filter(is_open=True).exists()
    assert not final.windows.filter(is_open=False).exists()
    assert share_filled("GK1") > 0.9
    assert share_filled("CK1") < 0.6
    assert not Mark.objects.filter(column__period__code__in=["GK2", "CN"]).exists()


def share_filled(period: str) -> float:
    columns = Column.objects.filter(period__code=period).select_related("course")
    cells = sum(
        Enrolment.objects.filter(school_class_id=column.course.school_class_id).count() for column in columns
    )
    return Mark.objects.filter(column__in=columns).count() / cells


def test_the_roll_was_called_every_day_and_the_months_that_are_over_are_closed(school):
    for school_class in SchoolClass.objects.all():
        months = school_class.attendance_months.values_list("first_day__month", flat=True)
        assert set(months) == {9, 10}
        halves = 2 if school_class.grade <= 5 else 1
        assert school_class.roll_calls.count() == halves * len(
            set(school_class.roll_calls.values_list("day", flat=True))
        )
    assert Absence.objects.filter(day__iso_week_day__gte=6).count() == 0


def test_one_order_waits_for_a_hand_and_one_proposal_for_the_principal(school):
    assert [order.act for order in LockOrder.objects.at_hand(timezone.now())] == ["open"]
    assert [order.when_complete for order in LockOrder.objects.proposed()] == [True]


def test_what_is_still_to_come_this_year_is_planned_by_the_hour(school):
    planned = LockOrder.objects.waiting().exclude(effective_at=None)

    assert planned.count() == sum(day > timezone.localdate() for _, _, _, day, _ in CALENDAR)
    assert all(order.effective_at > order.ordered_at for order in planned)


def test_everybody_may_sign_in_with_the_one_password_and_goes_on_at_once(school):
    users = list(User.objects.all())

    assert {user.username for user in users} == {seat.username for seat in SEATS}
    assert users[0].check_password(PASSWORD)
    assert {user.password for user in users} == {users[0].password}
    assert not any(user.must_change_password for user in users)


def test_subjects_stand_in_an_order_that_suits_every_grade(school):
    for school_class in SchoolClass.objects.all():
        plan = next(plan for plan in SMALL if plan.name == school_class.name)
        courses = school_class.courses.of_subjects().order_by("subject__order")
        names = [course.subject.name for course in courses]
        assert names == [known.name for known in taken(plan.grade, plan.chosen)]


def test_the_whole_plan_is_about_five_hundred_pupils_in_thirteen_classes():
    assert len(CLASSES) == 13
    assert 480 <= sum(plan.pupils for plan in CLASSES) <= 520
    assert max(plan.pupils for plan in CLASSES) == next(p.pupils for p in CLASSES if p.name == "6A") == 45
    for plan in CLASSES[-3:]:
        assert len(plan.chosen) == 4
    assert {seat.leads for seat in SEATS} - {""} == {plan.name for plan in CLASSES}
