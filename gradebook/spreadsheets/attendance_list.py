"""Reads absences in the two shapes that schools have.

Month: a row for each pupil and a column for each day, with P, K and M (rules.md §2.12.4). List: a row for each absence,
as contact applications export it: name, class, date, session, kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gradebook.spreadsheets.duplicates import Duplicate
from gradebook.spreadsheets.header import Cell
from gradebook.spreadsheets.headings import Headings, Key
from gradebook.spreadsheets.identifiers import ministry_code
from gradebook.spreadsheets.problems import BadValue, Code, UnreadableTable
from gradebook.spreadsheets.reading import Sheet, read_sheet
from gradebook.spreadsheets.rows import Reader, Result, read_rows
from gradebook.spreadsheets.text import plain
from gradebook.spreadsheets.values import class_name, day, name, text

MORNING, AFTERNOON = "morning", "afternoon"
HALF_WORDS = {"sang": MORNING, "buoi sang": MORNING, "s": MORNING} | dict.fromkeys(
    ("chieu", "buoi chieu", "c"), AFTERNOON
)
WHOLE_DAY = ("ca ngay", "2 buoi", "hai buoi", "sang chieu")
LETTERS = {
    **dict.fromkeys(("p", "cp", "co phep", "vang co phep", "nghi co phep", "phep"), "P"),
    **dict.fromkeys(("k", "kp", "khong phep", "vang khong phep", "nghi khong phep"), "K"),
    **dict.fromkeys(("m", "muon", "di muon", "tre", "di tre", "den muon"), "M"),
}
KIND_WORDS = ("P", "K", "M", "có phép", "không phép", "đi muộn")
_WHO: dict[Key, Sequence[str]] = {
    "number": ["STT", "TT", "Số TT", "Số thứ tự"],
    "full_name": ["Họ và tên", "Họ tên", "Họ và tên học sinh", "Họ tên học sinh", "Tên học sinh", "Học sinh"],
    "ministry_code": ["Mã định danh Bộ GD&ĐT", "Mã định danh", "Mã học sinh", "Mã HS", "Mã định danh Bộ"],
    "class_name": ["Lớp", "Tên lớp", "Lớp học"],
}
# Totals stand beside the days; the portal counts for itself.
_TOTALS: dict[Key, Sequence[str]] = {
    "excused": ["P", "Có phép", "Tổng số Có phép", "Có phép (P)"],
    "unexcused": ["K", "Không phép", "Tổng số Không phép", "Không phép (K)"],
    "late": ["M", "Muộn", "Đi muộn"],
    "total": ["Tổng số", "Tổng", "Cộng"],
}
LIST_HEADINGS = Headings(
    aliases={
        **_WHO,
        "day": ["Ngày nghỉ", "Ngày", "Ngày vắng", "Ngày điểm danh"],
        "half_day": ["Buổi", "Buổi nghỉ", "Buổi học", "Buổi vắng"],
        "kind": ["Loại nghỉ", "Hình thức", "Trạng thái", "Loại", "Phép", "Loại vắng", "Hình thức nghỉ"],
        "note": ["Lý do", "Ghi chú", "Lý do nghỉ"],
    },
    required=["full_name", "day", "kind"],
)


def _day_aliases(number: int) -> dict[Key, Sequence[str]]:
    found: dict[Key, Sequence[str]] = {
        ("day", number): [
            f"{before}{text}"
            for text in dict.fromkeys((f"{number}", f"{number:02}"))
            for before in ("", "Ngày ", "Ngày trong tháng ")
        ]
    }
    for half, words in ((MORNING, ("sáng", "S")), (AFTERNOON, ("chiều", "C"))):
        found["day", number, half] = [f"{form} {word}" for form in found["day", number] for word in words]
    return found


MONTH_HEADINGS = Headings(
    aliases={**_WHO, **_TOTALS, **{k: v for number in range(1, 32) for k, v in _day_aliases(number).items()}},
    required=["full_name"],
)


@dataclass(frozen=True)
class AbsenceRow:
    """One absence. `half_day`: None where the file says none, "" for the whole day.

    `day_number` is the day of a month's sheet, which does not name the month.
    """

    row_number: int
    full_name: str
    ministry_code: str | None
    class_name: str | None
    number: str
    letter: str
    day: date | None = None
    day_number: int = 0
    half_day: str | None = None
    note: str = ""


@dataclass(frozen=True)
class _Several:
    row_number: int
    parts: Sequence[AbsenceRow]


def read_absences(data: bytes) -> Result[AbsenceRow]:
    """`data` has passed `safety.check_upload`. Raises UnreadableTable as `reading.read_sheet` does."""
    try:
        sheet = read_sheet(data, LIST_HEADINGS)
    except UnreadableTable as problem:
        if problem.code not in {Code.NO_HEADER, Code.MISSING_COLUMNS, Code.REPEATED_COLUMN}:
            raise
        return _single(read_rows(_month(data), _build_month, _nothing))
    return _single(read_rows(sheet, _build_list, _nothing))


def _month(data: bytes) -> Sheet:
    sheet = read_sheet(data, MONTH_HEADINGS)
    if not any(isinstance(key, tuple) for key in sheet.positions):
        columns = [LIST_HEADINGS.official(key) for key in LIST_HEADINGS.required]
        raise UnreadableTable(Code.NO_HEADER, columns=columns)
    return sheet


def _nothing(rows: Sequence[_Several]) -> dict[int, Duplicate]:
    """A pupil has many absences; the same half-day twice is told where the pupils are known."""
    return {}


def _single(result: Result[_Several]) -> Result[AbsenceRow]:
    parts = [part for row in result.rows for part in row.parts]
    return replace(result, rows=parts)  # type: ignore[return-value, arg-type]


def _build_list(reader: Reader) -> _Several | None:
    row = _who(reader)
    if row is None:
        return None
    on, half = reader.parse("day", day, required=True), reader.parse("half_day", _half)
    letter, note = reader.parse("kind", _letter, required=True), reader.parse("note", text)
    if reader.problems:
        return None
    part = replace(row, day=on, half_day=half, letter=letter, note=note or "")
    return _Several(reader.row.number, [part])


def _build_month(reader: Reader) -> _Several | None:
    row = _who(reader)
    if row is None:
        return None
    parts = []
    for key in reader.sheet.positions:
        if isinstance(key, tuple) and (letter := reader.parse(key, _letter)):
            half = str(key[2]) if len(key) > 2 else None
            parts.append(replace(row, day_number=int(key[1]), half_day=half, letter=letter))
    return _Several(reader.row.number, parts)


def _who(reader: Reader) -> AbsenceRow | None:
    if not any(reader.value(key) for key in ("full_name", "ministry_code")):
        reader.refuse_row(Code.NOT_A_PUPIL)
        return None
    return AbsenceRow(
        row_number=reader.row.number,
        full_name=reader.parse("full_name", name, required=True) or "",
        ministry_code=reader.parse("ministry_code", ministry_code),
        class_name=reader.parse("class_name", class_name),
        number=reader.parse("number", text) or "",
        letter="",
    )


def _letter(value: Cell) -> str | None:
    """P, K or M. Raises BadValue: UNKNOWN_CHOICE."""
    written = text(value)
    if written is None:
        return None
    try:
        return LETTERS[plain(written)]
    except KeyError:
        raise BadValue(Code.UNKNOWN_CHOICE, value=written, choices=KIND_WORDS) from None


def _half(value: Cell) -> str | None:
    """Morning, afternoon or "" for the whole day. Raises BadValue: UNKNOWN_CHOICE."""
    written = text(value)
    if written is None:
        return None
    if plain(written) in WHOLE_DAY:
        return ""
    try:
        return HALF_WORDS[plain(written)]
    except KeyError:
        raise BadValue(Code.UNKNOWN_CHOICE, value=written, choices=("sáng", "chiều", "cả ngày")) from None
