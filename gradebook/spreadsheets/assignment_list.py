"""Reads who teaches what, in the two shapes that timetable officers use.

Long: a row for each teacher, subject and class. Matrix: a column for each subject, and a row for each class (cells
name teachers) or for each teacher (cells list classes, "6A, 6B").
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gradebook.class_names import spelled_out
from gradebook.spreadsheets.class_list import several
from gradebook.spreadsheets.duplicates import Duplicate
from gradebook.spreadsheets.headings import Headings, Key
from gradebook.spreadsheets.problems import Code, UnreadableTable
from gradebook.spreadsheets.reading import Chosen, Sheet, read_sheet
from gradebook.spreadsheets.rows import Reader, Result, read_rows
from gradebook.spreadsheets.subject_names import Vocabulary
from gradebook.spreadsheets.values import class_name, text

_NUMBER = ["STT", "TT", "Số TT", "Số thứ tự"]
_TEACHER = ["Giáo viên", "Họ tên giáo viên", "Họ và tên giáo viên", "GV", "Họ tên", "Họ và tên", "GVBM"]
_CODE = ["Mã cán bộ", "Mã giáo viên", "Mã GV", "Mã định danh giáo viên"]
_CLASS = ["Lớp", "Tên lớp", "Lớp dạy", "Lớp học"]

ASSIGNMENT_HEADINGS = Headings(
    aliases={
        "number": _NUMBER,
        "teacher": _TEACHER,
        "teacher_code": _CODE,
        "subject": ["Môn", "Môn học", "Môn dạy"],
        "class_name": _CLASS,
        "strand": ["Phân môn", "Mạch nội dung"],
    },
    required=["teacher", "subject", "class_name"],
)


@dataclass(frozen=True)
class AssignmentRow:
    """One teacher for one subject, or a strand of it, in one class; all as the file writes them."""

    row_number: int
    teacher: str
    subject: str
    class_name: str
    strand: str = ""
    column: str = ""

    @property
    def item(self) -> str:
        """Which of the several things that one row says."""
        return " ".join(part for part in (self.subject, self.strand, self.class_name, self.teacher) if part)


@dataclass(frozen=True)
class _Several:
    """What one row of the file says."""

    row_number: int
    parts: Sequence[AssignmentRow]


def read_assignments(
    data: bytes, vocabulary: Vocabulary, chosen: Chosen | None = None
) -> Result[AssignmentRow]:
    """`data` has passed `safety.check_upload`. Raises UnreadableTable as `reading.read_sheet` does."""
    try:
        sheet = read_sheet(data, ASSIGNMENT_HEADINGS, chosen=chosen)
    except UnreadableTable as problem:
        if chosen is not None or problem.code not in {Code.NO_HEADER, Code.MISSING_COLUMNS}:
            raise
        matrix = _matrix(data, vocabulary)
        if matrix is None:
            raise
        return _single(read_rows(matrix, _build_matrix, _nothing))
    return _single(read_rows(sheet, _build_long, _nothing))


def _matrix(data: bytes, vocabulary: Vocabulary) -> Sheet | None:
    """The table whose columns are subjects, when there is one with classes or teachers at its side."""
    aliases: dict[Key, Sequence[str]] = {"number": _NUMBER, "teacher": _TEACHER, "class_name": _CLASS}
    try:
        sheet = read_sheet(data, Headings(aliases | {**vocabulary.aliases()}, required=[]))
    except UnreadableTable:
        return None
    sides = [key for key in ("teacher", "class_name") if key in sheet.positions]
    return sheet if len(sides) == 1 and any(isinstance(key, tuple) for key in sheet.positions) else None


def _nothing(rows: Sequence[_Several]) -> dict[int, Duplicate]:
    """One person stands in many rows; what is given twice is told where the records are known."""
    return {}


def _single(result: Result[_Several]) -> Result[AssignmentRow]:
    parts = [part for row in result.rows for part in row.parts]
    return replace(result, rows=parts)  # type: ignore[return-value, arg-type]


def _build_long(reader: Reader) -> _Several | None:
    if not any(reader.value(key) for key in ("subject", "class_name")):
        reader.refuse_row(Code.NOT_AN_ENTRY)
        return None
    code = reader.parse("teacher_code", text)
    teacher = code or reader.parse("teacher", text, required=True)
    subject = reader.parse("subject", text, required=True)
    reader.parse("class_name", class_name)
    classes = reader.parse("class_name", several) if not reader.problems else ()
    if not classes and not reader.problems:
        reader.refuse("class_name", Code.MISSING_VALUE)
    strand = reader.parse("strand", text) or ""
    if reader.problems:
        return None
    number = reader.row.number
    names = [name for written in classes for name in spelled_out(written)]
    return _Several(number, [AssignmentRow(number, teacher, subject, name, strand) for name in names])


def _build_matrix(reader: Reader) -> _Several | None:
    side = "teacher" if "teacher" in reader.sheet.positions else "class_name"
    subjects = {key: place for key, place in reader.sheet.positions.items() if isinstance(key, tuple)}
    if not any(reader.value(key) for key in subjects):
        reader.refuse_row(Code.NOT_AN_ENTRY)
        return None
    row = reader.parse(side, class_name if side == "class_name" else text, required=True)
    parts = [part for key in subjects for part in _cell(reader, key, side, row)]
    return None if reader.problems else _Several(reader.row.number, parts)


def _cell(reader: Reader, key: Key, side: str, row: str) -> Iterator[AssignmentRow]:
    heading = reader.sheet.columns[reader.sheet.positions[key]].heading
    if side == "teacher":
        reader.parse(key, class_name)
    for name in reader.parse(key, several) or ():
        if side == "class_name":
            yield AssignmentRow(reader.row.number, name, heading, row, column=heading)
        else:
            for school_class in spelled_out(name):
                yield AssignmentRow(reader.row.number, row, heading, school_class, column=heading)
