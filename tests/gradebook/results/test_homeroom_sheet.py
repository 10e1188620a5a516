"""The homeroom sheet: conduct, absences, qualities; saved, refused and locked like every other sheet."""

import pytest

from gradebook.actions.marks import Edit, save_marks
from gradebook.models import Column, Course, Mark
from tests.cast import in_english, signed_in
from tests.gradebook.results.school_year import primary_class


def sheet(cast, name: str = "6A") -> Course:
    courses = Course.objects.select_related("school_class__year", "subject")
    return courses.get(school_class=cast.classes[name], kind=Course.Kind.HOMEROOM)


def type_into(cast, kind: str, typed: str, *, period: str = "CK1", by: str = "mai", name: str = "6A"):
    course = sheet(cast, name)
    column = course.columns.filter(kind=kind, period__code=period)[0]
    edit = Edit(cast.pupils[name][0].pk, column.pk, typed, 0)
    return save_marks(course=course, edits=[edit], by=cast.people[by], origin="page")


@pytest.fixture
def opened(cast):
    cast.execute("open", "CK1")
    return cast


@pytest.mark.duty("S0-44", "S1-52", "S3-13")
@pytest.mark.parametrize(
    ("kind", "typed", "shown"),
    [
        ("conduct", "tốt", "T"),
        ("conduct", "cd", "CĐ"),
        ("conduct", "Chưa đạt", "CĐ"),
        ("excused", "12", "12"),
        ("unexcused", "0", "0"),
        ("comment", "Ngoan, lễ phép.", "Ngoan, lễ phép."),
    ],
)
def test_what_the_homeroom_teacher_records(opened, kind, typed, shown):
    [mark] = type_into(opened, kind, typed).saved

    assert mark.level or mark.comment or str(mark.count) == shown


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("conduct", "TB", "not-a-level-ConductLevel"),
        ("conduct", "8", "not-a-level-ConductLevel"),
        ("conduct", "v", "not-a-level-ConductLevel"),
        ("excused", "-1", "not-a-count"),
        ("excused", "1,5", "not-a-count"),
        ("excused", "401", "not-a-count"),
        ("unexcused", "²", "not-a-count"),
    ],
)
def test_what_is_refused(opened, kind, typed, code):
    [refusal] = type_into(opened, kind, typed).refused

    assert refusal.code == code
    assert not Mark.objects.exists()


@pytest.mark.duty("S0-45")
def test_qualities_take_their_own_letters(cast):
    primary_class(cast)
    cast.execute("open", "GK1", cast.classes["4A"])

    refused = type_into(cast, "trait", "H", period="GK1", by="lan", name="4A").refused
    saved = type_into(cast, "trait", "đ", period="GK1", by="lan", name="4A").saved

    assert [refusal.code for refusal in refused] == ["not-a-level-TraitLevel"]
    assert [mark.level for mark in saved] == ["Đ"]


def test_it_locks_with_the_other_books_of_the_class(opened):
    opened.execute("lock", "CK1")

    assert type_into(opened, "conduct", "T").refused[0].code == "locked"


@pytest.mark.parametrize("person", ["toan", "lan", "hanh", "khoa"])
def test_nobody_but_the_homeroom_teacher_writes_it(opened, person):
    assert type_into(opened, "conduct", "T", by=person).refused[0].code == "not-yours"


def test_the_page_has_a_column_for_each(opened):
    page = in_english(opened.mai).get(f"/courses/{sheet(opened).pk}/semester-1/")

    for heading in ("Conduct", "Absent with leave", "Absent without leave", "Comment"):
        assert heading in page.text


def test_a_primary_sheet_names_every_quality_and_competence(cast, client):
    primary_class(cast)
    columns = Column.objects.filter(course=sheet(cast, "4A"), kind="trait", period__code="GK1")

    page = signed_in(client, cast.lan).get(f"/courses/{sheet(cast, '4A').pk}/semester-1/").text

    assert columns.count() == 15
    assert all(column.label in page for column in columns)
    assert "Giải quyết vấn đề và sáng tạo" in page


def test_absences_are_unknown_until_one_of_the_two_numbers_is_given(opened):
    pupil = opened.pupils["6A"][0]
    client = in_english(opened.mai)
    assert "Half-days absent:" not in client.get(f"/pupils/{pupil.pk}/results/").text

    type_into(opened, "conduct", "T")
    type_into(opened, "excused", "2")

    assert "Half-days absent: 2" in client.get(f"/pupils/{pupil.pk}/results/").text


def test_an_answer_to_who_types_on_it_speaks_of_no_averages(opened, client):
    course = sheet(opened)
    column = course.columns.get(kind="conduct", period__code="CK1")
    field = f"m-{opened.pupils['6A'][0].pk}-{column.pk}-0"

    answer = signed_in(client, opened.mai).post(
        f"/courses/{course.pk}/semester-1/save/", {field: "T"}, headers={"accept": "application/json"}
    )

    assert [saved["text"] for saved in answer.json()["saved"]] == ["T"]
    assert answer.json()["results"] == {}
