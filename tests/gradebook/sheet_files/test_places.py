"""A sheet's file goes back to the same sheet only, and by those who enter its marks."""

import pytest

from accounts.models import AuditEvent
from gradebook.models import Import, Mark
from gradebook.spreadsheets.coded import SEAL_SHEET
from tests.cast import in_english
from tests.gradebook.sheet_file import File
from tests.gradebook.sheet_files.filing import confirm, hand_in, preview, url
from tests.gradebook.workbooks import upload

pytestmark = pytest.mark.django_db


def test_the_file_of_6b_goes_not_into_6a(cast, toan):
    data = File(in_english(cast.lan), url(cast, "excel/", "6B")).fill("ĐĐGtx 1", 8).data

    response = upload(toan, url(cast), data)

    page = response.content.decode()
    assert response.status_code == 422
    assert "This file is the sheet Toán, class 6B, semester I," in page
    assert "Open the sheet to which this file belongs" not in page
    assert not Import.objects.exists()


def test_the_file_of_another_semester_leads_to_its_sheet(cast, toan):
    response = upload(toan, url(cast), File(toan, url(cast, "excel/", semester=2)).data)

    page = response.content.decode()
    assert response.status_code == 422
    assert "This file is the sheet Toán, class 6A, semester II," in page
    assert f'<a href="{url(cast, "", semester=2)}">Open the sheet' in page


def test_an_identity_that_somebody_changed_is_refused(cast, toan):
    file = File(toan, url(cast, "excel/"))
    cell = file.book[SEAL_SHEET]["A1"]
    cell.value = cell.value[:-1] + ("A" if cell.value[-1] != "A" else "B")

    response = upload(toan, url(cast), file.data)

    assert response.status_code == 422
    assert "its seal is not this portal" in response.content.decode()


def test_an_identity_signed_by_another_portal_is_refused(cast, toan, settings):
    data = File(toan, url(cast, "excel/")).data
    settings.SECRET_KEY = "another-portal"
    other = in_english(cast.toan)

    assert "its seal is not this portal" in upload(other, url(cast), data).content.decode()


def test_a_preview_whose_seal_is_no_longer_this_portal_s_says_so_and_writes_nothing(cast, toan, settings):
    data = File(toan, url(cast, "excel/")).fill("ĐĐGtx 1", 8).data
    handed_in = hand_in(toan, cast, data)
    settings.SECRET_KEY = "the-portal-s-next-key"
    toan = in_english(cast.toan)

    page = preview(toan, handed_in)
    assert "its seal is not this portal" in page
    assert "/confirm/" not in page and "/discard/" in page
    assert not confirm(toan, handed_in)
    assert handed_in.state == Import.State.PREVIEWED and not Mark.objects.exists()
    assert toan.post(f"/imports/{handed_in.pk}/discard/").status_code == 303


def test_whoever_reads_the_sheet_takes_it_and_that_is_recorded(cast):
    for person in ("hanh", "mai"):
        assert in_english(cast.people[person]).get(url(cast, "excel/")).status_code == 200

    events = AuditEvent.objects.filter(verb="gradebook.export.made").order_by("pk")
    assert [(event.actor_id, event.particulars) for event in events] == [
        (cast.people[person].pk, {"kind": "sheet", "part": "Toán 6A HK1", "rows": 5})
        for person in ("hanh", "mai")
    ]


@pytest.mark.parametrize(("person", "status"), [("lan", 404), ("mai", 403), ("hanh", 403)])
def test_who_does_not_enter_marks_hands_no_file_in(cast, toan, person, status):
    data = File(toan, url(cast, "excel/")).fill("ĐĐGtx 1", 8).data

    assert upload(in_english(cast.people[person]), url(cast), data).status_code == status
    assert not Import.objects.exists()
