"""Files that must not be opened, people who must not see, and sentences for every problem."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from openpyxl import Workbook

from gradebook.import_problems import FILE_SENTENCES, ROW_SENTENCES, row_sentence
from gradebook.import_rows import FileReason, Reason, RefusedRow
from gradebook.models import Import, Student
from gradebook.refusals import SENTENCES
from gradebook.spreadsheets.problems import Code
from tests.cast import client_of, in_english
from tests.gradebook.workbooks import dirtied, pupil, pupil_list, saved, score_row, score_sheet, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(cast):
    return in_english(cast.cuc)


def with_formula() -> bytes:
    def add(sheet) -> None:
        sheet["C5"].value, sheet["C5"].data_type = "=1+1", "f"

    return dirtied(pupil_list(pupil()), add)


def with_macros() -> bytes:
    data = io.BytesIO(pupil_list(pupil()))
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("xl/vbaProject.bin", b"code")
    return data.getvalue()


def bomb() -> bytes:
    data = io.BytesIO(pupil_list(pupil()))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/picture.bin", b"\0" * (80 * 1024 * 1024))
    return data.getvalue()


def other_table() -> bytes:
    workbook = Workbook()
    workbook.active.append(["Món ăn", "Giá"])
    return saved(workbook)


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("ds.xlsm", lambda: pupil_list(pupil()), "This is not an .xlsx file. Open it in Excel"),
        ("ds.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "choose “Save as”"),
        ("ds.csv", lambda: b"STT,Ho ten", "This is not an .xlsx file."),
        ("ds.xlsx", lambda: b"%PDF-1.7 ...", "it is not an Excel workbook"),
        ("ds.xlsx", lambda: b"", "The file is empty."),
        ("ds.xlsx", with_macros, "The file contains macros"),
        ("ds.xlsx", with_formula, "has a formula in cell C5"),
        ("ds.xlsx", bomb, "grows too large when it is opened"),
        ("ds.xlsx", lambda: pupil_list(pupil())[:-40], "The file is damaged."),
        ("ds.xlsx", other_table, "No row looks like the header of the table."),
    ],
)
def test_an_unsafe_or_wrong_file_is_refused_in_words(clerk, name, make, sentence):
    response = upload(clerk, "/imports/pupils/upload/", make(), name=name)

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert 'type="file"' in page
    assert not Import.objects.exists()


def test_a_file_over_the_limit_is_refused(clerk, settings):
    settings.UPLOAD_MAX_BYTES = 1000

    response = upload(clerk, "/imports/pupils/upload/", pupil_list(pupil()))

    assert response.status_code == 422
    assert "can be uploaded" in response.content.decode()


def test_no_file_at_all_is_refused(clerk):
    assert clerk.post("/imports/pupils/upload/").status_code == 422


def test_the_file_is_kept_under_its_fingerprint(cast, clerk):
    data = pupil_list(pupil())
    upload(clerk, "/imports/pupils/upload/", data, name="../../Danh sách 6A.xlsx")

    kept = Import.objects.get()
    assert kept.stored_name == f"imports/{kept.sha256[:2]}/{kept.sha256}.xlsx"
    with default_storage.open(kept.stored_name) as file:
        assert file.read() == data
    assert (kept.file_name, kept.size, kept.uploaded_by) == ("Danh sách 6A.xlsx", len(data), cast.cuc)


@pytest.mark.parametrize("person", ["hanh", "vinh", "dung", "mai", "toan"])
def test_pupil_lists_are_for_those_who_import_them(cast, clerk, person):
    upload(clerk, "/imports/pupils/upload/", pupil_list(pupil()))
    stranger, pk = client_of(cast.people[person]), Import.objects.get().pk

    assert stranger.get("/imports/pupils/").status_code == 403
    assert stranger.get("/imports/pupils/template/").status_code == 403
    assert upload(stranger, "/imports/pupils/upload/", pupil_list(pupil())).status_code == 403
    assert stranger.get(f"/imports/{pk}/").status_code == 404
    assert stranger.post(f"/imports/{pk}/confirm/").status_code == 404
    assert stranger.post(f"/imports/{pk}/discard/").status_code == 404
    assert not Student.objects.filter(full_name=pupil().full_name).exists()


@pytest.mark.parametrize("person", ["lan", "mai", "hanh", "khoa", "cuc"])
def test_a_score_sheet_is_its_teachers_own(cast, person):
    sheet = score_sheet(score_row(cast.pupils["6A"][0], {("midterm",): "8"}))
    upload(client_of(cast.toan), f"/courses/{cast.maths['6A'].pk}/semester-1/import/upload/", sheet)
    stranger, pk = client_of(cast.people[person]), Import.objects.get().pk

    assert stranger.get(f"/imports/{pk}/").status_code == 404
    assert stranger.post(f"/imports/{pk}/confirm/").status_code == 404


def test_colleagues_who_import_lists_share_them(cast, clerk):
    upload(clerk, "/imports/pupils/upload/", pupil_list(pupil()))

    page = client_of(cast.khoa).get("/imports/").content.decode()

    assert f"/imports/{Import.objects.get().pk}/" in page


@pytest.mark.parametrize("verb", ["confirm", "discard"])
def test_get_changes_nothing(clerk, verb):
    upload(clerk, "/imports/pupils/upload/", pupil_list(pupil()))

    assert clerk.get(f"/imports/{Import.objects.get().pk}/{verb}/").status_code == 405
    assert clerk.get("/imports/pupils/upload/").status_code == 405


def test_every_problem_has_a_sentence():
    codes = {*Code, *Reason, *FileReason}

    assert codes == {*FILE_SENTENCES, *ROW_SENTENCES}


@pytest.mark.parametrize("code", [*SENTENCES, "conflict"])
def test_a_refusal_of_the_save_names_row_column_and_value(code):
    text = row_sentence(RefusedRow(7, "", code, "ĐĐGtx 1", {"value": "85"}))

    assert "7" in text
    assert "“ĐĐGtx 1”" in text
    assert "“85” – " in text


def test_a_file_name_and_a_value_cannot_carry_markup(cast, clerk):
    rows = pupil_list(pupil(class_name="<b>9Z</b>"))
    upload(clerk, "/imports/pupils/upload/", rows, name="<i>ds.xlsx")

    page = clerk.get(f"/imports/{Import.objects.get().pk}/").content.decode()

    assert "<i>ds" not in page
    assert "<b>9Z" not in page
