import struct
import zipfile

import pytest

from gradebook.spreadsheets import parts as parts_module
from gradebook.spreadsheets.package import Limits
from gradebook.spreadsheets.problems import Code, UnsafeFile
from gradebook.spreadsheets.safety import check_upload
from tests.gradebook.spreadsheets.workbooks import (
    OFFICE,
    PUPIL_HEADER,
    SHEET,
    excel_like,
    packed,
    parts_of,
    replaced,
    with_change,
    with_part,
    workbook,
)

GOOD = workbook([PUPIL_HEADER, [1, "Lê Minh Châu", "05/09/2014", "Nữ", "6A1"]], sheet="Lớp 6A1")
ROOT_LINKS = "_rels/.rels"
SMALL = Limits(unpacked_bytes=200_000)


def refusal(data: bytes, name: str = "danh sách.xlsx", limits: Limits | None = None) -> UnsafeFile:
    with pytest.raises(UnsafeFile) as caught:
        check_upload(name, data, limits or Limits())
    return caught.value


def with_link(data: bytes, link: str) -> bytes:
    return replaced(data, ROOT_LINKS, b"</Relationships>", link.encode() + b"</Relationships>")


def with_content_type(data: bytes, content_type: str) -> bytes:
    entry = f'<Override PartName="/xl/extra" ContentType="{content_type}"/></Types>'
    return replaced(data, "[Content_Types].xml", b"</Types>", entry.encode())


def with_cell(cell: bytes) -> bytes:
    return replaced(GOOD, SHEET, b"</sheetData>", b'<row r="3">' + cell + b"</row></sheetData>")


def test_an_ordinary_workbook_passes():
    check_upload("danh sách.xlsx", GOOD)
    check_upload("DANH SACH.XLSX", GOOD)


def test_an_empty_file():
    assert refusal(b"").code == Code.EMPTY_FILE


def test_a_file_over_the_limit_tells_both_sizes():
    caught = refusal(GOOD, limits=Limits(file_bytes=100))
    assert caught.code == Code.FILE_TOO_LARGE
    assert caught.details == {"size": len(GOOD), "limit": 100}


@pytest.mark.parametrize("extension", [".xls", ".xlsm", ".xlsb", ".csv", ".ods", ""])
def test_other_formats_are_to_be_saved_as_xlsx(extension):
    caught = refusal(GOOD, name=f"danh sách{extension}")
    assert (caught.code, caught.details["extension"]) == (Code.SAVE_AS_XLSX, extension)


@pytest.mark.parametrize("content", [b"%PDF-1.7\n%...", b"STT,Ho ten\n1,An\n", b"\x00" * 50])
def test_another_file_renamed(content):
    assert refusal(content).code == Code.NOT_A_WORKBOOK


def test_another_zip_renamed():
    assert refusal(packed({"word/document.xml": b"<document/>"})).code == Code.NOT_A_WORKBOOK


def test_old_excel_renamed():
    caught = refusal(parts_ole(b"Workbook"))
    assert (caught.code, caught.details["extension"]) == (Code.SAVE_AS_XLSX, ".xls")


def test_a_workbook_with_a_password():
    assert refusal(parts_ole(b"EncryptedPackage")).code == Code.ENCRYPTED


def parts_ole(stream: bytes) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + stream.decode().encode("utf-16-le") + bytes(512)


def test_an_encrypted_zip():
    data = bytearray(GOOD)
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    assert refusal(bytes(data)).code == Code.ENCRYPTED


@pytest.mark.parametrize("length", [100, 1000, -30, -1])
def test_a_truncated_download(length):
    assert refusal(GOOD[:length]).code == Code.DAMAGED


def test_bytes_after_the_directory_or_a_comment_hide_another_directory():
    assert refusal(GOOD + b"PK").code == Code.DAMAGED


@pytest.mark.parametrize("comment", [0, 1])
def test_a_directory_that_is_not_there(comment):
    ending = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 46, 4, comment)
    assert refusal(b"PK\x03\x04" + bytes(60) + ending).code == Code.DAMAGED


def test_a_flipped_byte_in_a_part():
    data = bytearray(GOOD)
    data[data.index(SHEET.encode()) + len(SHEET) + 9] ^= 0xFF
    assert refusal(bytes(data)).code == Code.DAMAGED


