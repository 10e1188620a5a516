"""Results of another school on one sheet: a row for each subject and semester, or for the year.

The portal writes the same shape into the transfer file of a pupil who leaves, so that the next school reads it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gradebook.spreadsheets.header import Cell
from gradebook.spreadsheets.headings import Headings, Key
from gradebook.spreadsheets.problems import BadValue, Code
from gradebook.spreadsheets.reading import read_sheet
from gradebook.spreadsheets.rows import Reader, Result, read_rows
from gradebook.spreadsheets.text import plain
from gradebook.spreadsheets.values import text, typed
from gradebook.spreadsheets.writing import write_table

MOST_REGULAR = 10
SEMESTERS = {"I": 1, "II": 2, "Cả năm": 0}
_SEMESTERS = {
    **dict.fromkeys(
        ["1", "i", "hk1", "hki", "hk 1", "hk i", "hoc ki 1", "hoc ki i", "hoc ky i", "hoc ky 1"], 1
    ),
    **dict.fromkeys(
        ["2", "ii", "hk2", "hkii", "hk 2", "hk ii", "hoc ki 2", "hoc ki ii", "hoc ky ii", "hoc ky 2"], 2
    ),
    **dict.fromkeys(["0", "cn", "ca nam", "nam", "nam hoc"], 0),
}
_NUMBERED: dict[Key, Sequence[str]] = {
    ("regular", number): [f"TX {number}", f"TX{number}", f"ĐĐGtx {number}", f"ĐĐGtx{number}"]
    for number in range(1, MOST_REGULAR + 1)
}
HEADINGS = Headings(
    {
        "number": ["STT", "TT", "Số TT"],
        "semester": ["Học kì", "HK", "Kì"],
        "subject": ["Môn học", "Môn", "Tên môn", "Môn học, hoạt động giáo dục"],
        "regular": ["Thường xuyên", "ĐĐGtx", "Điểm thường xuyên", "Đánh giá thường xuyên", "TX"],
        **_NUMBERED,
        "midterm": ["Giữa kì", "ĐĐGgk", "GK", "Điểm giữa kì"],
        "final": ["Cuối kì", "ĐĐGck", "CK", "Điểm cuối kì"],
        "result": ["ĐTB/Mức", "ĐTB", "Điểm trung bình", "TBM", "Mức", "Mức đạt được", "Kết quả"],
        "comment": ["Nhận xét"],
    },
    required=["semester", "subject"],
)
COLUMNS = ("semester", "subject", "regular", "midterm", "final", "result", "comment")


@dataclass(frozen=True)
class EarlierRow:
    """What one row says of one subject. It is about no pupil: the page says whose results they are."""

    row_number: int
    semester: int
    subject: str
    regular: str = ""
    midterm: str = ""
    final: str = ""
    result: str = ""
    comment: str = ""

    ministry_code: str | None = None
    personal_number: str | None = None
    birth_date: date | None = None

    @property
    def full_name(self) -> str:
        return self.subject


def read_earlier_results(data: bytes) -> Result[EarlierRow]:
    """`data` has passed `safety.check_upload`. Raises UnreadableTable as `reading.read_sheet` does."""
    return read_rows(read_sheet(data, HEADINGS), _build)


def write_earlier_results(rows: Iterable[EarlierRow], title: str) -> bytes:
    """The empty template, or what the records say of a pupil."""
    names = {number: name for name, number in SEMESTERS.items()}
    headings = [HEADINGS.official(key) for key in ("number", *COLUMNS)]
    lines = (("", names[row.semester], *(getattr(row, name) for name in COLUMNS[1:])) for row in rows)
    return write_table(headings, lines, [title], "Kết quả")


def semester(value: Cell) -> int | None:
    """I, II or the year (0), however it is written. Raises BadValue: BAD_SEMESTER."""
    written = text(value)
    if written is None:
        return None
    if plain(written) not in _SEMESTERS:
        raise BadValue(Code.BAD_SEMESTER, value=written)
    return _SEMESTERS[plain(written)]


def _build(reader: Reader) -> EarlierRow | None:
    number = reader.parse("semester", semester, required=True)
    subject = reader.parse("subject", text, required=True)
    regular = [reader.parse(key, typed) for key in ("regular", *_NUMBERED)]
    midterm, final, result, comment = (reader.parse(name, typed) or "" for name in COLUMNS[3:])
    if reader.problems:
        return None
    marks = " ".join(filter(None, regular))
    return EarlierRow(reader.row.number, number, subject, marks, midterm, final, result, comment)
