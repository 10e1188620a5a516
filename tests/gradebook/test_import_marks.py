"""A score sheet from the upload to the book: through the same action as the page, with the same refusals."""

import pytest

from gradebook.actions.import_marks import confirm_marks
from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.teaching import assign_teacher, open_class, open_course
from gradebook.models import Column, Course, Enrolment, Import, Mark, Subject
from gradebook.spreadsheets.reading import read_sheet
from gradebook.spreadsheets.score_columns import PRIMARY, SECONDARY
from tests import cast as casting
from tests.cast import client_of, in_english
from tests.gradebook.workbooks import page_of, score_row, score_sheet, upload

pytestmark = pytest.mark.django_db
FIRST, SECOND = ("regular", 1), ("regular", 2)


@pytest.fixture
def toan(cast):
    return in_english(cast.toan)


def url(cast, end: str = "import/upload/", name: str = "6A", semester: int = 1) -> str:
    return f"/courses/{cast.maths[name].pk}/semester-{semester}/{end}"


def rows(cast, *marks):
    pupils = cast.maths["6A"].school_class.enrolments.in_list_order()
    return [score_row(pupil, each) for pupil, each in zip(pupils, marks, strict=False)]


def hand_in(client, cast, *marks, **options) -> Import:
    response = upload(client, url(cast), score_sheet(*rows(cast, *marks), **options))
    assert response.status_code == 303, response.content.decode()
    return Import.objects.latest("pk")


def confirm(client, cast, *marks, **options) -> Import:
    handed_in = hand_in(client, cast, *marks, **options)
    assert client.post(f"/imports/{handed_in.pk}/confirm/").status_code == 303
    handed_in.refresh_from_db()
    return handed_in


def reasons(done: Import) -> list[str]:
    return [row["code"] for row in done.refused]


def test_marks_are_saved_through_the_action_with_their_origin(cast, toan):
    done = confirm(toan, cast, {FIRST: "8,5", SECOND: "7"}, {FIRST: "9.5"})

    written = Mark.history.order_by("enrolment__number", "column__order")
    assert [str(row.score) for row in written] == ["8.5", "7.0", "9.5"]
    assert {(row.history_user, row.history_origin) for row in written} == {(cast.toan, f"import {done.pk}")}
    assert done.counts["cells"] == done.counts["saved"] == 3


def test_the_preview_shows_old_and_new_and_saves_nothing(cast, toan):
    confirm(toan, cast, {FIRST: "8"})
    handed_in = hand_in(toan, cast, {FIRST: "9"})

    page = page_of(toan, f"/imports/{handed_in.pk}/")

    assert "<del>8</del>" in page
    assert "<ins>9</ins>" in page
    assert [mark.score for mark in Mark.objects.all()] == [8]
    assert Mark.history.count() == 1


def test_a_bad_cell_is_refused_with_its_place_beside_the_others(cast, toan):
    handed_in = hand_in(toan, cast, {FIRST: "85", SECOND: "7"}, {FIRST: "9"})
    preview = page_of(toan, f"/imports/{handed_in.pk}/")

    toan.post(f"/imports/{handed_in.pk}/confirm/")
    handed_in.refresh_from_db()

    sentence = "Row 5, column “ĐĐGtx 1”: “85” – A mark is between 0 and 10."
    assert sentence in preview
    assert sentence in page_of(toan, f"/imports/{handed_in.pk}/")
    assert (handed_in.counts["saved"], handed_in.counts["refused_cells"]) == (2, 1)


def test_cells_in_are_cells_out(cast, toan):
    confirm(toan, cast, {FIRST: "8"})

    counts = confirm(toan, cast, {FIRST: "8", SECOND: "7"}, {FIRST: "tám", ("midterm",): "9"}).counts

    assert counts["cells"] == 4
    assert (counts["saved"], counts["unchanged"], counts["refused_cells"]) == (2, 1, 1)


