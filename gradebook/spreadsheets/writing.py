"""Builds workbooks in the shapes that `pupil_list` and `score_sheet` read: templates, exports, test files.

Every cell but the running number is text in the format "@", so that Excel keeps leading zeros and the decimal
comma. Text that begins like a formula is stored as text with Excel's own mark for it (quotePrefix), which
keeps what was written: comments often begin with a dash. Source: OWASP, CSV Injection.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from gradebook.spreadsheets.choices import BOARDINGS, POLICY_GROUPS, Words, word
from gradebook.spreadsheets.ethnicities import ETHNICITIES
from gradebook.spreadsheets.headings import Headings, Key
from gradebook.spreadsheets.pupil_columns import PUPIL_HEADINGS
from gradebook.spreadsheets.pupil_list import STATUSES, PupilRow, Status
from gradebook.spreadsheets.score_columns import Layout
from gradebook.spreadsheets.score_sheet import ScoreRow
from gradebook.spreadsheets.text import clean
from gradebook.spreadsheets.values import Sex

FORMULA_STARTS = ("=", "+", "-", "@")
WIDE, NARROW, TIGHT = 26, 12, 6
GUIDE_HEADINGS = ("Cột", "Cách ghi", "Ví dụ")
SEX_WORDS = {Sex.MALE: "Nam", Sex.FEMALE: "Nữ"}
STATUS_WORDS = {status: wording for wording, status in reversed(STATUSES.items())}
CHOICES: Mapping[Key, Words] = {"policy_group": POLICY_GROUPS, "boarding": BOARDINGS}
SCORE_IDENTITY: Sequence[Key] = ["number", "class_name", "ministry_code", "full_name", "birth_date"]


def write_pupil_list(rows: Iterable[PupilRow], titles: Sequence[str], sheet: str = "DSHS") -> bytes:
    """An .xlsx file of the ministry's list; the header is on the fourth row when there are two titles."""
    keys = list(PUPIL_HEADINGS.aliases)
    lines = ([_pupil_text(row, key) for key in keys] for row in rows)
    return _workbook(keys, PUPIL_HEADINGS, lines, titles, sheet)


def write_score_sheet(
    rows: Iterable[ScoreRow],
    layout: Layout,
    titles: Sequence[str],
    *,
    sheet: str = "Bảng điểm",
    regular: int = 4,
) -> bytes:
    """An .xlsx file of a score sheet of this layout, with so many columns of regular marks."""
    marks = [key for key in layout.marks if key[0] != "regular" or int(key[1]) <= regular]
    keys = [*SCORE_IDENTITY, *marks]
    lines = ([_score_text(row, key) for key in keys] for row in rows)
    return _workbook(keys, layout.headings, lines, titles, sheet)


def _pupil_text(row: PupilRow, key: Key) -> str:
    value = getattr(row, str(key), None)
    if isinstance(value, Sex):
        return SEX_WORDS[value]
    if isinstance(value, Status):
        return STATUS_WORDS[value]
    if isinstance(value, bool):
        return "x" if value else "Không"
    if key in CHOICES and value:
        return word(value, CHOICES[key])
    return ETHNICITIES[row.ethnicity][0] if key == "ethnicity" and row.ethnicity else _text(value)


def _score_text(row: ScoreRow, key: Key) -> str:
    return row.marks.get(key, "") if isinstance(key, tuple) else _text(getattr(row, key, None))


def _text(value: object) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def write_list(
    headings: Headings,
    lines: Iterable[Sequence[str]],
    titles: Sequence[str],
    sheet: str,
    guide: Mapping[Key, tuple[str, str]],
) -> bytes:
    """An .xlsx file of a list with all its columns, and a sheet that says how to fill each: heading, how, example."""
    workbook = Workbook()
    official = [headings.official(key) for key in headings.aliases]
    _fill(workbook.active, official, lines, titles, sheet)
    rows = [[headings.official(key), *texts] for key, texts in guide.items()]
    _fill(workbook.create_sheet(), GUIDE_HEADINGS, rows, [], "Hướng dẫn")
    workbook.worksheets[1].column_dimensions["B"].width = 2 * WIDE
    return saved(workbook)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of a workbook. A first column “STT” holds the running number where a line says none.

    An `int` is written as a number that can be added up; everything else as text.
    """

    sheet: str
    headings: Sequence[str]
    lines: Iterable[Sequence[str | int]]
    titles: Sequence[str] = ()
    tight: frozenset[str] = frozenset()
    """Headings of columns that hold a letter or two."""


def write_table(
    headings: Sequence[str], lines: Iterable[Sequence[str]], titles: Sequence[str], sheet: str
) -> bytes:
    """An .xlsx file of one table."""
    return write_tables(Table(sheet, headings, lines, titles))


def write_tables(*tables: Table) -> bytes:
    """An .xlsx file with a sheet for each table."""
    workbook = Workbook()
    pages = [workbook.active, *(workbook.create_sheet() for _ in tables[1:])]
    for page, table in zip(pages, tables, strict=True):
        _fill(page, table.headings, table.lines, table.titles, table.sheet)
        for column, heading in enumerate(table.headings, start=1):
            if heading in table.tight:
                page.column_dimensions[get_column_letter(column)].width = TIGHT
    return saved(workbook)


def _workbook(
    keys: Sequence[Key], headings: Headings, lines: Iterable[Sequence[str]], titles: Sequence[str], sheet: str
) -> bytes:
    return write_table([headings.official(key) for key in keys], _numbered(lines), titles, sheet)


def _numbered(lines: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """With the running number, the only cell that is a number, in the first column."""
    for number, line in enumerate(lines, start=1):
        yield [str(number), *line[1:]]


def _fill(
    page: Any,
    headings: Sequence[str],
    lines: Iterable[Sequence[str | int]],
    titles: Sequence[str],
    sheet: str,
) -> None:
    page.title = sheet
    for row, title in enumerate(titles, start=1):
        write_text(page.cell(row, 1), title).font = Font(bold=True)
    header = len(titles) + 2 if titles else 1
    for column, heading in enumerate(headings, start=1):
        cell = write_text(page.cell(header, column), heading)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, horizontal="center")
        page.column_dimensions[get_column_letter(column)].width = NARROW if heading == "STT" else WIDE
    numbered = bool(headings) and headings[0] == "STT"
    for number, line in enumerate(lines, start=1):
        for column, value in enumerate(line, start=1):
            if isinstance(value, int):
                page.cell(header + number, column, value)
            elif numbered and column == 1:
                page.cell(header + number, 1, int(value) if value.isdigit() else number)
            else:
                write_text(page.cell(header + number, column), value)
    page.freeze_panes = page.cell(header + 1, 1)


def write_text(cell: Any, value: str) -> Any:
    cell.number_format = "@"
    value = clean(value)
    if value:
        cell.value = value
        cell.data_type = "s"
        if value.startswith(FORMULA_STARTS):
            cell.quotePrefix = True
    return cell


def saved(workbook: Any) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()
