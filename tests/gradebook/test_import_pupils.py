"""A pupil list from the upload to the records: what is added, what is refused and why, and who did it."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.recorded import create_many
from gradebook.actions.import_lists import confirm_list
from gradebook.actions.teaching import open_class
from gradebook.models import Enrolment, Import, Student
from gradebook.spreadsheets.pupil_list import Status
from tests.cast import in_english
from tests.gradebook.workbooks import page_of, pupil, pupil_list, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(cast):
    return in_english(cast.cuc)


@pytest.fixture
def new_class(cast):
    """6C is open and has no pupil yet."""
    return open_class(year=cast.year, name="6C", grade=6, by=cast.hanh)


def hand_in(client, *rows, **options) -> Import:
    response = upload(client, "/imports/pupils/upload/", pupil_list(*rows, **options))
    assert response.status_code == 303, response.content.decode()
    return Import.objects.latest("pk")


def confirm(client, *rows, **options) -> Import:
    handed_in = hand_in(client, *rows, **options)
    response = client.post(f"/imports/{handed_in.pk}/confirm/")
    assert response.status_code == 303
    handed_in.refresh_from_db()
    return handed_in


def reasons(done: Import) -> list[str]:
    return [row["code"] for row in done.refused]


def as_vendors_write(sheet) -> None:
    """Two header rows with merged groups, a serial date, a real date, NFD, NBSP, a number that lost its zero."""
    sheet.insert_rows(5)
    for column in range(1, sheet.max_column + 1):
        cell = sheet.cell(4, column)
        sheet.cell(5, column).value = cell.value
        if column not in (3, 4):
            sheet.merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)
    sheet.cell(4, 3).value, sheet.cell(4, 4).value = "Thông tin học sinh", None
    sheet.merge_cells("C4:D4")
    sheet["B6"].value, sheet["B6"].number_format = 100000001, "0"
    sheet["C6"].value = unicodedata.normalize("NFD", "  Đặng\u00a0Thị  Quế ")
    sheet["D6"].value, sheet["D6"].number_format = 42005, "0"
    sheet["D7"].value, sheet["D7"].number_format = date(2015, 9, 2), "dd/mm/yyyy"
    sheet["D8"].value = "3/2/2015 "
    sheet["K9"].value = "Người lập danh sách"


@pytest.mark.duty("S4-09")
def test_a_list_as_vendors_write_it_becomes_a_class(cast, clerk, new_class):
    rows = [pupil(number, class_name="6C") for number in range(3)]

    done = confirm(clerk, *rows, dirty=as_vendors_write)

    assert reasons(done) == ["not_a_pupil"]
    assert done.counts == {"rows": 4, "added": 3, "filled": 0, "present": 0, "refused": 1, "blank": 0}
    pupils = [each.student for each in new_class.enrolments.in_list_order()]
    assert [each.full_name for each in pupils] == ["Hồ Xuân Ba", "Hồ Xuân Ca", "Đặng Thị Quế"]
    assert [each.birth_date for each in pupils] == [date(2015, 9, 2), date(2015, 2, 3), date(2015, 1, 1)]
    assert pupils[2].ministry_code == "0100000001"


def test_the_preview_writes_no_pupil(cast, clerk):
    before = Student.objects.count(), Enrolment.objects.count()

    handed_in = hand_in(clerk, pupil())
    page = page_of(clerk, f"/imports/{handed_in.pk}/")

    assert "Nothing is written yet" in page
    assert pupil().full_name in page
    assert (Student.objects.count(), Enrolment.objects.count()) == before


def test_every_row_says_who_added_it_and_from_which_file(cast, clerk):
    done = confirm(clerk, pupil())

    row = Student.objects.get(ministry_code=pupil().ministry_code).history.get()
    place = Enrolment.objects.get(student__ministry_code=pupil().ministry_code).history.get()
    for written in (row, place):
        assert written.history_user == cast.cuc
        assert (written.history_origin, written.history_change_reason) == (f"import {done.pk}", "ds.xlsx")
    assert (done.state, done.confirmed_by) == ("confirmed", cast.cuc)
    assert AuditEvent.objects.filter(verb="gradebook.import.confirmed", target_id=done.pk).exists()


def test_each_row_is_added_or_there_or_refused(cast, clerk):
    known = cast.pupils["6A"][0].student
    here = pupil(ministry_code=known.ministry_code, full_name=known.full_name, birth_date=known.birth_date)

    done = confirm(clerk, pupil(1), here, pupil(2, class_name="9Z"))

    assert done.counts == {"rows": 3, "added": 1, "filled": 0, "present": 1, "refused": 1, "blank": 0}


def test_the_same_file_twice_changes_nothing_and_says_so(cast, clerk):
    data = pupil_list(pupil(1), pupil(2))
    upload(clerk, "/imports/pupils/upload/", data)
    clerk.post(f"/imports/{Import.objects.get().pk}/confirm/")
    students, versions = Student.objects.count(), Student.history.count()

    upload(clerk, "/imports/pupils/upload/", data)
    again = Import.objects.latest("pk")
    page = page_of(clerk, f"/imports/{again.pk}/")
    answer = clerk.post(f"/imports/{again.pk}/confirm/", follow=True).content.decode()

    assert "There is nothing to add" in page
    assert "The same file was imported before" in page
    assert "Nothing was changed" in answer
    assert (Student.objects.count(), Student.history.count()) == (students, versions)


def test_later_pupils_stand_below_the_list(cast, clerk):
    confirm(clerk, pupil(0, full_name="Lê Văn Bình"), pupil(1, full_name="Lê Văn An"))

    places = cast.classes["6A"].enrolments.in_list_order()
    assert [(each.number, each.student.full_name) for each in places][5:] == [
        (6, "Lê Văn An"),
        (7, "Lê Văn Bình"),
    ]


def test_a_known_pupil_is_enrolled_and_not_doubled(cast, clerk, new_class):
    student = create_many(Student, [_student("Lý Thu Hà")], by=cast.hanh)[0]
    row = pupil(ministry_code=student.ministry_code, full_name="Lý Thu Hà", class_name="6C")

    done = confirm(clerk, row)

    assert done.counts["added"] == 1
    assert Enrolment.objects.get(school_class=new_class).student == student
    assert Student.objects.filter(full_name="Lý Thu Hà").count() == 1


def _student(full_name: str, **changes) -> Student:
    fields = {"ministry_code": "8800000001", "birth_date": pupil().birth_date, "sex": "female"}
    return Student(full_name=full_name, **{**fields, **changes})


@pytest.mark.parametrize(
    ("changes", "code", "sentence"),
    [
        ({"class_name": "9Z"}, "unknown_class", "There is no class “9Z” in the open school year."),
        ({"grade": 7}, "other_grade", "The file says grade 7, but class 6A is of grade 6."),
        ({"status": Status.DROPPED_OUT}, "not_studying", "record the departure"),
        ({"full_name": "Ngô Bảo Ly " * 12}, "too_long", "longer than 120 characters"),
        ({"ministry_code": "8800000001"}, "disagrees", "is “Lý Thu Hà”; the file says “Hồ Xuân Aa”"),
        ({"full_name": "Lý Thu Hà"}, "possible_duplicate", "has the identifier 8800000001"),
        ({"personal_number": "001315000001"}, "same_citizen_number", "belongs to Lý Thu Hà"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_its_reason(cast, clerk, changes, code, sentence):
    create_many(Student, [_student("Lý Thu Hà", citizen_number="001315000001")], by=cast.hanh)

    done = confirm(clerk, replace(pupil(), **changes), pupil(1))

    assert reasons(done) == [code]
    assert done.counts["added"] == 1
    page = page_of(clerk, f"/imports/{done.pk}/")
    assert "Row 5" in page
    assert sentence in page


def test_bad_cells_are_named_with_their_place(cast, clerk):
    def spoil(sheet) -> None:
        sheet["D5"].value = "31/02/2015"

    done = confirm(clerk, pupil(), pupil(1), dirty=spoil)

    assert "Cell D5, column “Ngày sinh”: There is no day “31/02/2015”" in page_of(
        clerk, f"/imports/{done.pk}/"
    )


def test_a_pupil_on_the_roll_elsewhere_is_not_enrolled_twice(cast, clerk):
    known = cast.pupils["6B"][0].student
    row = pupil(ministry_code=known.ministry_code, full_name=known.full_name, birth_date=known.birth_date)

    done = confirm(clerk, row)

    assert reasons(done) == ["enrolled_elsewhere"]


def test_a_tone_mark_put_elsewhere_is_the_same_name(cast, clerk, new_class):
    create_many(Student, [_student("Lê Thị Thúy Hòa")], by=cast.hanh)

    done = confirm(clerk, pupil(full_name="Lê Thị Thuý Hoà", ministry_code="8800000001", class_name="6C"))

    assert reasons(done) == []


def test_an_import_for_one_class_refuses_the_rows_of_others(cast, clerk):
    data = pupil_list(pupil(), pupil(1, class_name="6B"))
    upload(clerk, "/imports/pupils/upload/", data, school_class=cast.classes["6A"].pk)
    handed_in = Import.objects.latest("pk")

    clerk.post(f"/imports/{handed_in.pk}/confirm/")

    handed_in.refresh_from_db()
    assert reasons(handed_in) == ["other_class"]


def test_columns_that_are_not_kept_are_listed(cast, clerk):
    def add_column(sheet) -> None:
        sheet.cell(4, 30).value, sheet.cell(5, 30).value = "Chiều cao", "140"

    handed_in = hand_in(clerk, pupil(), dirty=add_column)

    page = page_of(clerk, f"/imports/{handed_in.pk}/")
    assert "Column AD, “Chiều cao”: the heading is not known." in page


def test_what_a_browser_posts_is_not_believed(cast, clerk):
    handed_in = hand_in(clerk, pupil())

    clerk.post(f"/imports/{handed_in.pk}/confirm/", {"full_name": "Kẻ Gian", "rows": "99"})

    assert not Student.objects.filter(full_name="Kẻ Gian").exists()


def test_rows_are_decided_again_when_confirmed(cast, clerk):
    handed_in = hand_in(clerk, pupil())
    create_many(Student, [_student(pupil().full_name)], by=cast.hanh)

    clerk.post(f"/imports/{handed_in.pk}/confirm/")

    handed_in.refresh_from_db()
    assert reasons(handed_in) == ["possible_duplicate"]


def test_an_import_is_settled_once(cast, clerk):
    done = confirm(clerk, pupil())
    students = Student.objects.count()

    for verb in ("confirm", "discard"):
        page = clerk.post(f"/imports/{done.pk}/{verb}/", follow=True).content.decode()
        assert "was confirmed or discarded before" in page
    assert Student.objects.count() == students


def test_a_discarded_import_changes_nothing(cast, clerk):
    students = Student.objects.count()
    handed_in = hand_in(clerk, pupil())

    assert clerk.post(f"/imports/{handed_in.pk}/discard/").status_code == 303

    handed_in.refresh_from_db()
    assert (handed_in.state, Student.objects.count()) == ("discarded", students)


def test_a_failure_half_way_leaves_nothing(cast, clerk, monkeypatch):
    students = Student.objects.count()
    handed_in = hand_in(clerk, pupil())
    monkeypatch.setattr("gradebook.actions.import_lists.settle", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        confirm_list(upload=handed_in, by=cast.cuc, today=timezone.localdate())

    assert Student.objects.count() == students


def test_the_empty_list_can_be_filled_in_and_handed_in(cast, clerk):
    response = clerk.get("/imports/pupils/template/")

    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]
    refused = upload(clerk, "/imports/pupils/upload/", response.content)
    assert refused.status_code == 422
    assert "There is nothing below the header" in refused.content.decode()
