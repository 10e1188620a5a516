"""All the sheets of a teacher in one workbook: what comes back is looked at and confirmed sheet by sheet."""

import io

import pytest
from openpyxl import load_workbook

from accounts.models import AuditEvent
from gradebook.actions.teaching import assign_teacher, end_assignment
from gradebook.models import Course, Import, Mark, TeachingAssignment
from tests.cast import FIRST_DAY, in_english
from tests.gradebook.sheet_file import File
from tests.gradebook.sheet_files.filing import confirm, hand_in, url
from tests.gradebook.workbooks import page_of, upload

pytestmark = pytest.mark.django_db
EXCEL, UPLOAD = "/my-sheets/semester-1/excel/", "/my-sheets/upload/"


@pytest.fixture
def both(cast):
    """Toàn teaches mathematics in 6A and in 6B."""
    assign_teacher(course=cast.maths["6B"], teacher=cast.toan, since=FIRST_DAY, by=cast.hanh)
    cast.execute("open", "CK1")
    return cast


class Whole(File):
    def of(self, name: str) -> "Whole":
        self.page = self.book[f"{name} Toán"]
        return self


def test_the_workbook_has_a_sheet_for_each_course_that_one_enters_and_its_taking_is_noted(both, toan):
    book = load_workbook(io.BytesIO(toan.get(EXCEL).content))

    seen = [page.title for page in book.worksheets if page.sheet_state == "visible"]
    assert seen == ["6A Toán", "6B Toán"]
    assert book.active.title == "6A Toán"
    events = AuditEvent.objects.filter(verb="gradebook.export.made", actor_id=both.toan.pk)
    assert {event.target_id for event in events} == {both.maths["6A"].pk, both.maths["6B"].pk}


def test_each_filled_in_sheet_is_looked_at_and_confirmed_for_itself(both, toan):
    file = Whole(toan, EXCEL)
    file.of("6A").fill("ĐĐGck", 8, 7)
    file.of("6B").fill("ĐĐGck", 9)

    assert upload(toan, UPLOAD, file.data).status_code == 303
    first, second = Import.objects.order_by("pk")
    assert [first.course, second.course] == [both.maths["6A"], both.maths["6B"]]
    assert not Mark.objects.exists()
    assert f"/imports/{first.pk}/" in page_of(toan, "/my-sheets/")

    assert confirm(toan, first)["saved"] == 2
    assert {mark.column.course_id for mark in Mark.objects.select_related("column")} == {both.maths["6A"].pk}
    assert confirm(toan, second)["saved"] == 1
    assert "/imports/" not in page_of(toan, "/my-sheets/")


def test_a_sheet_that_nobody_touched_waits_for_nothing_and_is_counted(both, toan):
    file = Whole(toan, EXCEL)
    file.of("6B").fill("ĐĐGck", 9)

    response = upload(toan, UPLOAD, file.data)

    assert [each.course for each in Import.objects.all()] == [both.maths["6B"]]
    page = page_of(toan, response["Location"])
    assert "1 sheet was filled in" in page and "1 sheet is as it was downloaded" in page


def test_a_renamed_and_moved_sheet_still_goes_to_its_course(both, toan):
    file = Whole(toan, EXCEL)
    file.of("6B").fill("ĐĐGck", 9)
    file.page.title = "Lớp của tôi"
    file.book.move_sheet("Lớp của tôi", -1)

    upload(toan, UPLOAD, file.data)

    assert [each.course for each in Import.objects.all()] == [both.maths["6B"]]


def test_the_page_of_one_sheet_takes_its_own_out_of_the_whole_workbook(both, toan):
    file = Whole(toan, EXCEL)
    file.of("6A").fill("ĐĐGck", 8)
    file.of("6B").fill("ĐĐGck", 9)

    handed_in = hand_in(toan, both, file.data)

    assert confirm(toan, handed_in)["saved"] == 1
    assert Mark.objects.get().column.course == both.maths["6A"]


def test_a_sheet_that_is_no_longer_ones_own_is_left_out_by_name(both, toan):
    file = Whole(toan, EXCEL)
    file.of("6A").fill("ĐĐGck", 8)
    file.of("6B").fill("ĐĐGck", 9)
    end_assignment(
        assignment=TeachingAssignment.objects.get(course=both.maths["6B"], teacher=both.toan),
        until=FIRST_DAY,
        by=both.hanh,
    )

    response = upload(toan, UPLOAD, file.data)

    assert [each.course for each in Import.objects.all()] == [both.maths["6A"]]
    assert "Toán 6B" in page_of(toan, response["Location"])


def test_a_workbook_of_something_else_is_refused_and_leaves_nothing(both, toan):
    file = Whole(toan, EXCEL)
    for name in [page.title for page in file.book.worksheets if page.title.startswith("_")]:
        del file.book[name]

    response = upload(toan, UPLOAD, file.data)

    assert response.status_code == 422
    assert "This is not a workbook of your sheets" in response.content.decode()
    assert not Import.objects.exists()


def test_who_enters_no_marks_has_no_such_workbook(both):
    assert in_english(both.cuc).get(EXCEL).status_code == 403


def test_one_sheet_downloaded_alone_is_taken_here_too(both, toan):
    data = File(toan, url(both, "excel/")).fill("ĐĐGck", 8).data

    upload(toan, UPLOAD, data)

    assert Import.objects.get().course == Course.objects.get(pk=both.maths["6A"].pk)
