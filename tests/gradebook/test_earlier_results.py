"""Marks of the school a pupil came from: kept apart, corrected with a reason, never taken for ours."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from gradebook.actions.earlier_results import EarlierLine, save_earlier_results
from gradebook.actions.movement_cancel import cancel_movement
from gradebook.actions.movement_desk import NotMoved
from gradebook.models import EarlierResult, Mark
from gradebook.spreadsheets.earlier_results import EarlierRow, write_earlier_results
from tests.cast import signed_in
from tests.gradebook.moving import come, go

pytestmark = pytest.mark.django_db

MATHS = EarlierLine(1, "Toán", "8 7,5", "7", "", "7,5")


@pytest.fixture
def movement(cast):
    return come(cast)


def save(cast, movement, *lines, by=None, reason="", year="2026-2027"):
    return save_earlier_results(
        movement=movement, year_name=year, grade=6, lines=lines, by=by or cast.cuc, reason=reason
    )


def refused(*args, **kwargs):
    with pytest.raises(NotMoved) as problem:
        save(*args, **kwargs)
    return problem.value.code


@pytest.mark.duty("S0-35")
def test_they_stand_on_the_pupils_page_as_of_the_other_school_and_are_no_marks(cast, movement, client):
    save(cast, movement, MATHS)

    page = signed_in(client, cast.mai).get(f"/pupils/{movement.place.pk}/movements/").content.decode()

    assert "8 7,5" in page
    assert "Trường THCS Suối Mơ" in page
    assert not Mark.objects.filter(enrolment=movement.place).exists()


def test_the_results_page_says_since_when_the_pupil_is_here(cast, movement, client):
    page = signed_in(client, cast.mai).get(f"/pupils/{movement.place.pk}/results/").content.decode()

    assert "12/10/2026" in page
    assert "Trường THCS Suối Mơ" in page


@pytest.mark.parametrize("line", [EarlierLine(1, "Toán", midterm="85"), EarlierLine(1, "Toán", "8 10,5 75")])
def test_a_mark_beyond_every_scale_is_a_slip_of_the_hand(cast, movement, line):
    assert refused(cast, movement, line) == "mark-outside"


def test_marks_may_be_written_with_commas_between_them(cast, movement):
    assert save(cast, movement, EarlierLine(1, "Toán", "10,9,8", "7,25", "10")).added == 1


def test_a_saved_value_changes_with_a_reason_only_and_the_old_one_stays(cast, movement):
    save(cast, movement, MATHS)
    better = EarlierLine(1, "toán", "8 8,5", "7", "", "7,8")

    assert refused(cast, movement, better) == "no-reason"
    saved = save(cast, movement, better, reason="Đọc nhầm học bạ")

    assert (saved.added, saved.changed) == (0, 1)
    history = EarlierResult.history.order_by("history_id")
    assert [row.regular for row in history] == ["8 7,5", "8 8,5"]
    assert history.last().history_change_reason == "Đọc nhầm học bạ"


def test_saving_the_same_again_changes_nothing(cast, movement):
    save(cast, movement, MATHS)

    saved = save(cast, movement, MATHS, EarlierLine(1, "Ngữ văn"))

    assert (saved.added, saved.changed) == (0, 0)
    assert EarlierResult.history.count() == 1


@pytest.mark.parametrize(
    ("lines", "year", "code"),
    [
        ([MATHS, EarlierLine(1, "TOÁN", "9")], "2026-2027", "named-twice"),
        ([EarlierLine(1, "", "9")], "2026-2027", "no-subject"),
        ([MATHS], "2027-2028", "bad-year"),
        ([MATHS], "2024-2026", "bad-year"),
    ],
)
def test_what_makes_no_sense_is_refused(cast, movement, lines, year, code):
    assert refused(cast, movement, *lines, year=year) == code
    assert not EarlierResult.objects.exists()


def test_too_long_a_text_is_refused_and_not_cut(cast, movement):
    with pytest.raises(ValidationError):
        save(cast, movement, EarlierLine(1, "Toán", midterm="9," + "0" * 8))


def test_only_who_records_movements_and_only_of_pupils_who_came(cast, movement):
    with pytest.raises(PermissionDenied):
        save(cast, movement, MATHS, by=cast.mai)
    assert refused(cast, go(cast, cast.pupils["6A"][0]), MATHS) == "not-received"
    cancel_movement(movement=movement, reason="Nhầm", by=cast.cuc)
    assert refused(cast, movement, MATHS) == "cancelled"


def form(*lines, **fields):
    data = {"year_name": "2026-2027", "grade": "6", "reason": "", **fields}
    data |= {"form-TOTAL_FORMS": len(lines), "form-INITIAL_FORMS": 0}
    for number, line in enumerate(lines):
        data |= {f"form-{number}-{name}": value for name, value in line.items()}
    return data


def test_the_table_of_the_page_saves(cast, movement, client):
    url = f"/movements/{movement.pk}/earlier-results/"
    data = form({"semester": "1", "subject": "Toán", "regular": "8 9"}, {"semester": "1", "subject": ""})

    response = signed_in(client, cast.cuc).post(url, data)

    assert response.status_code == 303
    assert EarlierResult.objects.get().regular == "8 9"


def test_a_refused_table_keeps_what_was_typed(cast, movement, client):
    url = f"/movements/{movement.pk}/earlier-results/"

    response = signed_in(client, cast.cuc).post(url, form({"semester": "1", "subject": "", "regular": "8 9"}))

    assert response.status_code == 422
    assert "8 9" in response.content.decode()


def test_a_file_fills_the_table_and_writes_nothing(cast, movement, client):
    rows = [EarlierRow(0, 2, "Khoa học tự nhiên", result="8,1")]
    file = SimpleUploadedFile("ket-qua.xlsx", write_earlier_results(rows, "Kết quả"))

    response = signed_in(client, cast.cuc).post(
        f"/movements/{movement.pk}/earlier-results/upload/", {"file": file}
    )

    assert response.status_code == 200
    assert "Khoa học tự nhiên" in response.content.decode()
    assert not EarlierResult.objects.exists()
