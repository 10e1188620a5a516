"""The courses of a class come from the curriculum of its grade and the choices of the class."""

import pytest
from django.core.exceptions import PermissionDenied

from gradebook.actions.curriculum import open_curriculum
from gradebook.actions.teaching import open_class
from gradebook.assessment.choices import WrongChoice
from gradebook.models import Column, Course
from tests import cast

pytestmark = pytest.mark.django_db
FOUR = ("vat-li", "hoa-hoc", "sinh-hoc", "tin-hoc")


@pytest.fixture
def school():
    return cast.build()


@pytest.fixture
def ten(school):
    return open_class(year=school.year, name="10A1", grade=10, by=school.hanh)


def codes(courses):
    return [course.subject.code for course in courses]


def test_a_class_of_grade_six_gets_its_twelve_subjects_and_keeps_what_it_had(school):
    courses = open_curriculum(school_class=school.classes["6A"], by=school.hanh)

    assert len(courses) == 12
    assert courses[1] == school.maths["6A"]
    assert codes(courses)[:3] == ["ngu-van", "toan", "ngoai-ngu-1"]


def test_opening_twice_opens_nothing_new(school):
    first = open_curriculum(school_class=school.classes["6A"], by=school.hanh)

    assert open_curriculum(school_class=school.classes["6A"], by=school.hanh) == first


def test_grade_ten_takes_the_eight_compulsory_subjects_and_the_four_chosen(school, ten):
    courses = open_curriculum(
        school_class=ten, chosen=FOUR, thematic=("toan", "vat-li", "hoa-hoc"), by=school.hanh
    )

    assert len(courses) == 12
    assert {*FOUR, "lich-su"} <= set(codes(courses))
    physics, biology = (next(c for c in courses if c.subject.code == code) for code in ("vat-li", "sinh-hoc"))
    assert regular_marks(physics) == regular_marks(biology) + 1


def regular_marks(course: Course) -> int:
    return course.columns.filter(kind=Column.Kind.REGULAR, period__semester__number=1).count()


@pytest.mark.parametrize(
    ("chosen", "thematic", "code"),
    [
        (FOUR[:3], (), "chosen-number"),
        ((*FOUR, "dia-li"), (), "chosen-number"),
        ((*FOUR[:3], "thien-van"), (), "unknown"),
        ((*FOUR[:3], "toan"), (), "unknown"),
        (FOUR, ("toan", "vat-li"), "thematic-number"),
        (FOUR, ("toan", "vat-li", "dia-li"), "thematic-unknown"),
        (FOUR, ("toan", "vat-li", "ngoai-ngu-1"), "thematic-unknown"),
    ],
)
def test_a_choice_that_the_curriculum_does_not_allow_is_refused(school, ten, chosen, thematic, code):
    with pytest.raises(WrongChoice) as refused:
        open_curriculum(school_class=ten, chosen=chosen, thematic=thematic, by=school.hanh)

    assert refused.value.code == code
    assert not ten.courses.of_subjects().exists()


def test_teachers_may_not_open_courses(school):
    with pytest.raises(PermissionDenied):
        open_curriculum(school_class=school.classes["6A"], by=school.mai)


def test_a_class_takes_the_same_few_queries_however_many_subjects(school, ten, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        open_curriculum(school_class=ten, chosen=FOUR, by=school.hanh)
