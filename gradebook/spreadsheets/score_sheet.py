"""Reads a score sheet (rules.md §6.1.3): which pupil, and what was typed in each column of marks.

Marks stay text: what is a valid mark depends on the subject, the year and the lock, and is decided where
marks are saved, by the same code that judges what is typed into the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gradebook.spreadsheets.identifiers import ministry_code, personal_number
from gradebook.spreadsheets.problems import Code, UnreadableTable
from gradebook.spreadsheets.reading import read_sheet
from gradebook.spreadsheets.rows import Reader, Result, read_rows
from gradebook.spreadsheets.score_columns import Layout, MarkKey
from gradebook.spreadsheets.values import class_name, day, name, text, typed


@dataclass(frozen=True)
class ScoreRow:
    """What one row says of one pupil.

    `marks` has every column of marks the sheet has, with what was typed: "7,5", "Đ", "" for a blank cell.
    """

    row_number: int
    full_name: str
    marks: Mapping[MarkKey, str]
    ministry_code: str | None = None
    school_code: str | None = None
    personal_number: str | None = None
    birth_date: date | None = None
    class_name: str | None = None


def read_score_sheet(data: bytes, layout: Layout, sheet: str | None = None) -> Result[ScoreRow]:
    """Read the sheet called `sheet`, or the first of this layout (`SECONDARY` or `PRIMARY`).

    `data` has passed `safety.check_upload`. Raises UnreadableTable: NO_MARK_COLUMN, or as
    `reading.read_sheet` does.
    """
    table = read_sheet(data, layout.headings, sheet)
    present = [key for key in layout.marks if key in table.positions]
    if not present:
        raise UnreadableTable(Code.NO_MARK_COLUMN, sheet=table.name)
    return read_rows(table, lambda reader: _build(reader, present))


def _build(reader: Reader, present: list[MarkKey]) -> ScoreRow | None:
    if not any(reader.value(key) for key in ("ministry_code", "school_code", "personal_number", "full_name")):
        reader.refuse_row(Code.NOT_A_PUPIL)
        return None
    row = ScoreRow(
        row_number=reader.row.number,
        full_name=reader.parse("full_name", name, required=True) or "",
        marks={key: reader.parse(key, typed) or "" for key in present},
        ministry_code=reader.parse("ministry_code", ministry_code),
        school_code=reader.parse("school_code", text),
        personal_number=reader.parse("personal_number", personal_number),
        birth_date=reader.parse("birth_date", day),
        class_name=reader.parse("class_name", class_name),
    )
    if not reader.problems and not any(
        (row.ministry_code, row.school_code, row.personal_number, row.birth_date)
    ):
        reader.refuse_row(Code.NO_IDENTITY)
    return row