def test_a_locked_period_is_refused(cast, toan):
    done = confirm(toan, cast, {FIRST: "8", ("final",): "9"})

    assert reasons(done) == ["locked"]
    assert [mark.score for mark in Mark.objects.all()] == [8]


def test_a_book_locked_after_the_preview_stays_locked(cast, toan):
    handed_in = hand_in(toan, cast, {FIRST: "8"})
    cast.execute("lock")

    toan.post(f"/imports/{handed_in.pk}/confirm/")

    handed_in.refresh_from_db()
    assert reasons(handed_in) == ["locked"]
    assert not Mark.objects.exists()


def test_an_empty_cell_never_erases(cast, toan):
    confirm(toan, cast, {FIRST: "8", SECOND: "7"})

    done = confirm(toan, cast, {FIRST: "9", SECOND: ""})

    assert done.counts["saved"] == 1
    assert sorted(mark.score for mark in Mark.objects.all()) == [7, 9]


def test_the_same_sheet_twice_changes_nothing_and_says_so(cast, toan):
    sheet = score_sheet(*rows(cast, {FIRST: "8"}))
    upload(toan, url(cast), sheet)
    toan.post(f"/imports/{Import.objects.get().pk}/confirm/")

    upload(toan, url(cast), sheet)
    page = page_of(toan, f"/imports/{Import.objects.latest('pk').pk}/")

    assert "There is nothing to add" in page
    assert "The same file was imported before" in page


def test_the_sheet_of_another_class_is_refused(cast, toan):
    sheet = score_sheet(score_row(cast.pupils["6B"][0], {FIRST: "8"}))

    response = upload(toan, url(cast), sheet)

    assert response.status_code == 422
    assert "The column “Lớp” says 6B, but this is the book of class 6A." in response.content.decode()
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"class_name": "6B"}, "other_class"),
        ({"ministry_code": "7777777777"}, "not_in_class"),
        ({"full_name": "Kẻ Lạ"}, "disagrees"),
        ({"ministry_code": None, "full_name": "Kẻ Lạ"}, "not_in_class"),
    ],
)
def test_a_row_that_is_nobody_of_the_class_is_refused(cast, toan, changes, code):
    good = score_row(cast.pupils["6A"][0], {FIRST: "8"})
    bad = score_row(cast.pupils["6A"][1], {FIRST: "9"}, **changes)
    upload(toan, url(cast), score_sheet(good, bad))
    handed_in = Import.objects.get()

    toan.post(f"/imports/{handed_in.pk}/confirm/")

    handed_in.refresh_from_db()
    assert reasons(handed_in) == [code]
    assert [mark.score for mark in Mark.objects.all()] == [8]


def test_without_a_code_name_and_birth_date_say_who(cast, toan):
    row = score_row(cast.pupils["6A"][1], {FIRST: "8"}, ministry_code=None)
    upload(toan, url(cast), score_sheet(row))

    toan.post(f"/imports/{Import.objects.get().pk}/confirm/")

    assert Mark.objects.get().enrolment == cast.pupils["6A"][1]


def test_two_rows_for_one_pupil_are_both_refused(cast, toan):
    coded = score_row(cast.pupils["6A"][0], {FIRST: "8"}, birth_date=None)
    named = score_row(cast.pupils["6A"][0], {FIRST: "9"}, ministry_code=None)
    upload(toan, url(cast), score_sheet(coded, named))
    handed_in = Import.objects.get()

    toan.post(f"/imports/{handed_in.pk}/confirm/")

    handed_in.refresh_from_db()
    assert reasons(handed_in) == ["same_pupil", "same_pupil"]
    assert not Mark.objects.exists()


def test_columns_the_course_does_not_have_are_listed(cast, toan):
    def add_columns(sheet) -> None:
        sheet.cell(4, 20).value, sheet.cell(5, 20).value = "ĐĐGtx 7", "8"
        sheet.cell(4, 21).value, sheet.cell(5, 21).value = "Xếp hạng", "1"

    page = page_of(toan, f"/imports/{hand_in(toan, cast, {FIRST: '8'}, dirty=add_columns).pk}/")

    assert "Column “ĐĐGtx 7”: this course has no such column in this semester." in page
    assert "“Xếp hạng”: the heading is not known." in page


