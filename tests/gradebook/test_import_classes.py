"""A list of classes becomes classes with their courses and homeroom teachers."""

from html import unescape

import pytest

from gradebook.actions.courses import withdraw_courses
from gradebook.models import SchoolClass
from tests.cast import in_english
from tests.gradebook.workbooks import confirmed, handed_in, page_of, reasons, table
from tests.grants import held, implied

pytestmark = pytest.mark.django_db
HEADINGS = ["STT", "Tên lớp", "Khối", "GVCN", "Môn lựa chọn", "Chuyên đề"]
SCIENCE = "Vật lý, Hoá học; Sinh, Tin"


@pytest.fixture
def administrator(cast):
    return in_english(cast.khoa)


@pytest.mark.duty("S0-34", "S1-45", "S2-27", "S3-62", "S4-20")
def test_a_class_is_opened_with_the_courses_of_its_grade_and_its_teacher(cast, administrator):
    done = confirmed(
        administrator, "classes", table(HEADINGS, ["1", "Lớp 7A", "Khối 7", "Bùi Ngọc Lan", "", ""])
    )

    opened = SchoolClass.objects.get(name="7A")
    assert done.counts == {"rows": 1, "added": 1, "filled": 0, "present": 0, "refused": 0, "blank": 0}
    assert opened.homeroom_teacher == cast.lan
    assert opened.courses.filter(subject__code="khoa-hoc-tu-nhien").exists()
    assert held() == implied()


def test_upper_secondary_classes_take_what_they_have_chosen(cast, administrator):
    confirmed(administrator, "classes", table(HEADINGS, ["1", "10A1", "10", "", SCIENCE, "Toán, Lí, Hóa"]))

    codes = set(SchoolClass.objects.get(name="10A1").courses.values_list("subject__code", flat=True))
    assert {"vat-li", "hoa-hoc", "sinh-hoc", "tin-hoc", "ngu-van"} <= codes
    assert "dia-li" not in codes


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["1", "10A1", "10", "", "Vật lí, Hóa học", ""], "wrong_choice"),
        (["1", "6A", "7", "", "", ""], "other_grade"),
        (["1", "7B", "6", "", "", ""], "other_grade"),
        (["1", "7A", "7", "Ai Đó", "", ""], "unknown_teacher"),
        (["1", "7A", "7", "Phạm Thu Cúc", "", ""], "not_a_teacher"),
        (["1", "7A", "mười", "", "", ""], "bad_grade"),
    ],
)
def test_a_class_that_does_not_fit_is_refused(cast, administrator, row, code):
    classes = SchoolClass.objects.count()

    done = confirmed(administrator, "classes", table(HEADINGS, row))

    assert reasons(done) == [code]
    assert SchoolClass.objects.count() == classes


def test_another_homeroom_teacher_is_shown_and_not_written(cast, administrator):
    given = handed_in(administrator, "classes", table(HEADINGS, ["1", "6A", "6", "lan", "", ""]))
    page = page_of(administrator, f"/imports/{given.pk}/?show=different")

    assert "Vũ Hồng Mai" in page
    assert "Bùi Ngọc Lan" in page
    administrator.post(f"/imports/{given.pk}/confirm/")
    assert SchoolClass.objects.get(name="6A").homeroom_teacher == cast.mai


def test_a_class_without_a_teacher_gets_the_one_of_the_file(cast, administrator):
    done = confirmed(administrator, "classes", table(HEADINGS, ["1", "6B", "6", "lan", "", ""]))

    assert done.counts["filled"] == 1
    assert SchoolClass.objects.get(name="6B").homeroom_teacher == cast.lan


def test_a_class_whose_courses_were_withdrawn_gets_those_of_its_grade(cast, administrator):
    withdraw_courses(courses=list(cast.classes["6B"].courses.of_subjects()), by=cast.khoa)

    confirmed(administrator, "classes", table(HEADINGS, ["1", "6B", "6", "", "", ""]))

    assert cast.classes["6B"].courses.of_subjects().count() == 12


def test_the_same_file_twice_opens_nothing(cast, administrator):
    data = table(HEADINGS, ["1", "7A", "7", "lan", "", ""], ["2", "7B", "7", "", "", ""])
    confirmed(administrator, "classes", data)
    versions = SchoolClass.history.count()

    again = confirmed(administrator, "classes", data)

    assert again.counts["present"] == 2
    assert SchoolClass.history.count() == versions


def test_one_class_twice_in_a_file_is_told(administrator):
    done = confirmed(
        administrator, "classes", table(HEADINGS, ["1", "7A", "7", "", "", ""], ["2", "7a", "7", "", "", ""])
    )

    assert reasons(done) == ["duplicate"]
    assert done.counts["added"] == 1
    assert "“7a” is in row 5 already" in unescape(page_of(administrator, f"/imports/{done.pk}/"))


def test_a_file_of_which_every_row_is_refused_is_not_said_to_be_known(cast, administrator):
    given = handed_in(administrator, "classes", table(HEADINGS, ["1", "7A", "7", "Ai Đó", "", ""]))

    page = page_of(administrator, f"/imports/{given.pk}/")

    assert "the rows below are refused" in page
    assert "everything that can be taken over is in the records already" not in page
