"""A file with headings that nobody knows: somebody says what its columns hold, once."""

import pytest

from gradebook.models import Import, Student
from tests.cast import in_english
from tests.gradebook.workbooks import FIRST_ROW, confirmed, dirtied, handed_in, page_of, table, upload

pytestmark = pytest.mark.django_db
HEADINGS = ["Số", "Tên trẻ", "Sinh ngày", "Phái", "Phòng"]
ROW = ["1", "Tô Gia Hân", "05/09/2015", "Nữ", "6A"]
CHOICE = {"header": "4", "B": "full_name", "C": "birth_date", "D": "sex", "E": "class_name"}


@pytest.fixture
def clerk(cast):
    return in_english(cast.cuc)


def test_the_columns_are_asked_for_with_their_first_values(cast, clerk):
    given = handed_in(clerk, "pupils", table(HEADINGS, ROW))

    response = clerk.get(f"/imports/{given.pk}/")
    page = page_of(clerk, response["Location"])

    assert all(text in page for text in ("Tên trẻ", "Tô Gia Hân", "Sinh ngày", "Họ tên"))


def test_whole_numbers_are_shown_as_in_excel(cast, clerk):
    data = dirtied(table(HEADINGS, ROW), lambda sheet: sheet.__setitem__(f"A{FIRST_ROW}", 41))

    page = page_of(clerk, f"/imports/{handed_in(clerk, 'pupils', data).pk}/columns/")

    assert ">41<" in page


@pytest.mark.duty("S4-09")
def test_what_somebody_says_is_read_and_previewed(cast, clerk):
    given = handed_in(clerk, "pupils", table(HEADINGS, ROW))

    response = clerk.post(f"/imports/{given.pk}/columns/choose/", CHOICE)
    assert (response.status_code, response["Location"]) == (303, f"/imports/{given.pk}/")
    assert "Nothing is written yet" in page_of(clerk, f"/imports/{given.pk}/")
    clerk.post(f"/imports/{given.pk}/confirm/")

    assert Student.objects.filter(full_name="Tô Gia Hân", sex="female").exists()


def test_the_answer_is_remembered_for_the_next_file_of_these_headings(cast, clerk):
    first = handed_in(clerk, "pupils", table(HEADINGS, ROW))
    clerk.post(f"/imports/{first.pk}/columns/choose/", CHOICE)

    done = confirmed(clerk, "pupils", table(HEADINGS, ["1", "Tô Gia Huy", "06/09/2015", "Nam", "6A"]))

    assert done.counts["added"] == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"E": ""}, "Say which columns hold: Lớp học."),
        ({"A": "sex"}, "Chosen for more than one column: Giới tính."),
    ],
)
def test_what_is_needed_is_chosen_once(cast, clerk, change, sentence):
    given = handed_in(clerk, "pupils", table(HEADINGS, ROW))

    response = clerk.post(f"/imports/{given.pk}/columns/choose/", {**CHOICE, **change})

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_header_that_was_not_found_is_named_by_its_row(cast, clerk):
    given = handed_in(clerk, "pupils", table(HEADINGS, ROW))

    assert "DANH SÁCH HỌC SINH" in page_of(clerk, f"/imports/{given.pk}/columns/?header=2")


def test_a_table_too_narrow_to_be_the_list_is_refused_at_once(cast, clerk):
    response = upload(clerk, "/imports/pupils/upload/", table(["Món ăn", "Giá"], ["Phở", "50"]))

    assert response.status_code == 422
    assert not Import.objects.exists()


def test_a_settled_file_is_not_read_anew(cast, clerk):
    done = confirmed(clerk, "pupils", table(["Họ tên", "Ngày sinh", "Giới tính", "Lớp"], ROW[1:]))

    assert clerk.post(f"/imports/{done.pk}/columns/choose/", CHOICE).status_code == 404
