"""The list of three new pupils as a clerk gets it: the ministry's shape, with the dirt of real files."""

import io
import unicodedata
from datetime import date

from openpyxl import load_workbook

from gradebook.spreadsheets.pupil_list import PupilRow, Status
from gradebook.spreadsheets.values import Sex
from gradebook.spreadsheets.writing import write_pupil_list

TITLES = ["TRƯỜNG TIỂU HỌC, THCS VÀ THPT NGÀN THÔNG", "DANH SÁCH HỌC SINH CHUYỂN ĐẾN NĂM HỌC 2026-2027"]
NEW = ["Nguyễn Thị Ánh Tuyết", "Đặng Quốc Thịnh", "Lò Văn Phúc"]
REFUSED = "Trần Hoài Nam"
HEADER_ROW = len(TITLES) + 2


def transfer_list(class_name: str) -> bytes:
    """Three good pupils, and one born on a day that no calendar has."""
    rows = [
        _pupil(place, name, class_name) for place, name in enumerate([*NEW, REFUSED], start=HEADER_ROW + 1)
    ]
    book = load_workbook(io.BytesIO(write_pupil_list(rows, TITLES)))
    page = book.active
    heading = {cell.value: cell.column for cell in page[HEADER_ROW]}
    name, born = heading["Họ tên"], heading["Ngày sinh"]
    first, second, third, refused = range(HEADER_ROW + 1, HEADER_ROW + 5)
    page.cell(first, name).value = unicodedata.normalize("NFD", NEW[0])
    page.cell(second, name).value = f"\u00a0{NEW[1].replace(' ', chr(0xA0))}  "
    page.cell(third, born).value = "7-3-2012"
    page.cell(refused, born).value = "31/02/2012"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _pupil(row: int, name: str, class_name: str) -> PupilRow:
    return PupilRow(
        row_number=row,
        full_name=name,
        birth_date=date(2012, 4, row),
        sex=Sex.FEMALE if "Thị" in name else Sex.MALE,
        class_name=class_name,
        ministry_code=f"98{row:08}",
        ethnicity="01",
        status=Status.STUDYING,
        birth_place="Tỉnh Sông Ngàn",
    )