def test_one_name_twice():
    parts = parts_of(GOOD)
    assert refusal(packed({**parts, SHEET.upper(): b"<worksheet/>"})).code == Code.DAMAGED


def test_an_unusual_compression(tmp_path):
    path = tmp_path / "lzma.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as package:
        package.writestr(SHEET, "<worksheet/>")
    assert refusal(path.read_bytes()).code == Code.DAMAGED


def test_too_many_parts():
    caught = refusal(packed({f"xl/{number}.xml": b"<a/>" for number in range(30)}), limits=Limits(parts=20))
    assert (caught.code, caught.details) == (Code.TOO_MANY_PARTS, {"count": 30, "limit": 20})


def test_a_zip_bomb_of_a_few_kilobytes():
    bomb = with_part(GOOD, "xl/media/picture.png", bytes(30 * 1024 * 1024))
    assert len(bomb) < 50_000
    assert refusal(bomb).code == Code.UNPACKS_TOO_LARGE


def test_a_bomb_spread_over_parts_that_are_small_each():
    bomb = packed({**parts_of(GOOD), **{f"xl/{n}.bin": bytes(60_000) for n in range(9)}})
    assert refusal(bomb, limits=SMALL).code == Code.UNPACKS_TOO_LARGE


def test_a_bomb_that_declares_a_small_size():
    bomb = bytearray(with_part(GOOD, "xl/media/picture.png", bytes(900_000)))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = bomb.rindex(signature)
        struct.pack_into("<L", bomb, at + offset, 10)
    assert refusal(bytes(bomb), limits=SMALL).code == Code.UNPACKS_TOO_LARGE
    assert refusal(bytes(bomb)).code == Code.DAMAGED


def test_a_far_away_cell_would_fill_the_memory():
    caught = refusal(with_cell(b'<c r="XFD1048576"><v>1</v></c>'))
    assert caught.code == Code.TOO_MANY_CELLS
    assert (caught.details["sheet"], caught.details["cell"]) == ("Lớp 6A1", "XFD1048576")


def test_a_far_away_cell_that_is_only_coloured_does_no_harm():
    check_upload("a.xlsx", with_cell(b'<c r="XFD1048576" s="0"/>'))


def test_one_long_string_shared_by_many_cells_would_fill_the_memory():
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 101))
    data = excel_like(["x" * 30_000], cells)
    check_upload("a.xlsx", data)
    assert refusal(data, limits=Limits(text=1_000_000)).code == Code.UNPACKS_TOO_LARGE


@pytest.mark.parametrize("index", ["1", "-1", "x"])
def test_a_shared_string_that_is_not_there(index):
    data = excel_like(["An"], f'<row r="1"><c r="A1" t="s"><v>{index}</v></c></row>')
    assert refusal(data).code == Code.DAMAGED


def test_too_many_tiny_elements(monkeypatch):
    monkeypatch.setattr(parts_module, "MOST_NOTES", 3)
    assert refusal(excel_like(["a", "b", "c", "d"], "")).code == Code.DAMAGED


def test_macros_by_part():
    caught = refusal(with_part(GOOD, "xl/vbaProject.bin", b"\x00"))
    assert (caught.code, caught.details["part"]) == (Code.MACROS, "xl/vbaProject.bin")


@pytest.mark.parametrize(
    ("content_type", "code"),
    [
        ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", Code.MACROS),
        ("application/vnd.ms-office.vbaProject", Code.MACROS),
        ("application/vnd.ms-excel.macrosheet+xml", Code.MACROS),
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", Code.SAVE_AS_XLSX),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml", Code.EXTERNAL_LINK),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.connections+xml", Code.EXTERNAL_LINK),
        ("application/vnd.openxmlformats-officedocument.oleObject", Code.EMBEDDED_OBJECT),
        ("application/vnd.ms-office.activeX+xml", Code.EMBEDDED_OBJECT),
    ],
)
def test_forbidden_content_types(content_type, code):
    assert refusal(with_content_type(GOOD, content_type)).code == code


