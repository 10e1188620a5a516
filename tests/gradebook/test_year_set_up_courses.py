"""The courses of a class come from the curriculum of its grade and the choices of the class."""

import pytest
from django.core.exceptions import PermissionDenied

from gradebook.actions.courses import withdraw_courses
from gradebook.actions.curriculum import open_curriculum
from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.teaching import open_class
from gradebook.assessment.choices import WrongChoice
from gradebook.models import Column, Course, Window
from tests import cast
from tests.cast import signed_in
from tests.grants import held, implied

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


GRADE_10 = "/year-set-up/2026-2027/subjects/10"


def ticks(school_class, chosen=FOUR, thematic=()) -> dict[str, object]:
    pk = school_class.pk
    return {"class": [pk], f"chosen-{pk}": list(chosen), f"thematic-{pk}": list(thematic)}


def test_the_choice_of_a_class_is_ticked_changed_and_copied(school, ten, client):
    other = open_class(year=school.year, name="10A2", grade=10, by=school.hanh)
    signed_in(client, school.khoa).post(
        f"{GRADE_10}/choose/", ticks(ten, thematic=("toan", "vat-li", "hoa-hoc"))
    )
    changed = ("dia-li", *FOUR[1:])

    client.post(f"{GRADE_10}/choose/", ticks(ten, changed, ("toan", "hoa-hoc", "dia-li")))
    client.post(f"{GRADE_10}/copy/", {"source": ten.pk})

    for school_class in (ten, other):
        taken = school_class.courses.of_subjects()
        assert taken.count() == 12
        assert {"dia-li"} == set(codes(taken)) & {"dia-li", "vat-li"}
        assert set(codes(taken.filter(is_thematic=True))) == {"toan", "hoa-hoc", "dia-li"}
    assert regular_marks(ten.courses.get(subject__code="toan")) == 5


def test_a_wrong_choice_is_refused_and_the_ticks_stay(school, ten, client):
    response = signed_in(client, school.khoa).post(f"{GRADE_10}/choose/", ticks(ten, FOUR[:3]))

    assert response.status_code == 422
    assert "10A1" in response.context["problem"]
    assert f'name="chosen-{ten.pk}" value="vat-li" checked' in " ".join(response.content.decode().split())
    assert not ten.courses.of_subjects().exists()


def test_compulsory_subjects_of_all_classes_open_at_one_press(school, client):
    page = "/year-set-up/2026-2027/subjects"
    signed_in(client, school.khoa).post(f"{page}/6/choose/", {"class": [school.classes["6A"].pk]})
    assert school.classes["6B"].courses.of_subjects().count() == 1
    open_class(year=school.year, name="1A", grade=1, by=school.hanh)
    client.post(f"{page}/open/")

    counts = {each.name: each.courses.of_subjects().count() for each in school.year.classes.all()}
    assert counts == {"1A": 7, "6A": 12, "6B": 12}


def shape(**fields: object) -> dict[str, object]:
    return {"lessons_per_year": 35, "semesters": "12", "strands": ""} | fields


MATHS = "/year-set-up/2026-2027/subjects/6/toan/"


def test_lessons_strands_and_semester_lay_out_the_columns_anew_with_the_teacher(school, client):
    old = school.maths["6A"]
    fields = shape(classes=[school.classes["6A"].pk], semesters="1", strands="Số, Hình")

    assert signed_in(client, school.khoa).post(MATHS, fields).status_code == 303

    new = Course.objects.get(school_class=school.classes["6A"], subject__code="toan")
    assert new.pk != old.pk
    strands = new.columns.filter(kind=Column.Kind.REGULAR).values_list("period__semester__number", "strand")
    assert list(strands) == [(1, "Số"), (1, "Hình")]
    assert new.assignments.get(until=None).teacher == school.toan
    opened = new.windows.filter(period__code="GK1").values_list("is_open", flat=True)
    assert set(opened) == {True}  # as it was ordered
    assert held() == implied()
    assert client.get(f"/courses/{old.pk}/semester-1/").status_code == 404


def test_a_course_with_a_mark_keeps_its_columns(school, client):
    column = school.maths["6A"].columns.order_by("order")[0]
    save_marks(
        course=school.maths["6A"],
        edits=[Edit(school.pupils["6A"][0].pk, column.pk, "8", 0)],
        by=school.toan,
        origin="page",
    )

    response = signed_in(client, school.khoa).post(MATHS, shape(classes=[school.classes["6A"].pk]))

    assert response.status_code == 422
    assert Course.objects.filter(pk=school.maths["6A"].pk).exists()


OWN = {"name": "Tiếng Anh giao tiếp", "kind": "scored", "lessons_per_year": 35}


def test_the_school_adds_a_subject_of_its_own_and_withdraws_it(school, client):
    page = "/year-set-up/2026-2027/subjects/6"
    classes = [each.pk for each in school.classes.values()]
    signed_in(client, school.khoa).post(f"{page}/own/", OWN | {"classes": classes})

    courses = Course.objects.filter(subject__name=OWN["name"])
    assert courses.count() == 2
    assert regular_marks(courses[0]) == 2

    client.post(f"{page}/{courses[0].subject.code}/withdraw/")
    assert not courses.exists()


@pytest.mark.parametrize("name", ["toán", "Toán "])
def test_a_subject_of_the_curriculum_is_not_added_a_second_time(school, client, name):
    fields = OWN | {"name": name, "classes": [school.classes["6A"].pk]}

    response = signed_in(client, school.khoa).post("/year-set-up/2026-2027/subjects/6/own/", fields)

    assert response.status_code == 422


def test_a_withdrawn_course_is_in_no_book_board_or_count(school):
    withdraw_courses(courses=[school.maths["6A"]], by=school.khoa)

    assert not Window.objects.filter(course=school.maths["6A"]).exists()
    assert not Column.objects.filter(course=school.maths["6A"]).exists()
    assert not school.classes["6A"].courses.of_subjects().exists()
    assert Course.history.filter(id=school.maths["6A"].pk, is_withdrawn=True).exists()
    assert held() == implied()
