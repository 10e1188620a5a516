"""Reads the list of a year's classes: name, grade, homeroom teacher, and what grades 10 to 12 have chosen."""

import re
from dataclasses import dataclass
from functools import partial

from gradebook.spreadsheets.duplicates import find_repeated
from gradebook.spreadsheets.header import Cell
from gradebook.spreadsheets.headings import Headings
from gradebook.spreadsheets.problems import Code
from gradebook.spreadsheets.reading import Chosen, read_sheet
from gradebook.spreadsheets.rows import Reader, Result, read_rows
from gradebook.spreadsheets.values import class_name, grade, text

SEVERAL = re.compile(r"\s*[,;\n+]\s*")

CLASS_HEADINGS = Headings(
    aliases={
        "number": ["STT", "TT", "Số TT", "Số thứ tự"],
        "class_name": ["Tên lớp", "Lớp", "Lớp học"],
        "grade": ["Khối", "Khối học", "Khối lớp"],
        "teacher": ["GVCN", "Giáo viên chủ nhiệm", "Chủ nhiệm", "Họ tên GVCN", "Tên GVCN"],
        "teacher_code": ["Mã GVCN", "Mã cán bộ GVCN", "Mã giáo viên chủ nhiệm"],
        "chosen": ["Môn lựa chọn", "Môn tự chọn", "Môn học lựa chọn", "Các môn lựa chọn"],
        "thematic": ["Chuyên đề", "Chuyên đề học tập", "Cụm chuyên đề"],
    },
    required=["class_name", "grade"],
)


@dataclass(frozen=True)
class ClassRow:
    """One class; `teacher` names the homeroom teacher by code, user name or full name."""

    row_number: int
    class_name: str
    grade: int
    teacher: str | None = None
    chosen: tuple[str, ...] = ()
    thematic: tuple[str, ...] = ()


def several(value: Cell) -> tuple[str, ...]:
    """The parts of a cell that lists things: "6A, 6B; 6C" or one a line."""
    return tuple(part for part in SEVERAL.split(text(value) or "") if part)


def read_class_list(data: bytes, chosen: Chosen | None = None) -> Result[ClassRow]:
    """`data` has passed `safety.check_upload`. Raises UnreadableTable as `reading.read_sheet` does."""
    sheet = read_sheet(data, CLASS_HEADINGS, chosen=chosen)
    return read_rows(sheet, _build, partial(find_repeated, field="class_name"))


def _build(reader: Reader) -> ClassRow | None:
    if not any(reader.value(key) for key in ("grade", "teacher", "chosen")):
        reader.refuse_row(Code.NOT_AN_ENTRY)
        return None
    name = reader.parse("class_name", class_name, required=True)
    number = reader.parse("grade", grade, required=True)
    code, teacher = reader.parse("teacher_code", text), reader.parse("teacher", text)
    listed = {key: reader.parse(key, several) or () for key in ("chosen", "thematic")}
    if reader.problems:
        return None
    return ClassRow(reader.row.number, name, number, code or teacher, **listed)
