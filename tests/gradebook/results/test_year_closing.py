"""A year is closed by decision when nothing stands against it, is only read then, and is reopened with a reason."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from gradebook.actions import curriculum, import_lists, proposals, rules, teaching, windows
from gradebook.actions.marks import Amendment, Edit, save_marks
from gradebook.actions.school import open_year
from gradebook.actions.year_closing import NoReason, NotReady, close_year, reopen_year
from gradebook.models import Import, LockOrder, Policy, Proposal, SchoolYear, TeachingAssignment
from gradebook.year_closing import read_closing
from gradebook.years import YearClosed
from tests.cast import in_english, signed_in
from tests.gradebook.results.school_year import decide_all, propose_all

PAPER: dict[str, Any] = {"number": "60/QĐ", "dated": date(2027, 6, 10)}


def ready(cast) -> dict[int, str]:
    """Books locked; the reasons why who waits is let pass."""
    cast.execute("lock", "GK1")
    return {pupil.pk: "Nghỉ ốm dài ngày" for pupil in read_closing(cast.year).undecided}


def closed(cast) -> SchoolYear:
    return close_year(year=cast.year, **PAPER, waived=ready(cast), by=cast.hanh)


def test_open_books_and_pupils_without_a_decision_stand_against_closing(decided):
    found = read_closing(decided.year)

    assert [[each.name for each in classes] for _, classes in found.open_books] == [["6B"]]
    assert found.undecided[0].student.full_name == "Trần Bảo An"
    assert len(found.undecided) == 6
    with pytest.raises(NotReady):
        close_year(year=decided.year, **PAPER, by=decided.khoa)


def test_a_year_that_is_still_being_set_up_is_not_closed(decided):
    year = open_year(
        name="2027-2028",
        starts_on=date(2027, 9, 6),
        second_semester_on=date(2028, 1, 17),
        ends_on=date(2028, 5, 31),
        by=decided.hanh,
    )

    assert not read_closing(year).is_ready
    with pytest.raises(NotReady):
        close_year(year=year, number="61/QĐ", dated=date(2027, 9, 6), by=decided.hanh)


def test_the_page_of_the_year_names_the_decision_that_closed_it(decided, client):
    closed(decided)

    assert "60/QĐ" in signed_in(client, decided.cuc).get(f"/school-years/{decided.year.pk}/").text


@pytest.mark.duty("S3-64")
def test_the_year_is_closed_by_the_principals_decision_and_the_reasons_stay_with_the_pupils(decided):
    year = closed(decided)

    assert not year.is_open
    assert year.closed_by == decided.hanh
    waived = decided.pupils["6A"][0]
    latest = type(waived).history.filter(id=waived.pk).latest("history_id")
    assert (latest.history_change_reason, latest.history_origin) == ("Nghỉ ốm dài ngày", "decision 60/QĐ")


def test_only_the_principal_lets_pupils_pass_and_a_blank_is_no_reason(decided):
    waived = ready(decided)

    with pytest.raises(PermissionDenied):
        close_year(year=decided.year, **PAPER, waived=waived, by=decided.khoa)
    with pytest.raises(NotReady):
        close_year(year=decided.year, **PAPER, waived=dict.fromkeys(waived, " "), by=decided.hanh)


def test_who_neither_decides_nor_turns_the_year_closes_nothing(decided):
    for person in (decided.vinh, decided.cuc, decided.mai):
        with pytest.raises(PermissionDenied):
            close_year(year=decided.year, **PAPER, by=person)


def test_the_principal_reopens_with_a_reason_that_stays_readable(decided):
    year = closed(decided)

    for person in (decided.khoa, decided.vinh):
        with pytest.raises(PermissionDenied):
            reopen_year(year=year, reason="Sửa điểm", by=person)
    with pytest.raises(NoReason):
        reopen_year(year=year, reason=" ", by=decided.hanh)
    assert reopen_year(year=year, reason="Sửa điểm môn Toán", by=decided.hanh).is_open
    page = signed_in(Client(), decided.hanh).get(f"/school-years/{year.pk}/")
    assert "Sửa điểm môn Toán" in page.text


WRITES: dict[str, Callable[[Any], object]] = {
    "propose": lambda c: propose_all(c),
    "decide": lambda c: decide_all(c),
    "reconsider": lambda c: proposals.reconsider(
        proposal=Proposal.objects.filter(decision__isnull=False)[0], reason="x", by=c.hanh
    ),
    "choose_rules": lambda c: rules.choose_rules(
        policy=Policy.objects.get(year=c.year, level="primary"), words=set(), by=c.hanh
    ),
    "order_lock": lambda c: windows.order_lock(period=c.periods["CN"], act="open", reason="x", by=c.hanh),
    "open_class": lambda c: teaching.open_class(year=c.year, name="6Z", grade=6, by=c.hanh),
    "open_curriculum": lambda c: curriculum.open_curriculum(school_class=c.classes["6B"], by=c.hanh),
    "open_course": lambda c: teaching.open_course(
        school_class=c.classes["6B"],
        subject=c.classes["6A"].courses.exclude(subject__code="toan")[0].subject,
        kind="comment",
        lessons_per_year=35,
        by=c.hanh,
    ),
    "assign_teacher": lambda c: teaching.assign_teacher(
        course=c.maths["6B"], teacher=c.dung, since=c.year.starts_on, by=c.hanh
    ),
    "end_assignment": lambda c: teaching.end_assignment(
        assignment=TeachingAssignment.objects.filter(until=None)[0], until=c.year.ends_on, by=c.hanh
    ),
    "appoint": lambda c: teaching.appoint_homeroom_teacher(
        school_class=c.classes["6B"], teacher=c.lan, since=c.year.starts_on, by=c.hanh
    ),
}


@pytest.mark.parametrize("write", WRITES)
def test_nothing_of_a_closed_year_is_written(decided, write):
    closed(decided)

    with pytest.raises(YearClosed):
        WRITES[write](decided)


def test_an_order_that_waited_is_not_executed_in_a_closed_year(decided):
    closed(decided)
    order = LockOrder(
        number=99,
        sequence=99,
        period=decided.periods["CN"],
        act="open",
        reason="x",
        ordered_by=decided.hanh,
        ordered_at=timezone.now(),
    )
    order.save_by(decided.hanh)

    with pytest.raises(YearClosed):
        windows.execute_lock_order(order=order, by=decided.khoa)


def test_no_mark_of_a_closed_year_is_saved_not_even_by_a_correction(decided):
    column = decided.maths["6A"].columns.filter(period__code="GK1")[0]
    pupil = decided.pupils["6A"][1]
    closed(decided)
    amendment = Amendment("1", "x", frozenset({(pupil.pk, column.pk)}))

    for given, person in ((None, decided.toan), (amendment, decided.khoa)):
        outcome = save_marks(
            course=decided.maths["6A"],
            edits=[Edit(pupil.pk, column.pk, "1", 1)],
            by=person,
            origin="page",
            amendment=given,
        )
        assert [refusal.code for refusal in outcome.refused] == ["year-closed"]


def test_no_pupil_is_imported_into_a_closed_year(decided):
    closed(decided)
    upload = Import(
        kind="pupils",
        school_class=decided.classes["6A"],
        file_name="a.xlsx",
        sha256="0" * 64,
        size=1,
        uploaded_by=decided.cuc,
        uploaded_at=timezone.now(),
    )
    upload.save_by(decided.cuc)

    with pytest.raises(YearClosed):
        import_lists.confirm_list(upload=upload, by=decided.cuc, today=date(2027, 6, 20))


def test_pages_of_a_closed_year_say_so_and_offer_no_form(decided):
    closed(decided)
    principal = in_english(decided.hanh)
    pk, course = decided.classes["6A"].pk, decided.maths["6A"].pk
    for path in (
        "/classes/",
        f"/classes/{pk}/",
        f"/classes/{pk}/results/year/",
        f"/classes/{pk}/proposals/year/",
        f"/courses/{course}/semester-1/",
        f"/pupils/{decided.pupils['6A'][1].pk}/results/",
        "/lock-board/",
        "/assessment-rules/",
        "/summer/",
    ):
        page = principal.get(path).text
        assert "is closed: its records are only read" in page, path
        assert "<textarea" not in page, path


def test_a_write_without_a_page_of_its_own_is_answered_with_one_sentence(decided):
    closed(decided)
    order = {"act": "open", "period": decided.periods["CN"].pk, "scope": "school", "reason": "x"}

    response = in_english(decided.hanh).post("/lock-board/order/", order)

    assert response.status_code == 409
    assert "the principal can reopen it" in response.text
