"""The same seed makes the same school."""

from collections.abc import Sequence

import pytest
from django.db import transaction

from gradebook.attendance_totals import compare
from gradebook.entries import entry_of
from gradebook.models import Mark, SchoolClass, Student
from schoolrecords.demonstration.plan import ClassPlan
from schoolrecords.demonstration.school import MAY, build

pytestmark = pytest.mark.django_db

PRIMARY, SECONDARY = ClassPlan("4A", 4), ClassPlan("9A", 12)


def test_the_same_seed_makes_the_same_school_and_another_one_another():
    first = invented(seed=1, classes=[PRIMARY])

    assert invented(seed=1, classes=[PRIMARY]) == first
    assert not invented(seed=2, classes=[PRIMARY]) & first


def test_a_class_is_the_same_whatever_the_others():
    assert invented(seed=1, classes=[SECONDARY]) <= invented(seed=1, classes=[PRIMARY, SECONDARY])


def test_in_may_the_homeroom_sheet_says_what_the_roll_says():
    build(seed=1, classes=(SECONDARY,), moment=MAY)

    for semester in (1, 2):
        comparison = compare(SchoolClass.objects.get(), semester)
        assert comparison.is_called
        assert comparison.differences == ()


def invented(seed: int, classes: Sequence[ClassPlan]) -> set[tuple[object, ...]]:
    """Every pupil and mark of a school that is then forgotten."""
    with transaction.atomic():
        build(seed=seed, classes=classes)
        pupils = Student.objects.values_list("full_name", "birth_date", "guardians__full_name")
        marks = Mark.objects.select_related("enrolment__student", "column__course__subject")
        found = {*pupils, *(_line(mark) for mark in marks)}
        transaction.set_rollback(True)
    return found


def _line(mark: Mark) -> tuple[object, ...]:
    column = mark.column
    return mark.enrolment.student.full_name, column.course.subject.code, column.order, entry_of(mark).text
