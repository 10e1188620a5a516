"""Previews and confirmations cost the same number of statements for 5 rows as for 45."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gradebook.actions.import_lists import confirm_list
from gradebook.actions.import_marks import confirm_marks
from gradebook.models import Import
from tests import cast as casting
from tests.cast import client_of
from tests.gradebook.workbooks import page_of, pupil, pupil_list, score_row, score_sheet, upload

pytestmark = pytest.mark.django_db


def counted(client: Client, url: str, data: bytes, confirm) -> tuple[int, int]:
    """Queries of the preview page, and of confirming."""
    assert upload(client, url, data).status_code == 303
    handed_in = Import.objects.latest("pk")
    with CaptureQueriesContext(connection) as page:
        page_of(client, f"/imports/{handed_in.pk}/")
    with CaptureQueriesContext(connection) as write:
        confirm(upload=handed_in)
    return len(page), len(write)


def test_a_pupil_list(cast):
    client = client_of(cast.cuc)
    assert cast.cuc.roles  # read once a request

    def confirm(upload: Import) -> None:
        confirm_list(upload=upload, by=cast.cuc, today=date(2026, 9, 10))

    _first, few, many = (  # the first fills what is kept for the life of a process
        counted(client, "/imports/pupils/upload/", pupil_list(*map(pupil, numbers)), confirm)
        # 37 pupils are what SQLite inserts in one statement
        for numbers in (range(100, 102), range(5), range(50, 87))
    )

    assert few == many


def test_a_score_sheet():
    cast = casting.build(pupils_per_class=45)
    url = f"/courses/{cast.maths['6A'].pk}/semester-1/import/upload/"

    def confirm(upload: Import) -> None:
        confirm_marks(upload=upload, by=cast.toan)

    sheets = (
        score_sheet(*(score_row(each, {("midterm",): mark}) for each in cast.pupils["6A"][:size]))
        for size, mark in ((5, "8"), (45, "9"))
    )
    few, many = (counted(client_of(cast.toan), url, sheet, confirm) for sheet in sheets)

    assert few == many
