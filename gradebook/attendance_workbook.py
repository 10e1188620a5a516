"""A month's sheet as a workbook, in the shape that `spreadsheets.attendance_list` reads back (rules.md §2.12.4)."""

from gradebook.attendance_rules import HALVES, MORNING
from gradebook.attendance_sheet import EMPTY, MonthColumn, MonthRow, MonthSheet
from gradebook.spreadsheets.writing import Table, write_tables

WHO = ("STT", "Họ và tên", "Mã định danh Bộ GD&ĐT")
TOTALS = ("Có phép", "Không phép", "Đi muộn")
HALF_WORDS = dict(zip(HALVES, ("sáng", "chiều"), strict=True))


def month_workbook(sheet: MonthSheet) -> bytes:
    days = [_heading(column, sheet) for column in sheet.columns]
    titles = [
        f"THEO DÕI NGHỈ HỌC LỚP {sheet.school_class.name}",
        f"Tháng {sheet.first_day:%m/%Y}, năm học {sheet.school_class.year}. "
        "P: nghỉ có phép, K: nghỉ không phép, M: đi muộn",
    ]
    lines = (_line(row, sheet) for row in sheet.rows)
    name = f"Thang {sheet.first_day:%m-%Y}"
    return write_tables(Table(name, (*WHO, *days, *TOTALS), lines, titles, frozenset(days)))


def _heading(column: MonthColumn, sheet: MonthSheet) -> str:
    if sheet.halves == (MORNING,):
        return str(column.day.day)
    return f"{column.day.day} {HALF_WORDS[column.half_day]}"


def _line(row: MonthRow, sheet: MonthSheet) -> list[str]:
    counts = row.month
    return [
        str(row.enrolment.number),
        row.enrolment.student.full_name,
        row.enrolment.student.ministry_code,
        *(row.cells.get(column.at, EMPTY).letter for column in sheet.columns),
        *map(str, (counts.excused, counts.unexcused, counts.late)),
    ]
