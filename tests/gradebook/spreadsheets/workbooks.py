"""Workbooks for the tests: as people make them, and as nobody should."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
PUPIL_HEADER = ["STT", "Họ tên", "Ngày sinh", "Giới tính", "Lớp học"]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def workbook(rows: Iterable[Any], *, merges: Sequence[str] = (), sheet: str = "Sheet1") -> bytes:
    return workbook_of({sheet: rows}, merges=merges)


def workbook_of(
    sheets: Mapping[str, Iterable[Any]],
    *,
    merges: Sequence[str] = (),
    hidden: Sequence[str] = (),
) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
        for merge in merges:
            page.merge_cells(merge)
        if name in hidden:
            page.sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def with_part(data: bytes, path: str, content: bytes) -> bytes:
    return packed({**parts_of(data), path: content})


def with_change(data: bytes, path: str, change: Callable[[bytes], bytes]) -> bytes:
    parts = parts_of(data)
    return packed({**parts, path: change(parts[path])})


def replaced(data: bytes, path: str, old: bytes, new: bytes) -> bytes:
    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return with_change(data, path, change)


def excel_like(strings: Sequence[str], sheet_data: str) -> bytes:
    """A workbook with a table of shared strings, as Excel writes them; `sheet_data` is XML."""
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
    sheet_link = f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    string_link = f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    root_link = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    sheets = '<sheets><sheet name="DSHS" sheetId="1" r:id="rId1"/></sheets>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{root_link}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{sheet_link}{string_link}</Relationships>'
        ),
        SHEET: f'<worksheet xmlns="{MAIN}"><sheetData>{sheet_data}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
    }
    return packed({path: content.encode() for path, content in parts.items()})
