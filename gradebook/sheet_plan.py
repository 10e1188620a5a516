"""What a sheet that was downloaded, filled in outside the portal and handed in again asks for. Reads only.

A row is the pupil of its hidden code, provided that the name beside it agrees; a cell that says what it said at the
download asks for nothing, whatever stands in the portal by now; a cell that was emptied is a question.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from gradebook.entries import entry_of
from gradebook.import_rows import Reason, RefusedRow, Source, same_name
from gradebook.mark_plan import MarkPlan, Wish
from gradebook.models import Column, Course, Enrolment, Mark, Student
from gradebook.sheet import Cell as SeenCell
from gradebook.sheet_headings import Heading, headings_of
from gradebook.sheet_identity import Identity
from gradebook.spreadsheets.coded import NAME, CodedRow, CodedTable
from gradebook.spreadsheets.header import Cell
from gradebook.spreadsheets.problems import BadValue, Code
from gradebook.spreadsheets.text import clean
from gradebook.spreadsheets.values import SERIAL_ZERO, typed

FIRST_SERIAL, LAST_SERIAL = 36_526, 73_050
"""The serial numbers that Excel gives to the days from 2000 to 2099."""


def plan_sheet(table: CodedTable, identity: Identity, course: Course, semester: int) -> MarkPlan:
    """`course` has its class loaded. Statements stay constant in the rows."""
    reader = _Reader.of(table, identity, course, semester)
    twice = {code for code, times in Counter(row.code for row in table.rows).items() if code and times > 1}
    plan = MarkPlan(reader.source(table), absent=reader.absent(table, identity))
    for row in table.rows:
        found = reader.pupil(row, twice)
        if isinstance(found, RefusedRow):
            plan.refused.append(found)
            continue
        plan.matched[row.number] = found
        for wish in reader.wishes(row, found):
            if isinstance(wish, RefusedRow):
                plan.refused_cells.append(wish)
            elif wish.typed:
                plan.wishes.append(wish)
            elif wish.is_asked:
                plan.emptied.append(wish)
    return plan


@dataclass(frozen=True, slots=True)
class _Reader:
    """What the rows of the file are held against."""

    columns: Mapping[int, Column]
    headings: Mapping[int, Heading]
    letters: Mapping[str, str]
    seen: Mapping[int, Mapping[int, SeenCell]]
    roll: Mapping[int, Enrolment]
    marks: Mapping[tuple[int, int], Mark]

    @classmethod
    def of(cls, table: CodedTable, identity: Identity, course: Course, semester: int) -> "_Reader":
        columns = course.columns.filter(pk__in=identity.columns).select_related("period")
        pupils = course.school_class.enrolments.on_roll().in_list_order()
        marks = Mark.objects.filter(column__in=identity.columns, column__course=course)
        return cls(
            columns={column.pk: column for column in columns},
            headings=headings_of(course, semester),
            letters=table.letters,
            seen={
                enrolment: dict(zip(identity.columns, cells, strict=True))
                for enrolment, cells in identity.cells.items()
            },
            roll={enrolment.pk: enrolment for enrolment in pupils},
            marks={(mark.enrolment_id, mark.column_id): mark for mark in marks},
        )

    def source(self, table: CodedTable) -> Source:
        return Source(
            sheet=table.sheet,
            header_row=table.header_row,
            rows=len(table.rows),
            blank=table.blank,
            unknown_columns=table.unknown,
            unused_columns=(),
            other_sheets=(),
        )

    def absent(self, table: CodedTable, identity: Identity) -> list[str]:
        """Columns and pupils of the sheet that the file has no longer, as it calls them."""
        here = {row.code for row in table.rows}
        columns = [self.name(pk) for pk in self.columns if f"c{pk}" not in self.letters]
        gone = [pk for pk in identity.cells if f"p{pk}" not in here and pk in self.roll]
        return [*columns, *(self.roll[pk].student.full_name for pk in gone)]

    def name(self, column: int) -> str:
        heading = self.headings[column]
        return f"{heading.group} – {heading.text}" if heading.group else heading.text

    def pupil(self, row: CodedRow, twice: set[str]) -> RefusedRow | Enrolment:
        """The pupil of the row, or why it is nobody's."""
        who = _text(row.cells.get(NAME))
        pk = int(row.code[1:]) if row.code[:1] == "p" and row.code[1:].isdecimal() else 0
        if pk not in self.seen:
            return RefusedRow(row.number, who, Reason.ROW_ADDED)
        if row.code in twice:
            return RefusedRow(row.number, who, Reason.COPIED_ROW)
        pupil = self.roll.get(pk)
        if pupil is None:
            return RefusedRow(row.number, who, Reason.GONE)
        if not _agrees(row, pupil.student):
            details = {"value": who, "known": pupil.student.full_name}
            return RefusedRow(row.number, who, Reason.OUT_OF_STEP, details=details)
        return pupil

    def wishes(self, row: CodedRow, pupil: Enrolment) -> Iterator[Wish | RefusedRow]:
        """A wish for each cell that holds something or held something; a cell that nobody can read is refused."""
        for column in self.columns.values():
            code = f"c{column.pk}"
            if code not in self.letters:
                continue
            seen = self.seen[pupil.pk][column.pk]
            try:
                text = _mark(row.cells[code], column)
            except BadValue as problem:
                yield self._unreadable(row, pupil, column, problem)
                continue
            if text or clean(seen.text):
                mark = self.marks.get((pupil.pk, column.pk))
                yield Wish(
                    row=row.number,
                    enrolment=pupil,
                    column=column,
                    heading=self.name(column.pk),
                    old=entry_of(mark).text,
                    version=seen.version,
                    typed=text,
                    seen=clean(seen.text),
                )

    def _unreadable(self, row: CodedRow, pupil: Enrolment, column: Column, problem: BadValue) -> RefusedRow:
        details = {"cell": f"{self.letters[f'c{column.pk}']}{row.number}", **problem.details}
        name = pupil.student.full_name
        return RefusedRow(row.number, name, problem.code, self.name(column.pk), details)


def _text(value: Cell) -> str:
    return clean(value) if isinstance(value, str) else ""


def _agrees(row: CodedRow, student: Student) -> bool:
    """Codes and names that went out of step (a part of the columns sorted alone) would mark the wrong child."""
    who, code, born = (_text(row.cells.get(key)) for key in (NAME, "code", "birth"))
    return (
        (not who or same_name(who, student.full_name))
        and code in ("", student.ministry_code)
        and born in ("", f"{student.birth_date:%d/%m/%Y}")
    )


def _mark(value: Cell, column: Column) -> str:
    """Raises BadValue: BECAME_DATE, or as `typed`."""
    day = _day(value)
    if day and column.kind != Column.Kind.COMMENT:
        raise BadValue(Code.BECAME_DATE, value=f"{day:%d/%m/%Y}", meant=f"{day.day},{day.month}")
    return typed(value)


def _day(value: Cell) -> date | None:
    """The day that a cell holds, be it shown as a date or as the serial number of one."""
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and FIRST_SERIAL <= value <= LAST_SERIAL:
        return SERIAL_ZERO + timedelta(days=int(value))
    return None
