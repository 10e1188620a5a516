"""The report of movements, the forms that record them, and the file for the next school."""

import io
import json
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from accounts.models import AuditEvent
from gradebook.models import Enrolment, Movement, Student
from gradebook.movement_report import Span, read_counts
from gradebook.spreadsheets.earlier_results import read_earlier_results
from tests.cast import FIRST_DAY, signed_in
from tests.gradebook.moving import LATER, again, back, change, come, enter, go, paper, regular

pytestmark = pytest.mark.django_db

PAPER = {
    "on": "05/09/2026",
    "number": "54/QĐ-THCS",
    "dated": "05/09/2026",
    "other_school": "Trường THCS Suối Mơ",
    "reason": "Theo gia đình",
}
CHILD = {"full_name": "Lý Thảo Chi", "birth_date": "09/01/2015", "sex": "female"}


@pytest.fixture
def pupil(cast):
    return cast.pupils["6A"][1]


def numbers(cast, days):
    counts = read_counts(cast.classes.values(), days)
    return {str(each.school_class): (each.at_first, each.came, each.left, each.now) for each in counts}


@pytest.mark.duty("S1-20")
def test_each_class_says_how_many_it_had_got_and_lost(cast, pupil):
    change(cast, pupil)
    go(cast, cast.pupils["6A"][0], paper=paper(LATER, "61/QĐ-THCS"))
    come(cast, to="6B")

    assert numbers(cast, Span(FIRST_DAY)) == {"6A": (5, 0, 2, 3), "6B": (5, 2, 0, 7)}
    october = Span(date(2026, 10, 1), date(2026, 10, 31))
    assert numbers(cast, october) == {"6A": (5, 0, 1, 4), "6B": (5, 2, 0, 7)}
    december = Span(date(2026, 12, 1), date(2026, 12, 31))
    assert numbers(cast, december) == {"6A": (3, 0, 0, 3), "6B": (7, 0, 0, 7)}


def test_who_kept_the_place_and_came_back_left_once_and_came_once(cast, pupil):
    go(cast, pupil, "reserved")
    back(cast, pupil)

    assert numbers(cast, Span(FIRST_DAY))["6A"] == (5, 1, 1, 5)


def test_the_report_filters_by_month_kind_and_class(cast, pupil, client):
    change(cast, pupil)
    go(cast, cast.pupils["6A"][0], paper=paper(LATER, "61/QĐ-THCS"))
    leaver, changer = cast.pupils["6A"][0].student.full_name, pupil.student.full_name
    client = signed_in(client, cast.hanh)

    def names(**query):
        movements = client.get("/movements/", query).context["movements"]
        return {movement.student.full_name for movement in movements}

    assert names() == {leaver, changer}
    assert names(month="2026-10") == {changer}
    assert names(kind="transferred") == {leaver}
    assert names(**{"class": cast.classes["6B"].pk}) == {changer}
    assert names(month="x", kind="promoted", **{"class": "0"}) == {leaver, changer}


@pytest.mark.duty("S1-49")
def test_the_homeroom_teacher_follows_the_own_class_and_no_other(cast, pupil, client):
    go(cast, pupil)
    go(cast, cast.pupils["6B"][2])

    page = signed_in(client, cast.mai).get("/movements/")

    assert [movement.student for movement in page.context["movements"]] == [pupil.student]
    assert [str(each.school_class) for each in page.context["counts"]] == ["6A"]


def test_the_export_holds_what_the_page_shows_and_is_noted(cast, pupil, client):
    go(cast, pupil)

    response = signed_in(client, cast.hanh).post("/movements/export/")

    book = load_workbook(io.BytesIO(response.content))
    assert book["Biến động"]["B4"].value == pupil.student.full_name
    assert [cell.value for cell in book["Sĩ số"][4]] == [1, "6A", 5, 0, 1, 4]
    assert AuditEvent.objects.get(verb="gradebook.movements.exported").particulars == {"rows": 1}


def test_the_form_records_a_transfer(cast, pupil, client):
    url = f"/pupils/{pupil.pk}/movements/record/transferred/"

    response = signed_in(client, cast.cuc).post(url, PAPER)

    assert (response.status_code, response["Location"]) == (303, f"/pupils/{pupil.pk}/movements/")
    assert again(pupil).status == "left"


