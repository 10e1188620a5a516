"""Subjects of several teachers: each enters the columns of their own part, and nobody else's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.teaching import assign_teacher, end_assignment
from gradebook.models import Column, Course
from schoolrecords.worklist import tasks_of
from tests.cast import FIRST_DAY, Cast, signed_in

SUBJECTS = "/year-set-up/2026-2027/subjects/6"
TEACHERS = "/year-set-up/2026-2027/teachers/place/?grade=6"
ACTIVITIES = "hoat-dong-trai-nghiem-huong-nghiep"
PARTS = {
    "lich-su-dia-li": (["Lịch sử", "Địa lí"], ["Lịch sử", "Lịch sử", "Địa lí", "Địa lí"]),
    "nghe-thuat": (["Âm nhạc", "Mĩ thuật"], ["Âm nhạc", "Mĩ thuật"]),
    ACTIVITIES: (["Chào cờ và sinh hoạt lớp", "Hoạt động theo chủ đề"],) * 2,
}


@pytest.fixture
def history(cast: Cast, client) -> Course:
    """History and geography of 6A, open: Lan holds the whole, Toàn teaches geography."""
    signed_in(client, cast.khoa).post(f"{SUBJECTS}/choose/", {"class": [cast.classes["6A"].pk]})
    course = Course.objects.get(school_class=cast.classes["6A"], subject__code="lich-su-dia-li")
    places = {f"{course.pk}-0": cast.lan, f"{course.pk}-2": cast.toan}
    assert place(client, places).status_code == 303
    for period in ("GK1", "CK1"):
        cast.execute("open", period)
    return course


def place(client, places):
    chosen = {f"teacher-{name}": str(person.pk) for name, person in places.items()}
    return client.post(TEACHERS, {f"was-{name}": "" for name in places} | chosen | {"since": "05/09/2026"})


def regular(course: Course, semester: int = 1) -> list[Column]:
    return list(course.columns.filter(kind="regular", period__semester__number=semester).order_by("order"))


def save(course: Course, columns, by, typed="8"):
    pupil = course.school_class.enrolments.earliest("number")
    edits = [Edit(pupil.pk, column.pk, typed, 0) for column in columns]
    return save_marks(course=course, edits=edits, by=by, origin="page")


@pytest.mark.duty("S3-32")
@pytest.mark.parametrize("code", PARTS)
def test_the_administrator_gives_each_part_its_fixed_columns(cast, client, code):
    """History 1-2, geography 3-4; music 1, fine arts 2; assemblies 1, thematic activities 2."""
    strands, expected = PARTS[code]
    signed_in(client, cast.khoa).post(f"{SUBJECTS}/choose/", {"class": [cast.classes["6A"].pk]})
    course = Course.objects.get(school_class=cast.classes["6A"], subject__code=code)
    if code == ACTIVITIES:  # the curriculum does not divide it; the school does
        fields = {"lessons_per_year": 105, "semesters": "12", "strands": ", ".join(strands)}
        response = client.post(f"{SUBJECTS}/{code}/", fields | {"classes": [cast.classes["6A"].pk]})
        assert response.status_code == 303
        course = Course.objects.get(school_class=cast.classes["6A"], subject__code=code)

    for semester in (1, 2):
        assert [column.strand for column in regular(course, semester)] == expected


@pytest.mark.duty("S3-32")
def test_each_teacher_enters_the_columns_of_their_part_alone(cast, history):
    first, second, third, fourth = regular(history)
    final = history.columns.get(kind="final", period__code="CK1")

    geography = save(history, [first, third, fourth, final], cast.toan)
    whole = save(history, [first, second, third, final], cast.lan)

    assert [mark.column_id for mark in geography.saved] == [third.pk, fourth.pk]
    assert [mark.column_id for mark in whole.saved] == [first.pk, second.pk, final.pk]
    assert {refusal.code for refusal in [*geography.refused, *whole.refused]} == {"not-yours"}


@pytest.mark.duty("S3-32")
def test_the_sheet_says_whose_each_column_is_and_only_own_ones_take_typing(cast, client, history):
    page = signed_in(client, cast.toan).get(f"/courses/{history.pk}/semester-1/").content.decode()

    first, _second, third, _fourth = regular(history)
    pupil = history.school_class.enrolments.first()
    assert f'name="m-{pupil.pk}-{third.pk}-0"' in page
    assert f'name="m-{pupil.pk}-{first.pk}-0"' not in page
    head = page.split(f'id="c{first.pk}"')[1].split("</th>")[0]
    assert "Bùi Ngọc Lan" in head
    assert "cell-theirs" in page


def test_the_homeroom_teacher_reads_all_parts_and_types_into_none(cast, client, history):
    save(history, regular(history)[:1], cast.lan)

    page = signed_in(client, cast.mai).get(f"/courses/{history.pk}/semester-1/")

    assert page.status_code == 200
    assert ">8</a>" in page.content.decode()
    assert "<input class" not in page.content.decode()


def test_a_part_without_its_own_teacher_belongs_to_the_teacher_of_the_whole(cast, history):
    third = regular(history)[2]
    assert not save(history, [third], cast.lan).saved
    yesterday = timezone.localdate() - timedelta(days=1)
    end_assignment(assignment=history.assignments.get(strand="Địa lí"), until=yesterday, by=cast.hanh)

    assert save(history, [third], cast.lan).saved


def test_two_teachers_of_the_whole_subject_both_enter_it(cast):
    course = cast.maths["6A"]
    assign_teacher(course=course, teacher=cast.lan, since=FIRST_DAY, by=cast.hanh)
    first, second, *_rest = regular(course)

    assert save(course, [first], cast.toan).saved
    assert save(course, [second], cast.lan).saved


def test_what_waits_counts_own_columns_only(cast, history):
    """Two regular columns of five pupils wait for geography; two, midterm and final for the whole."""
    counts = {
        person.full_name: [
            task["count"] for task in tasks_of(person) if f"/courses/{history.pk}/" in task["url"]
        ]
        for person in (cast.toan, cast.lan)
    }

    assert counts == {cast.toan.full_name: [10], cast.lan.full_name: [20]}


def test_more_strands_than_regular_columns_are_refused_with_the_reason(cast, client):
    fields = {"lessons_per_year": 35, "semesters": "12", "strands": "Một, Hai, Ba"}

    response = signed_in(client, cast.khoa).post(
        f"{SUBJECTS}/toan/", fields | {"classes": [cast.classes["6A"].pk]}
    )

    assert response.status_code == 422
    assert response.context["form"].errors["strands"]
    assert 'value="Một, Hai, Ba"' in response.content.decode()
