"""Every kind of sheet goes out to Excel and comes back: comments only, primary, homeroom, strands, summer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.recorded import update_many
from gradebook.actions.teaching import assign_teacher
from gradebook.models import Column, Course, Import, Mark
from tests import cast as casting
from tests.cast import in_english
from tests.gradebook.results.school_year import primary_class, teach_everything
from tests.gradebook.sheet_file import File
from tests.gradebook.workbooks import page_of, upload

pytestmark = pytest.mark.django_db


def course_of(cast, code: str, name: str = "6A") -> Course:
    return Course.objects.get(school_class=cast.classes[name], subject__code=code)


def file_of(person, course: Course) -> File:
    return File(in_english(person), f"/courses/{course.pk}/semester-1/excel/")


def confirmed(person, course: Course, file: File) -> Import:
    client = in_english(person)
    response = upload(client, f"/courses/{course.pk}/semester-1/import/upload/", file.data)
    assert response.status_code == 303, response.content.decode()
    handed_in = Import.objects.latest("pk")
    client.post(f"/imports/{handed_in.pk}/confirm/")
    handed_in.refresh_from_db()
    return handed_in


def test_a_subject_with_comments_only(cast):
    teach_everything(cast, cast.classes["6A"], cast.toan)
    course = course_of(cast, "giao-duc-the-chat")
    for period in ("GK1", "CK1"):
        cast.execute("open", period, cast.classes["6A"])

    file = (
        file_of(cast.toan, course).fill("ĐĐGtx 1", "Đ", "cđ", "Chưa đạt", "8").fill("Nhận xét", "- Tích cực")
    )
    done = confirmed(cast.toan, course, file)

    assert [row["code"] for row in done.refused] == ["not-a-level-CommentResult"]
    assert list(
        Mark.objects.filter(column__kind="regular").order_by("pk").values_list("level", flat=True)
    ) == [*("Đ", "CĐ", "CĐ")]
    assert Mark.objects.get(column__kind="comment").comment == "- Tích cực"


def test_a_primary_subject_with_its_level_score_and_comment(cast):
    primary_class(cast)
    course = course_of(cast, "toan", "4A")
    for period in ("GK1", "CK1"):
        cast.execute("open", period, cast.classes["4A"])

    file = file_of(cast.lan, course)
    file.fill("Mức đạt được GK", "T").fill("Điểm KTĐK GK", 9).fill("Mức đạt được CK", "H", "Hoàn thành tốt")
    file.fill("Điểm KTĐK", 7, 7.5).fill("Nhận xét CK", "Tốt")
    done = confirmed(cast.lan, course, file)

    assert [row["code"] for row in done.refused] == ["whole-number"]
    first = Mark.objects.filter(enrolment=cast.pupils["4A"][0]).order_by("column__order")
    assert [mark.level or mark.comment or int(mark.score) for mark in first] == ["T", 9, "H", 7, "Tốt"]


def test_the_homeroom_sheet(cast):
    course = course_of(cast, Course.HOMEROOM_CODE)
    cast.execute("open", "CK1")

    file = file_of(cast.mai, course).fill("Rèn luyện", "T", "Khá", "TB").fill("Nghỉ có phép", 3, 401)
    done = confirmed(cast.mai, course, file)

    assert sorted(row["code"] for row in done.refused) == ["not-a-count", "not-a-level-ConductLevel"]
    assert (done.counts["saved"], done.counts["cells"]) == (3, 5)
    assert Mark.objects.get(column__kind="excused").count == 3


def test_the_homeroom_sheet_takes_no_file_but_its_own(cast):
    client = in_english(cast.mai)
    course, maths = course_of(cast, Course.HOMEROOM_CODE), file_of(cast.mai, cast.maths["6A"])
    del maths.book["_portal"]
    maths.page.data_validations.dataValidation.clear()

    response = upload(client, f"/courses/{course.pk}/semester-1/import/upload/", maths.data)

    assert response.status_code == 422
    assert "This sheet takes only the file that is downloaded from it." in response.content.decode()


def test_qualities_of_both_periods_stand_under_their_period(cast):
    primary_class(cast)
    course = course_of(cast, Course.HOMEROOM_CODE, "4A")
    cast.execute("open", "GK1", cast.classes["4A"])

    file = file_of(cast.lan, course).fill("Yêu nước", "Đ")
    upper = [cell.value for cell in file.page[file.top - 2]]
    confirmed(cast.lan, course, file)

    assert [text for text in upper if text and "học kỳ" in text] == ["Giữa học kỳ I", "Cuối học kỳ I"]
    mark = Mark.objects.select_related("column__period").get()
    assert (mark.column.trait, mark.column.period.code, mark.level) == ("yeu-nuoc", "GK1", "Đ")


def test_a_strand_is_open_to_its_teacher_alone(cast):
    course = cast.maths["6A"]
    first, second = course.columns.filter(kind="regular", period__code="GK1")
    first.strand, second.strand = "Đại số", "Hình học"
    update_many(Column, [first, second], fields=["strand"], by=cast.hanh)
    assign_teacher(course=course, teacher=cast.lan, strand="Hình học", since=casting.FIRST_DAY, by=cast.hanh)

    file = file_of(cast.lan, course)
    assert file.cell(0, "ĐĐGtx 1").protection.locked
    assert not file.cell(0, "ĐĐGtx 2").protection.locked
    done = confirmed(cast.lan, course, file.fill("ĐĐGtx 1", 8).fill("ĐĐGtx 2", 9))

    assert [row["code"] for row in done.refused] == ["not-yours"]
    assert [mark.column for mark in Mark.objects.all()] == [second]


def test_a_preview_asks_no_more_for_45_pupils_than_for_5():
    def queries(size: int) -> int:
        file = file_of(cast.toan, course).fill("ĐĐGtx 1", *[8] * size)
        client = in_english(cast.toan)
        upload(client, f"/courses/{course.pk}/semester-1/import/upload/", file.data)
        with CaptureQueriesContext(connection) as asked:
            page_of(client, f"/imports/{Import.objects.latest('pk').pk}/")
        return len(asked)

    cast = casting.build(pupils_per_class=45)
    course = cast.maths["6A"]

    queries(1)
    assert queries(5) == queries(37)
