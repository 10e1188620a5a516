"""Workbooks as schools send them: made by our writer, then dirtied with openpyxl."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from gradebook.models import Enrolment, Import
from gradebook.spreadsheets.pupil_list import PupilRow
from gradebook.spreadsheets.score_columns import SECONDARY
from gradebook.spreadsheets.score_sheet import ScoreRow
from gradebook.spreadsheets.values import Sex
from gradebook.spreadsheets.writing import write_pupil_list, write_score_sheet, write_table

TITLES = ["TRƯỜNG THCS SÔNG HỒNG", "DANH SÁCH HỌC SINH"]
FIRST_ROW = 5


def pupil(number: int = 0, **changes) -> PupilRow:
    """Invented pupil `number`, of 6A unless said otherwise."""
    row = PupilRow(
        row_number=0,
        full_name=f"Hồ Xuân {'ABCDEGHIKLMNOPQRSTUVXY'[number % 22]}{'abcdeghiklmn'[number // 22]}",
        birth_date=date(2015, 1 + number % 12, 1 + number % 28),
        sex=Sex.FEMALE,
        class_name="6A",
        ministry_code=f"{9000000000 + number}",
    )
    return replace(row, **changes)


def pupil_list(*rows: PupilRow, dirty: Callable[..., None] | None = None) -> bytes:
    return dirtied(write_pupil_list(rows, TITLES), dirty)


def score_row(enrolment: Enrolment, marks=None, **changes) -> ScoreRow:
    student = enrolment.student
    row = ScoreRow(
        row_number=0,
        full_name=student.full_name,
        marks=marks or {},
        ministry_code=student.ministry_code,
        birth_date=student.birth_date,
        class_name=enrolment.school_class.name,
    )
    return replace(row, **changes)


def score_sheet(*rows: ScoreRow, layout=SECONDARY, dirty: Callable[..., None] | None = None) -> bytes:
    return dirtied(write_score_sheet(rows, layout, TITLES), dirty)


def dirtied(data: bytes, dirty: Callable[..., None] | None) -> bytes:
    if dirty is None:
        return data
    workbook = load_workbook(io.BytesIO(data))
    dirty(workbook.active)
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def upload(client: Client, url: str, data: bytes, name: str = "ds.xlsx", **fields):
    return client.post(url, {"file": SimpleUploadedFile(name, data), **fields})


def page_of(client: Client, url: str) -> str:
    response = client.get(url, headers={"Accept-Language": "en"})
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def table(headings: list[str], *rows: list[str]) -> bytes:
    """A list with two titles, as schools send them."""
    return write_table(headings, [list(map(str, row)) for row in rows], TITLES, "Sheet1")


def handed_in(client: Client, kind: str, data: bytes, **fields) -> Import:
    response = upload(client, f"/imports/{kind}/upload/", data, **fields)
    assert response.status_code == 303, response.content.decode()
    return Import.objects.latest("pk")


def confirmed(client: Client, kind: str, data: bytes, **fields) -> Import:
    """The list of this kind handed in and confirmed."""
    given = handed_in(client, kind, data, **fields)
    assert client.post(f"/imports/{given.pk}/confirm/").status_code == 303
    given.refresh_from_db()
    return given


def reasons(done: Import) -> list[str]:
    return [row["code"] for row in done.refused]