def test_an_external_link():
    link = f'<Relationship Id="x" Type="{OFFICE}/image" Target="http://example.org/a" TargetMode="External"/>'
    assert refusal(with_link(GOOD, link)).code == Code.EXTERNAL_LINK


def test_a_link_to_another_workbook():
    link = f'<Relationship Id="x" Type="{OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/>'
    assert refusal(with_link(GOOD, link)).code == Code.EXTERNAL_LINK


def test_an_e_mail_address_that_excel_made_a_link_of_is_harmless():
    link = f'<Relationship Id="x" Type="{OFFICE}/hyperlink" Target="mailto:a@b.vn" TargetMode="External"/>'
    check_upload("a.xlsx", with_link(GOOD, link))


def test_a_formula_is_told_by_sheet_and_cell():
    caught = refusal(workbook([PUPIL_HEADER, [1, "An"], ["=A2+1", "Bình"], ["=A3+1"]], sheet="Toán"))
    assert (caught.code, caught.details) == (Code.FORMULA, {"sheet": "Toán", "cell": "A3"})


@pytest.mark.parametrize(
    ("cell", "where"),
    [
        (b'<c r="C3"><f>1+1</f><v>2</v></c>', "C3"),
        (b"<c><v>1</v></c><c><f>1+1</f></c>", "B3"),
        (b'<x:c xmlns:x="urn:x" r="C3"><x:f>1+1</x:f></x:c>', "C3"),
    ],
)
def test_formulas_however_written(cell, where):
    assert refusal(with_cell(cell)).details["cell"] == where


def test_a_formula_in_a_sheet_that_hides_behind_another_file_name():
    parts = parts_of(with_cell(b'<c r="C3"><f>1+1</f></c>'))
    parts["xl/media/logo.png"] = parts.pop(SHEET)
    links = parts["xl/_rels/workbook.xml.rels"].replace(b"/xl/worksheets/sheet1.xml", b"media/logo.png")
    assert refusal(packed({**parts, "xl/_rels/workbook.xml.rels": links})).code == Code.FORMULA


def test_the_choices_of_a_drop_down_list_are_no_formula():
    choices = b'<extLst><ext><f xmlns="urn:x">DM!$A$1:$A$2</f></ext></extLst></worksheet>'
    check_upload("a.xlsx", replaced(GOOD, SHEET, b"</worksheet>", choices))


def test_an_error_value_is_told_by_sheet_and_cell():
    caught = refusal(with_cell(b'<c r="D3" t="e"><v>#N/A</v></c>'))
    assert (caught.code, caught.details) == (Code.ERROR_CELL, {"sheet": "Lớp 6A1", "cell": "D3"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_entities(encoding):
    entity = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    caught = refusal(with_part(GOOD, "customXml/item1.xml", entity.encode(encoding)))
    assert (caught.code, caught.details["part"]) == (Code.DOCTYPE, "customXml/item1.xml")


@pytest.mark.parametrize(
    "cell", [b'<c r="3A"><v>1</v></c>', b'<c r="A0"><v>1</v></c>', b'<c r="ZZZ1"><v>1</v></c>', b"<c></d>"]
)
def test_nonsense_in_a_sheet(cell):
    assert refusal(with_cell(cell)).code == Code.DAMAGED


def test_untidy_notes_of_excel_are_forgiven():
    check_upload("a.xlsx", with_part(GOOD, "xl/drawings/vmlDrawing1.vml", b"<xml><br></xml>"))


def test_untidy_sheets_are_not():
    assert refusal(with_part(GOOD, "xl/drawings/a.vml", b"<worksheet><br></worksheet>")).code == Code.DAMAGED


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("xl/workbook.xml", lambda content: content.replace(b"rId1", b"rId9")),
        (SHEET, lambda content: b"<picture/>"),
        ("xl/_rels/workbook.xml.rels", lambda content: content.replace(b"rId2", b"rId1")),
        ("xl/_rels/workbook.xml.rels", lambda content: b"not XML"),
        ("xl/styles.xml", lambda content: parts_of(GOOD)["xl/workbook.xml"]),
    ],
)
def test_a_package_that_contradicts_itself(path, change):
    assert refusal(with_change(GOOD, path, change)).code == Code.DAMAGED
