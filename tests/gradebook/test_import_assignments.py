"""Who teaches what, from the tables of timetable officers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gradebook.actions.curriculum import open_curriculum
from gradebook.actions.teaching import open_class
from gradebook.importing.kinds import plan_of
from gradebook.models import TeachingAssignment
from tests.cast import in_english
from tests.gradebook.workbooks import confirmed, handed_in, page_of, reasons, table
from tests.grants import held, implied

pytestmark = pytest.mark.django_db
LONG = ["STT", "Giáo viên", "Môn", "Lớp", "Phân môn"]


@pytest.fixture
def administrator(cast):
    return in_english(cast.khoa)


@pytest.fixture
def grade7(cast):
    """7A and 7B with the curriculum of their grade and no teacher yet."""
    for name in ("7A", "7B"):
        opened = open_class(year=cast.year, name=name, grade=7, by=cast.hanh)
        open_curriculum(school_class=opened, by=cast.hanh)


def taught(person) -> set[str]:
    return {
        f"{each.course}{'/' * bool(each.strand)}{each.strand}" for each in person.teaching.filter(until=None)
    }


@pytest.mark.duty("S2-27")
def test_a_row_for_each_teacher_subject_and_class(cast, administrator, grade7):
    rows = (["1", "Bùi Ngọc Lan", "KHTN", "7A-7B", ""], ["2", "toan", "Lịch sử & Địa lí", "7A", "Địa"])

    done = confirmed(administrator, "assignments", table(LONG, *rows))

    assert done.counts == {"rows": 3, "added": 3, "filled": 0, "present": 0, "refused": 0, "blank": 0}
    assert {"Khoa học tự nhiên 7A", "Khoa học tự nhiên 7B"} <= taught(cast.lan)
    assert "Lịch sử và Địa lí 7A/Địa lí" in taught(cast.toan)
    assert held() == implied()


def test_classes_as_rows_and_subjects_as_columns(cast, administrator, grade7):
    data = table(
        ["TT", "Lớp", "Văn", "Sử", "GDTC", "Số tiết"], ["1", "7A", "Bùi Ngọc Lan", "lan", "toan", "12"]
    )

    done = confirmed(administrator, "assignments", data)

    assert done.counts["added"] == 3
    assert {"Ngữ văn 7A", "Lịch sử và Địa lí 7A/Lịch sử"} <= taught(cast.lan)
    assert "Giáo dục thể chất 7A" in taught(cast.toan)


def test_a_class_with_a_hyphen_in_its_name_is_no_range(cast, administrator):
    opened = open_class(year=cast.year, name="7A-CLC", grade=7, by=cast.hanh)
    open_curriculum(school_class=opened, by=cast.hanh)

    confirmed(administrator, "assignments", table(LONG, ["1", "lan", "Toán", "7A-CLC", ""]))

    assert "Toán 7A-CLC" in taught(cast.lan)


def test_teachers_as_rows_and_subjects_as_columns(cast, administrator, grade7):
    data = table(["STT", "Họ và tên", "Toán học", "HĐTN"], ["1", "Bùi Ngọc Lan", "7A; 7B", "7A"])

    confirmed(administrator, "assignments", data)

    assert {"Toán 7A", "Toán 7B", "Hoạt động trải nghiệm, hướng nghiệp 7A"} <= taught(cast.lan)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["1", "Ai Đó", "Toán", "7A", ""], "unknown_teacher"),
        (["1", "Trần Đăng Khoa", "Toán", "7A", ""], "oneself"),
        (["1", "Phạm Thu Cúc", "Toán", "7A", ""], "not_a_teacher"),
        (["1", "lan", "Toán", "9Z", ""], "unknown_class"),
        (["1", "lan", "Vật lí", "6A", ""], "not_taught"),
        (["1", "lan", "Bơi lội", "7A", ""], "unknown_subject"),
        (["1", "lan", "KHTN", "7A", "Địa lí"], "unknown_strand"),
        (["1", "lan", "Toán", "6A", ""], "other_teacher"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(cast, administrator, grade7, row, code):
    before = TeachingAssignment.objects.count()

    done = confirmed(administrator, "assignments", table(LONG, row))

    assert reasons(done) == [code]
    assert TeachingAssignment.objects.count() == before


def test_two_people_of_one_name_are_told_apart_by_user_name(cast, administrator, grade7):
    cast.toan.full_name = "Bùi Ngọc Lan"
    cast.toan.save()

    done = confirmed(
        administrator,
        "assignments",
        table(LONG, ["1", "Bùi Ngọc Lan", "Toán", "7A", ""], ["2", "LAN", "Toán", "7B", ""]),
    )

    assert reasons(done) == ["ambiguous_teacher"]
    assert "Toán 7B" in taught(cast.lan)


def test_a_teacher_is_replaced_only_when_the_file_may(cast, administrator):
    given = handed_in(administrator, "assignments", table(LONG, ["1", "lan", "Toán", "6A", ""]))
    assert "Let the file replace teachers" in page_of(administrator, f"/imports/{given.pk}/")

    administrator.post(f"/imports/{given.pk}/replace/", {"replaces": "yes"})
    page = page_of(administrator, f"/imports/{given.pk}/?show=filled")
    administrator.post(f"/imports/{given.pk}/confirm/")

    assert "Đỗ Minh Toàn" in page
    assert "Toán 6A" in taught(cast.lan)
    assert "Toán 6A" not in taught(cast.toan)
    assert held() == implied()


def test_the_same_file_twice_gives_nobody_anything_again(cast, administrator, grade7):
    data = table(LONG, ["1", "lan", "KHTN", "7A", ""], ["2", "lan", "Văn", "7B", ""])
    confirmed(administrator, "assignments", data)
    versions = TeachingAssignment.history.count()

    again = confirmed(administrator, "assignments", data)

    assert again.counts["present"] == 2
    assert TeachingAssignment.history.count() == versions


def test_one_course_given_twice_in_a_file_is_told(cast, administrator, grade7):
    done = confirmed(
        administrator,
        "assignments",
        table(LONG, ["1", "lan", "Văn", "7A", ""], ["2", "toan", "Ngữ văn", "7A", ""]),
    )

    assert reasons(done) == ["also_given"]


def test_every_row_says_from_which_file_it_came(cast, administrator, grade7):
    done = confirmed(administrator, "assignments", table(LONG, ["1", "lan", "Văn", "7A", ""]))

    written = TeachingAssignment.objects.get(course__school_class__name="7A").history.get()
    assert (written.history_user, written.history_origin) == (cast.khoa, f"import {done.pk}")


def test_deciding_many_rows_asks_no_more_than_few(cast, administrator, grade7):
    subjects = ["Toán", "Văn", "KHTN", "GDTC", "GDCD", "Tin", "Công nghệ", "Nghệ thuật"]
    asked = []
    for some in (subjects[:2], subjects):
        rows = [["1", "lan", subject, "7A, 7B", ""] for subject in some]
        given = handed_in(administrator, "assignments", table(LONG, *rows))
        with CaptureQueriesContext(connection) as captured:
            plan_of(given, cast.khoa)
        asked.append(len(captured))

    assert asked[0] == asked[1]
