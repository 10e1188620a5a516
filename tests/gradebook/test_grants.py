"""Grants follow from assignments, and from nothing else."""

from datetime import date, timedelta

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from accounts.permissions import granted
from gradebook.actions import teaching
from gradebook.models import Course, SchoolClass
from gradebook.tasks import revoke_expired_grants
from tests.cast import FIRST_DAY, signed_in
from tests.grants import held, implied

ONE_DAY = timedelta(days=1)


def test_grants_equal_what_assignments_imply(cast):
    assert held() == implied()
    assert len(held()) == 4


def test_a_second_strand_of_the_same_teacher_needs_no_second_grant(cast):
    teaching.assign_teacher(
        course=cast.maths["6A"], teacher=cast.toan, since=FIRST_DAY, by=cast.hanh, strand="Hình học"
    )

    assert held() == implied()
    assert len(held()) == 4


def test_a_grant_ends_with_the_last_assignment_that_needs_it(cast):
    course = cast.maths["6A"]
    whole = course.assignments.get()
    part = teaching.assign_teacher(
        course=course, teacher=cast.toan, since=FIRST_DAY, by=cast.hanh, strand="Hình học"
    )

    teaching.end_assignment(assignment=whole, until=date(2026, 10, 1), by=cast.hanh)
    assert held() == implied()
    assert len(held()) == 4

    teaching.end_assignment(assignment=part, until=date(2026, 10, 1), by=cast.hanh)
    assert held() == implied()
    assert len(held()) == 3


def test_a_grant_stays_until_the_last_day_and_goes_in_the_night_after(cast):
    today = timezone.localdate()
    assignment = cast.maths["6A"].assignments.get()

    teaching.end_assignment(assignment=assignment, until=today, by=cast.hanh)
    assert revoke_expired_grants() == 0
    assert held() == implied()
    assert len(held()) == 4

    assignment.until = today - ONE_DAY
    assignment.save_by(cast.hanh)
    assert revoke_expired_grants() == 1
    assert held() == implied()
    assert len(held()) == 3


def test_a_class_has_one_leader(cast):
    teaching.appoint_homeroom_teacher(
        school_class=cast.classes["6A"], teacher=cast.lan, since=FIRST_DAY, by=cast.hanh
    )

    assert held() == implied()
    assert len(held()) == 4


RIGHTS = [(Course, Course.ENTER_MARKS), (SchoolClass, SchoolClass.LEAD)]


def test_what_the_subquery_finds_is_what_guardian_answers_object_by_object(cast):
    for person in cast.people.values():
        for model, right in RIGHTS:
            found = set(granted(model.objects.all(), to=person, permission=right))
            assert found == {
                each for each in model.objects.all() if person.has_perm(f"gradebook.{right}", each)
            }
    assert {
        each.name for each in granted(SchoolClass.objects.all(), to=cast.mai, permission=SchoolClass.LEAD)
    }


def test_rights_of_a_group_and_rights_over_all_courses_open_no_sheet(cast, client):
    """guardian knows both; here an assignment is the only way to a right."""
    course = cast.maths["6A"]
    right = Permission.objects.get(codename=Course.ENTER_MARKS)
    group = Group.objects.create(name="everybody")
    group.permissions.add(right)
    cast.lan.groups.add(group)
    cast.lan.user_permissions.add(right)
    of_object = {"permission": right, "content_type": right.content_type, "object_pk": course.pk}
    apps.get_model("guardian", "GroupObjectPermission").objects.create(group=group, **of_object)

    assert course not in granted(Course.objects.all(), to=cast.lan, permission=Course.ENTER_MARKS)
    assert signed_in(client, cast.lan).get(f"/courses/{course.pk}/semester-1/").status_code == 404
