"""Grants follow from assignments, and from nothing else."""

from datetime import date

from gradebook.actions import teaching
from tests.cast import FIRST_DAY
from tests.grants import held, implied


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


def test_a_class_has_one_leader(cast):
    teaching.appoint_homeroom_teacher(
        school_class=cast.classes["6A"], teacher=cast.lan, since=FIRST_DAY, by=cast.hanh
    )

    assert held() == implied()
    assert len(held()) == 4
