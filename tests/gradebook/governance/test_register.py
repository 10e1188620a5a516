"""The register of decisions: what the paper says, its scan, and that nothing moves under what rests on it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import AuditEvent
from gradebook.actions.decision_register import (
    NothingToRead,
    Stands,
    edit_decision,
    enter_decision,
)
from gradebook.actions.decisions import NumberTaken
from gradebook.models import Decision, Movement
from gradebook.scans import DECISIONS
from gradebook.years import YearClosed
from tests.cast import in_english
from tests.corrections.scene import jpeg
from tests.gradebook.governance.desk import paper, scan, typed
from tests.scene import picture


def edit(desk, decision, upload=None, **changed):
    return edit_decision(decision=decision, paper=paper(**changed), upload=upload, by=desk.cast.hanh)


@pytest.mark.duty("S0-01", "S3-04")
def test_the_principal_issues_the_regulation_with_its_scan(desk):
    file = SimpleUploadedFile("quy-che.png", picture(), "image/png")
    principal = in_english(desk.cast.hanh)

    response = principal.post("/decisions/enter/", typed(scan=file, must_be_read="on"), follow=True)

    decision = Decision.objects.get()
    assert response.redirect_chain == [(f"/decisions/{decision.pk}/", 303)]
    assert (decision.number, decision.dated, decision.decided_by) == (
        "1/QĐ",
        date(2026, 9, 1),
        desk.cast.hanh,
    )
    assert in_english(desk.cast.toan).get(f"/decisions/{decision.pk}/download/").content == picture()
    assert decision.history.get().history_user == desk.cast.hanh
    assert AuditEvent.objects.filter(verb="gradebook.decision.entered").exists()


def test_what_was_typed_stays_when_it_is_refused(desk):
    desk.enter("1/QĐ")

    response = in_english(desk.cast.hanh).post(
        "/decisions/enter/", typed(dated="02/09/2026", title="Lần hai")
    )

    assert response.status_code == 422
    assert "Lần hai" in response.text
    assert "This number belongs to a decision of 01/09/2026" in response.text


def test_a_decision_is_filed_under_nothing_that_nobody_chose(desk):
    page = in_english(desk.cast.hanh).post("/decisions/enter/", typed(about=""))

    assert page.status_code == 422
    assert "about" in page.context["form"].errors


def test_letter_case_and_blanks_make_no_second_number(desk):
    desk.enter("1/QĐ-THCS")

    with pytest.raises(NumberTaken):
        desk.enter(" 1 /qđ-thcs")


def test_a_scan_shows_in_the_browser_without_a_right_to_run_anything(desk):
    decision = desk.enter(upload=scan())
    client = in_english(desk.cast.lan)

    shown, kept = (client.get(f"/decisions/{decision.pk}/{way}/") for way in ("scan", "download"))

    assert shown["Content-Disposition"].startswith("inline")
    assert kept["Content-Disposition"].startswith("attachment")
    for response in (shown, kept):
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert (response["Cache-Control"], response["Content-Type"]) == ("private, no-store", "image/png")


def test_a_program_under_the_name_of_a_scan_is_refused(desk):
    file = SimpleUploadedFile("quyet-dinh.pdf", b"MZ" + b"\0" * 99, "application/pdf")

    response = in_english(desk.cast.hanh).post("/decisions/enter/", typed(scan=file))

    assert response.status_code == 422
    assert "this file is neither" in response.text
    assert not Decision.objects.exists()


def test_a_scan_altered_in_the_store_is_not_handed_out(desk):
    decision = desk.enter(upload=scan())
    stored = DECISIONS.locate(decision.scan_path)
    stored.chmod(0o600)
    stored.write_bytes(b"another")

    response = in_english(desk.cast.hanh).get(f"/decisions/{decision.pk}/download/")

    assert response.status_code == 409
    assert "not the one handed in" in response.text


def test_while_nothing_rests_on_it_a_slip_is_corrected_and_the_old_number_stays_readable(desk):
    decision = desk.enter("1/QĐ")

    edit(desk, decision, number="11/QĐ", dated=date(2026, 9, 2))

    assert list(decision.history.values_list("number", flat=True)) == ["11/QĐ", "1/QĐ"]


@pytest.mark.parametrize(
    ("field", "changed"),
    [("number", {"number": "9/QĐ"}), ("dated", {"dated": date(2026, 9, 3)}), ("title", {"title": "Khác"})],
)
def test_once_a_seat_rests_on_it_what_stands_changes_no_more(desk, field, changed):
    seat = desk.seat()
    standing = {"number": "2/QĐ", "about": Decision.About.BOARD}

    with pytest.raises(Stands) as refused:
        edit(desk, seat.decision, **{**standing, **changed})
    assert refused.value.field == field


def test_a_missing_scan_is_added_later_and_then_stands(desk):
    seat = desk.seat()
    standing = {"number": "2/QĐ", "about": Decision.About.BOARD}

    edit(desk, seat.decision, scan(), **standing)
    with pytest.raises(Stands):
        edit(desk, seat.decision, scan(jpeg(), "khac.jpg"), **standing)

    seat.decision.refresh_from_db()
    assert seat.decision.scan_name == "quyet-dinh.png"


def test_nobody_is_asked_to_read_what_is_not_there(desk):
    with pytest.raises(NothingToRead):
        desk.enter(must_be_read=True)


def test_a_teacher_neither_enters_nor_fills_the_store(desk):
    with pytest.raises(PermissionDenied):
        enter_decision(year=desk.cast.year, paper=paper(), upload=scan(), by=desk.cast.toan)

    assert not Decision.objects.exists()


def test_nothing_is_entered_into_a_closed_year(desk):
    year = desk.cast.year
    year.status = "closed"
    year.closed_by, year.closed_at = desk.cast.hanh, "2027-06-30T00:00Z"
    year.save_by(desk.cast.hanh)

    with pytest.raises(YearClosed):
        desk.enter()


def test_what_names_pupils_or_staff_is_not_for_every_teacher(desk):
    desk.enter("1/QĐ")
    desk.enter("7/QĐ", Decision.About.STAFF, title="Kỷ luật")

    assert "Kỷ luật" not in in_english(desk.cast.toan).get("/decisions/").text
    assert "Kỷ luật" in in_english(desk.cast.cuc).get("/decisions/").text


def test_the_page_counts_what_rests_on_the_decision_and_leads_there(desk):
    decision = desk.enter("5/QĐ", Decision.About.MOVEMENT)
    pupil = desk.cast.pupils["6A"][0]
    Movement(
        student=pupil.student,
        kind=Movement.Kind.values[0],
        on=date(2026, 10, 1),
        origin=pupil,
        decision=decision,
        recorded_by=desk.cast.cuc,
        recorded_at="2026-10-01T00:00Z",
    ).save_by(desk.cast.cuc)

    text = in_english(desk.cast.hanh).get(f"/decisions/{decision.pk}/").text

    assert "Movements of pupils" in text
    assert f'href="/classes/{desk.cast.classes["6A"].pk}/"' in text
