"""The papers beside the class book: who asks for which, who reads it, and what anybody learns of it."""

import pytest
from django.core.exceptions import PermissionDenied

from archive.actions import request_paper
from archive.freezing import StillRendering
from archive.models import Edition
from archive.wanted import Kind, Wanted
from tests.archive.papers import check_sheet, make
from tests.cast import signed_in

pytestmark = pytest.mark.one_database


READERS = {
    "check": {"hanh", "vinh", "khoa", "cuc", "mai", "toan"},
    "own": {"hanh", "vinh", "khoa", "cuc", "toan"},
    "term": {"hanh", "vinh", "khoa", "cuc", "mai"},
}


def test_one_pupils_sheet_is_read_by_who_reads_the_classes_sheets(cast, client):
    edition = make(Wanted(Kind.TERM_SHEETS, cast.classes["6A"], period="GK1"), cast.mai)
    url = f"/archive/editions/{edition.pk}/pupils/1/"

    got = {name for name, who in cast.people.items() if signed_in(client, who).get(url).status_code == 200}

    assert got == READERS["term"]


def test_who_has_no_sheet_and_what_has_no_sheets_is_not_found(cast, client):
    sheets = make(Wanted(Kind.TERM_SHEETS, cast.classes["6A"], period="GK1"), cast.mai)
    summary = make(Wanted(Kind.CLASS_SUMMARY, cast.classes["6A"], period="CK1"), cast.mai)
    signed_in(client, cast.mai)

    assert client.get(f"/archive/editions/{sheets.pk}/pupils/99/").status_code == 404
    assert client.get(f"/archive/editions/{summary.pk}/pupils/1/").status_code == 404


@pytest.mark.parametrize("paper", READERS)
def test_a_paper_is_read_by_those_whom_it_concerns(cast, client, paper):
    wanted = {
        "check": check_sheet(cast),
        "own": Wanted(Kind.TEACHER_BOOK, teacher=cast.toan, year=cast.year, period="1"),
        "term": Wanted(Kind.TERM_SHEETS, cast.classes["6A"], period="GK1"),
    }[paper]
    edition = request_paper(wanted=wanted, by=cast.mai if paper == "term" else cast.toan)

    got = {
        name
        for name, person in cast.people.items()
        if signed_in(client, person).get(f"/archive/editions/{edition.pk}/").status_code == 200
    }

    assert got == READERS[paper]


def test_nobody_asks_for_what_is_not_theirs(cast):
    for wanted, person in (
        (check_sheet(cast), cast.lan),
        (Wanted(Kind.CHECK_SHEET, cast.classes["6A"], period="GK1"), cast.toan),
        (Wanted(Kind.TERM_SHEETS, cast.classes["6A"], period="GK1"), cast.toan),
        (Wanted(Kind.BLANK_BOOK, cast.classes["6B"]), cast.mai),
        (Wanted(Kind.CLASS_BOOK, cast.classes["6A"]), cast.mai),
        (Wanted(Kind.TEACHER_BOOK, teacher=cast.toan, year=cast.year, period="1"), cast.lan),
    ):
        with pytest.raises(PermissionDenied):
            request_paper(wanted=wanted, by=person)


def test_the_public_page_knows_the_papers_and_names_nobody(cast, client):
    own = make(Wanted(Kind.TEACHER_BOOK, teacher=cast.toan, year=cast.year, period="1"), cast.toan)
    check = make(check_sheet(cast), cast.toan)
    names = [user.full_name for user in cast.people.values()]
    names += [enrolment.student.full_name for enrolment in cast.pupils["6A"]]

    for edition, words in ((own, "2026–2027"), (check, "Toán")):
        page = client.get(f"/verify/{edition.code}/").content.decode()
        assert edition.sha256 in page and words in page
        assert [name for name in names if name in page] == []


def test_a_secondary_class_has_no_summary_of_a_midterm(cast, client):
    signed_in(client, cast.mai)
    data = {"kind": "class_summary", "scope": f"class-{cast.classes['6A'].pk}", "period": "GK1"}

    answer = client.post("/papers/led/request/", data, follow=True)

    assert not Edition.objects.exists()
    assert [message.level_tag for message in answer.context["messages"]] == ["info"]


def test_a_scope_that_was_not_offered_is_refused_beside_the_field(cast, client):
    signed_in(client, cast.mai)
    data = {"kind": "term_sheets", "scope": f"class-{cast.classes['6B'].pk}", "period": "GK1"}

    answer = client.post("/papers/led/request/", data)

    assert answer.status_code == 422
    assert [list(form.errors) for form in answer.context["forms"] if form.errors] == [["scope"]]


def test_a_failed_paper_is_tried_again_by_who_asked(cast, client):
    edition = request_paper(wanted=check_sheet(cast), by=cast.toan)
    edition.rendering.__class__.objects.update(state="failed", failure="store")

    signed_in(client, cast.toan).post(f"/archive/editions/{edition.pk}/retry/")

    assert Edition.objects.get().rendering.state == "queued"


def test_the_same_paper_is_not_asked_for_twice_at_once(cast):
    request_paper(wanted=check_sheet(cast), by=cast.toan)

    with pytest.raises(StillRendering):
        request_paper(wanted=check_sheet(cast), by=cast.cuc)
