"""Reads the list of staff: names, codes, posts and departments."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gradebook.spreadsheets.class_list import several
from gradebook.spreadsheets.duplicates import Duplicate, find_repeated
from gradebook.spreadsheets.header import Cell
from gradebook.spreadsheets.headings import Headings
from gradebook.spreadsheets.problems import BadValue, Code
from gradebook.spreadsheets.reading import Chosen, read_sheet
from gradebook.spreadsheets.rows import Reader, Result, read_rows
from gradebook.spreadsheets.text import plain
from gradebook.spreadsheets.values import name, text

STAFF_HEADINGS = Headings(
    aliases={
        "number": ["STT", "TT", "Số TT", "Số thứ tự"],
        "full_name": ["Họ và tên", "Họ tên", "Họ tên cán bộ", "Họ và tên giáo viên", "Họ tên giáo viên"],
        "staff_code": [
            "Mã cán bộ",
            "Mã định danh",
            "Mã định danh Bộ GD&ĐT",
            "Mã giáo viên",
            "Mã GV",
            "Mã CBGV",
        ],
        "username": ["Tên đăng nhập", "Tài khoản", "Tên tài khoản"],
        "birth_date": ["Ngày sinh", "Ngày, tháng, năm sinh"],
        "email": ["Email", "E-mail", "Thư điện tử", "Hộp thư"],
        "phone": ["Điện thoại", "Số điện thoại", "SĐT"],
        "posts": ["Chức vụ", "Chức danh", "Vai trò", "Vị trí việc làm"],
        "department": ["Tổ chuyên môn", "Tổ", "Tổ bộ môn", "Phòng ban"],
    },
    required=["full_name"],
    wide=frozenset({"full_name"}),
)

# Posts as lists write them -> roles of the portal; the first wording of each role is the one that is written.
POSTS = {
    "Hiệu trưởng": "principal",
    "Phó hiệu trưởng": "vice_principal",
    "Hiệu phó": "vice_principal",
    "Quản trị": "administrator",
    "Quản trị hệ thống": "administrator",
    "Quản trị mạng": "administrator",
    "Nhân viên CNTT": "administrator",
    "Văn thư": "clerk",
    "Nhân viên văn thư": "clerk",
    "Tổ trưởng": "department_head",
    "Tổ trưởng chuyên môn": "department_head",
    "TTCM": "department_head",
    "GVCN": "homeroom_teacher",
    "Giáo viên chủ nhiệm": "homeroom_teacher",
    "Giáo viên": "subject_teacher",
    "Giáo viên bộ môn": "subject_teacher",
    "GV": "subject_teacher",
    "GVBM": "subject_teacher",
    "Tổ phó": "subject_teacher",
    "Tổ phó chuyên môn": "subject_teacher",
    "TPCM": "subject_teacher",
}
_ROLES = {plain(post): role for post, role in POSTS.items()}
_OF_A_CLASS = re.compile(r" (?:lop )?(?:1[0-2]|[1-9])[a-z][\w./]*$")
_TEACHER = plain("Giáo viên")
USERNAME = re.compile(r"[\w.@+-]+")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class StaffRow:
    """One member of staff; `roles` are the portal's names of roles."""

    row_number: int
    full_name: str
    staff_code: str = ""
    username: str = ""
    email: str = ""
    roles: tuple[str, ...] = ()
    department: str = ""


def roles(value: Cell) -> tuple[str, ...] | None:
    """Posts, one or several. Raises BadValue: UNKNOWN_CHOICE."""
    return tuple(dict.fromkeys(map(_role, several(value)))) or None


def _role(post: str) -> str:
    """“GVCN 6A” leads a class; a teacher of whatever subject or grade (“Giáo viên THCS hạng III”) teaches."""
    written = _OF_A_CLASS.sub("", plain(post))
    if role := _ROLES.get(written):
        return role
    if written.startswith(f"{_TEACHER} "):
        return _ROLES[_TEACHER]
    raise BadValue(Code.UNKNOWN_CHOICE, value=post, choices=_official())


def email(value: Cell) -> str | None:
    """Raises BadValue: BAD_EMAIL."""
    written = text(value)
    if written is not None and not EMAIL.fullmatch(written):
        raise BadValue(Code.BAD_EMAIL, value=written)
    return written


def username(value: Cell) -> str | None:
    """Raises BadValue: BAD_USERNAME."""
    written = text(value)
    if written is not None and not USERNAME.fullmatch(written):
        raise BadValue(Code.BAD_USERNAME, value=written)
    return written


def read_staff_list(data: bytes, chosen: Chosen | None = None) -> Result[StaffRow]:
    """`data` has passed `safety.check_upload`. Raises UnreadableTable as `reading.read_sheet` does."""
    return read_rows(read_sheet(data, STAFF_HEADINGS, chosen=chosen), _build, _twice)


def _twice(rows: Sequence[StaffRow]) -> dict[int, Duplicate]:
    return find_repeated(rows, "username") | find_repeated(rows, "staff_code")


def _build(reader: Reader) -> StaffRow | None:
    if not any(reader.value(key) for key in ("full_name", "staff_code", "username", "email")):
        reader.refuse_row(Code.NOT_AN_ENTRY)
        return None
    parsers = {"staff_code": text, "username": username, "email": email, "department": text}
    values = {key: reader.parse(key, parser) or "" for key, parser in parsers.items()}
    full_name = reader.parse("full_name", name, required=True)
    held = reader.parse("posts", roles) or ()
    return None if reader.problems else StaffRow(reader.row.number, full_name, roles=held, **values)


def _official() -> list[str]:
    return list({role: post for post, role in reversed(POSTS.items())}.values())