def test_a_cell_changed_after_the_preview_is_read_again(cast, toan):
    handed_in = hand_in(toan, cast, {FIRST: "9"})
    column = Column.objects.get(course=cast.maths["6A"], kind="regular", ordinal=1, period__code="GK1")
    edit = Edit(cast.pupils["6A"][0].pk, column.pk, "5", 0)
    save_marks(course=cast.maths["6A"], edits=[edit], by=cast.toan, origin="page")

    done = confirm_marks(upload=handed_in, by=cast.toan)

    assert done.counts["saved"] == 1
    assert [row.score for row in Mark.history.order_by("version")] == [5, 9]


@pytest.mark.duty("S4-09")
def test_the_score_sheet_comes_filled_in_and_goes_back_unchanged(cast, toan):
    confirm(toan, cast, {FIRST: "8,5", ("midterm",): "7"})
    response = toan.get(url(cast, "template/"))
    table = read_sheet(response.content, SECONDARY.headings)

    assert table.rows[0].values[table.positions[FIRST]] == "8,5"
    assert len(table.rows) == len(cast.pupils["6A"])
    upload(toan, url(cast), response.content)
    assert "There is nothing to add" in page_of(toan, f"/imports/{Import.objects.latest('pk').pk}/")


def test_a_primary_sheet_goes_by_its_own_columns(cast, toan):
    school_class = open_class(year=cast.year, name="4A", grade=4, by=cast.hanh)
    course = open_course(
        school_class=school_class,
        subject=Subject.objects.get(code="toan"),
        kind=Course.Kind.PRIMARY,
        lessons_per_year=175,
        tested=frozenset({"CK1"}),
        by=cast.hanh,
    )
    assign_teacher(course=course, teacher=cast.toan, since=casting.FIRST_DAY, by=cast.hanh)
    student = cast.pupils["6A"][0].student
    pupil = Enrolment(student=student, school_class=school_class, number=1, since=casting.FIRST_DAY)
    pupil.save_by(cast.hanh)
    cast.execute("open", "CK1", school_class)
    cast.execute("open", "GK1", school_class)
    marks = {
        ("level", "midterm"): "T",
        ("level", "final"): "H",
        ("test", "final"): "7",
        ("comment", "final"): "Tốt",
    }
    sheet = score_sheet(score_row(pupil, marks), layout=PRIMARY)

    upload(toan, f"/courses/{course.pk}/semester-1/import/upload/", sheet)
    toan.post(f"/imports/{Import.objects.get().pk}/confirm/")

    saved = Mark.objects.order_by("column__order").values_list("level", "score", "comment")
    assert list(saved) == [("T", None, ""), ("H", None, ""), ("", 7, ""), ("", None, "Tốt")]


@pytest.mark.parametrize(
    ("person", "status"),
    [("toan", 200), ("lan", 404), ("dung", 404), ("mai", 403), ("hanh", 403), ("khoa", 403)],
)
@pytest.mark.parametrize("end", ["import/", "template/"])
def test_only_who_enters_marks_in_the_course_may_import(cast, person, status, end):
    assert client_of(cast.people[person]).get(url(cast, end)).status_code == status


@pytest.mark.parametrize(("person", "status"), [("lan", 404), ("mai", 403), ("cuc", 403)])
def test_nobody_else_may_upload(cast, person, status):
    response = upload(client_of(cast.people[person]), url(cast), score_sheet(*rows(cast, {FIRST: "8"})))

    assert response.status_code == status


def test_the_grid_offers_the_import_to_who_may_enter(cast, toan):
    link = url(cast, "import/")

    assert link in page_of(toan, url(cast, ""))
    assert link not in page_of(client_of(cast.mai), url(cast, ""))
