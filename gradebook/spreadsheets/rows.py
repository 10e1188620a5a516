"""What the two readers of tables share: cells to values, each source row to exactly one fate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Protocol, TypeVar

from gradebook.spreadsheets.duplicates import Duplicate, find_duplicates
from gradebook.spreadsheets.header import Cell
from gradebook.spreadsheets.headings import Key
from gradebook.spreadsheets.problems import BadValue, Code, ColumnProblem, RowProblem
from gradebook.spreadsheets.reading import Row, Sheet
from gradebook.spreadsheets.text import clean


class Numbered(Protocol):
    """A row that says where in the file it stands."""

    @property
    def row_number(self) -> int: ...


R = TypeVar("R", bound=Numbered)
Parser = Callable[[Cell], Any]
WHO: Sequence[Key] = ("full_name", "teacher", "class_name")
"""The columns that say whose the row is, the first that the table has."""


@dataclass(frozen=True)
class Result(Generic[R]):
    """The rows of one table: good, refused and blank ones, which together are all the rows below the header.

    `rows` are good, in the order of the file. `problems` say why rows were refused, several to a row at
    times; `blank` are the numbers of the rows with nothing but a running number. `unknown_columns` were not
    read.
    """

    sheet: str
    header_row: int
    rows: Sequence[R]
    problems: Sequence[RowProblem]
    blank: Sequence[int]
    unknown_columns: Sequence[ColumnProblem]
    other_sheets: Sequence[str]

    @property
    def refused(self) -> list[int]:
        """The numbers of the refused rows."""
        return sorted({problem.row_number for problem in self.problems})

    @property
    def counted(self) -> int:
        """How many rows the file has below the header."""
        return len(self.rows) + len(self.refused) + len(self.blank)


@dataclass
class Reader:
    """Reads the cells of one row by their keys, and collects what is wrong with them."""

    sheet: Sheet
    row: Row
    problems: list[RowProblem] = field(default_factory=list)

    def value(self, key: Key) -> Cell:
        """The raw value; None also when the table has no such column."""
        position = self.sheet.positions.get(key)
        return None if position is None else self.row.values[position]

    def parse(self, key: Key, parser: Parser, *, required: bool = False) -> Any:
        """The parsed value; None, and a problem noted, when the cell is refused or is blank but required."""
        if not required and key not in self.sheet.positions:
            return None
        try:
            value = parser(self.value(key))
        except BadValue as refusal:
            self.refuse(key, refusal.code, **refusal.details)
            return None
        if value is None and required:
            self.refuse(key, Code.MISSING_VALUE)
        return value

    def refuse(self, key: Key, code: Code, **details: object) -> None:
        """Note a problem with one cell; the table has this column, for nothing else can be wrong."""
        column = self.sheet.columns[self.sheet.positions[key]]
        cell = f"{column.letter}{self.row.number}"
        self._note(column.heading, code, {"cell": cell, **details})

    def refuse_row(self, code: Code, **details: object) -> None:
        self._note(None, code, details)

    @property
    def who(self) -> str:
        key = next((key for key in WHO if key in self.sheet.positions), None)
        name = self.value(key) if key and self.row.values else None
        return clean(name) if isinstance(name, str) else ""

    def _note(self, column: str | None, code: Code, details: dict[str, object]) -> None:
        self.problems.append(RowProblem(self.row.number, column, code, details, self.who))


def read_rows(
    sheet: Sheet,
    build: Callable[[Reader], R | None],
    find_twice: Callable[[Sequence[Any]], dict[int, Duplicate]] = find_duplicates,
) -> Result[R]:
    """Give every row its fate. `build` makes a good row, or notes problems on the reader; `find_twice` names
    the rows that mean the same thing.

    The column of running numbers counts for nothing: templates fill it in beyond the last pupil.
    """
    ignored = sheet.positions.get("number")
    rows: list[R] = []
    whose: dict[int, str] = {}
    problems: list[RowProblem] = []
    blank: list[int] = []
    for row in sheet.rows:
        if all(value is None for place, value in enumerate(row.values) if place != ignored):
            blank.append(row.number)
            continue
        reader = Reader(sheet, row)
        built = build(reader)
        if reader.problems or built is None:
            problems += reader.problems
        else:
            rows.append(built)
            whose[row.number] = reader.who
    twice = find_twice(rows)
    for number, duplicate in twice.items():
        reader = Reader(sheet, Row(number, ()))
        reader.refuse(duplicate.field, Code.DUPLICATE, value=duplicate.value, other_row=duplicate.other_row)
        problems += [replace(problem, who=whose[number]) for problem in reader.problems]
    return Result(
        sheet=sheet.name,
        header_row=sheet.header_row,
        rows=[row for row in rows if row.row_number not in twice],
        problems=sorted(problems, key=lambda problem: problem.row_number),
        blank=blank,
        unknown_columns=sheet.unknown,
        other_sheets=sheet.other_sheets,
    )