def test_a_refused_form_keeps_what_was_typed(cast, pupil, client):
    url = f"/pupils/{pupil.pk}/movements/record/transferred/"

    response = signed_in(client, cast.cuc).post(url, {**PAPER, "on": "04/09/2026"})

    assert response.status_code == 422
    assert "Trường THCS Suối Mơ" in response.content.decode()
    assert "on" in response.context["form"].errors


def test_a_change_of_class_shows_first_what_moves_and_what_stays(cast, pupil, client):
    enter(cast, pupil, 1, "7,5")
    enter(cast, pupil, 2, "9")
    column = regular(cast, "6B", 2)
    column.ordinal = 9
    column.save_by(cast.hanh)
    url = f"/pupils/{pupil.pk}/movements/record/changed_class/"
    client = signed_in(client, cast.cuc)

    (subject,) = client.get(url, {"to": cast.classes["6B"].pk}).context["carriage"].subjects
    assert [cell.text for cell in subject.moving] == ["7,5"]
    assert [cell.text for cell in subject.staying] == ["9"]
    assert not Movement.objects.exists()

    client.post(url, {**PAPER, "to": cast.classes["6B"].pk})
    target = Enrolment.objects.get(school_class=cast.classes["6B"], student=pupil.student)
    (left_behind,) = client.get(f"/pupils/{target.pk}/movements/").context["way"].left_behind
    assert [cell.text for cell in left_behind.staying] == ["9"]


def test_the_form_receives_a_child_and_asks_for_the_marks_next(cast, client):
    data = {**PAPER, **CHILD, "to": cast.classes["6A"].pk}

    response = signed_in(client, cast.cuc).post("/movements/receive/", data)

    movement = Movement.objects.get()
    assert response["Location"] == f"/movements/{movement.pk}/earlier-results/"
    assert movement.place.number == 6


def test_a_child_that_may_be_known_is_asked_about_before_anything_is_written(cast, pupil, client):
    student = pupil.student
    day = f"{student.birth_date:%d/%m/%Y}"
    data = {**PAPER, **CHILD, "full_name": student.full_name, "birth_date": day, "to": cast.classes["6A"].pk}
    client, before = signed_in(client, cast.cuc), Student.objects.count()

    asked = client.post("/movements/receive/", data)
    assert asked.status_code == 422
    assert student in asked.context["alike"].students
    assert Student.objects.count() == before

    assert client.post("/movements/receive/", {**data, "same": "another"}).status_code == 303
    assert Student.objects.count() == before + 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("birth_date", "01/01/2099"),
        ("birth_date", "01/01/1990"),
        ("ministry_code", "٠١٢٣٤٥٦٧٨٩"),
        ("citizen_number", "12"),
        ("full_name", "6A"),
    ],
)
def test_a_child_is_received_only_with_what_a_profile_may_say(cast, client, field, typed):
    data = {**PAPER, **CHILD, "to": cast.classes["6A"].pk, field: typed}

    response = signed_in(client, cast.cuc).post("/movements/receive/", data)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Movement.objects.exists()


def test_the_class_page_says_who_left_and_who_came(cast, pupil, client):
    go(cast, pupil)
    come(cast)

    page = signed_in(client, cast.toan).get(f"/classes/{cast.classes['6A'].pk}/")

    assert page.content.decode().count("12/10/2026") == 2


def test_the_transfer_file_holds_a_paper_and_the_same_as_data(cast, pupil, client):
    enter(cast, pupil, 1, "7,5")
    go(cast, pupil)

    response = signed_in(client, cast.cuc).post(f"/pupils/{pupil.pk}/transfer-file/")

    package = zipfile.ZipFile(io.BytesIO(response.content))
    facts = json.loads(package.read("ho-so.json"))
    assert facts["pupil"]["full_name"] == pupil.student.full_name
    assert facts["leaving"] == {"on": "2026-10-12", "to": "Trường THCS Suối Mơ"}
    (row,) = read_earlier_results(package.read("ket-qua.xlsx")).rows
    assert (row.semester, row.subject, row.regular) == (1, "Toán", "7,5")
    assert package.read("ban-trich-xuat.pdf").startswith(b"%PDF")
    assert AuditEvent.objects.filter(verb="gradebook.transfer_file.extracted", actor_id=cast.cuc.pk).exists()
