"""A sheet as one person sees it, as an Excel workbook that comes back through the import.

Titles and headings are the ministry's, hence Vietnamese for every reader.
"""

import re
from collections.abc import Container, Iterator, Sequence

from django.utils import timezone

from accounts.models import User
from gradebook.column_rules import rules_of
from gradebook.entries import Rules
from gradebook.import_templates import ROMAN
from gradebook.models import Column, Course, Enrolment, School, SchoolClass
from gradebook.sheet import EMPTY_CELL, Sheet, SheetColumn, SheetRow
from gradebook.sheet_headings import Heading, headings_of
from gradebook.sheet_identity import Identity, seal
from gradebook.sheets import read_sheet
from gradebook.spreadsheets.coded import NAME, NOTE
from gradebook.spreadsheets.coded_rules import Kind
from gradebook.spreadsheets.coded_writing import CodedColumn, CodedLine, CodedSheet, write_coded

TITLES = {
    Course.Kind.SCORED: "BẢNG ĐIỂM MÔN {subject}",
    Course.Kind.COMMENT: "BẢNG ĐÁNH GIÁ MÔN {subject}",
    Course.Kind.PRIMARY: "BẢNG ĐÁNH GIÁ MÔN {subject}",
    Course.Kind.HOMEROOM: "BẢNG THEO DÕI CỦA GIÁO VIÊN CHỦ NHIỆM",
}
LEGEND = (
    "Chỉ nhập vào ô nền vàng; ô xám do hệ thống tính, đã khóa hoặc của giáo viên khác. "
    "Xóa trắng một ô không làm mất giá trị cũ, trừ khi đánh dấu xóa lúc nhập lại."
)
LEGEND_OF_MARKS = " Điểm lẻ viết dấu phẩy: 8,5; vắng chờ kiểm tra bù: v; 0 do vắng: 0v."
SIGNATURE = ("……………, ngày …… tháng …… năm 20……", "Giáo viên (ký, ghi rõ họ tên)")
RESULTS = {
    Course.Kind.SCORED: ("ĐTBmhk", "ĐTBmcn"),
    Course.Kind.COMMENT: ("Kết quả học kỳ", "Kết quả cả năm"),
}
LONGEST_NAME, NOT_IN_NAMES = 31, re.compile(r"[\[\]:*?/\\']")
PUPIL = (
    CodedColumn(NOTE, Kind.NUMBER, "STT"),
    CodedColumn(NOTE, Kind.SHORT, "Lớp"),
    CodedColumn("code", Kind.TEXT, "Mã định danh Bộ GD&ĐT"),
    CodedColumn(NAME, Kind.NAME, "Họ và tên"),
    CodedColumn("birth", Kind.TEXT, "Ngày sinh"),
)


def sheet_workbook(course: Course, semester: int, user: User) -> tuple[bytes, int]:
    """The workbook, and how many pupils stand in it. `course` has its subject, class and year loaded."""
    coded = _coded(course, semester, user, name="Bảng điểm")
    return write_coded([coded]), len(coded.lines)


def whole_workbook(courses: Sequence[Course], semester: int, user: User) -> tuple[bytes, list[int]]:
    """A sheet for each course, and how many pupils stand in each. Courses as for `sheet_workbook`."""
    sheets: list[CodedSheet] = []
    for course in courses:
        name = _name(course, {sheet.name.casefold() for sheet in sheets})
        sheets.append(_coded(course, semester, user, name=name, key=key_of(course.pk, semester)))
    return write_coded(sheets), [len(sheet.lines) for sheet in sheets]


def key_of(course: int, semester: int) -> str:
    """Of a sheet among others in one workbook."""
    return f"_{course}_{semester}"


def _name(course: Course, taken: Container[str]) -> str:
    """Excel takes 31 characters, some not, and no name twice, in whatever case."""
    name = NOT_IN_NAMES.sub(" ", f"{course.school_class.name} {course.subject.name}")
    short = name[:LONGEST_NAME].strip()
    return short if short.casefold() not in taken else f"{short[: LONGEST_NAME - 8]} {course.pk}"


def _coded(course: Course, semester: int, user: User, *, name: str, key: str = "") -> CodedSheet:
    sheet = read_sheet(course, semester=semester, user=user)
    known = _known(sheet, user)
    school = School.objects.first() or School()
    return CodedSheet(
        name=name,
        titles=_titles(course, semester, school),
        legend=LEGEND + (LEGEND_OF_MARKS if course.kind == Course.Kind.SCORED else ""),
        signature=SIGNATURE,
        columns=[*PUPIL, *_columns(sheet)],
        lines=[_line(sheet, row, known[row.enrolment_id]) for row in sheet.rows],
        seal=seal(_identity(sheet, school)),
        key=key,
    )


def _titles(course: Course, semester: int, school: School) -> tuple[str, str, str, str]:
    title = TITLES[Course.Kind(course.kind)].format(subject=course.subject.name.upper())
    year = course.school_class.year
    place = f"Lớp {course.school_class.name} – Học kỳ {ROMAN[semester]} – Năm học {year}"
    return school.governing_body.upper(), school.name.upper(), title, place


def _identity(sheet: Sheet, school: School) -> Identity:
    course, columns = sheet.course, tuple(column.pk for column in sheet.columns)
    return Identity(
        course=course.pk,
        semester=sheet.semester,
        subject=course.subject.name,
        class_name=course.school_class.name,
        year=str(course.school_class.year),
        school=school.name,
        taken_at=f"{timezone.localtime():%H:%M %d/%m/%Y}",
        columns=columns,
        cells={
            row.enrolment_id: tuple(row.cells.get(column, EMPTY_CELL) for column in columns)
            for row in sheet.rows
        },
    )


def _known(sheet: Sheet, user: User) -> dict[int, tuple[str, str]]:
    """The ministry's identifier and the birth date; the former for the teachers and whoever reads the whole record."""
    classes = SchoolClass.objects.whole_book_visible_to(user)
    is_told = sheet.is_mine or classes.filter(pk=sheet.course.school_class_id).exists()
    pupils = Enrolment.objects.filter(school_class=sheet.course.school_class_id)
    facts = pupils.values_list("pk", "student__ministry_code", "student__birth_date")
    return {pk: (code or "" if is_told else "", f"{born:%d/%m/%Y}") for pk, code, born in facts}


def _columns(sheet: Sheet) -> list[CodedColumn]:
    """In the order of the screen, so that eye and hand find each column where it stands there."""
    columns = list(sheet.course.columns.select_related("period"))
    rules, headings = rules_of(sheet.course, columns), headings_of(sheet.course, sheet.semester)
    results = [CodedColumn(NOTE, Kind.AVERAGE, text) for text in _shown(sheet, _result_headings(sheet))]
    return [*(_column(each, rules[each.pk], headings[each.pk]) for each in sheet.columns), *results]


def _column(column: SheetColumn, rules: Rules, heading: Heading) -> CodedColumn:
    choices = tuple(member.value for member in reversed(list(rules.scale))) if rules.scale else ()
    return CodedColumn(f"c{column.pk}", _kind(column, rules), heading.text, heading.group, choices)


def _kind(column: SheetColumn, rules: Rules) -> Kind:
    if column.is_comment:
        return Kind.COMMENT
    if rules.scale:
        return Kind.LEVEL
    if column.kind in Column.COUNTED:
        return Kind.COUNT
    return Kind.WHOLE if rules.whole else Kind.SCORE


def _result_headings(sheet: Sheet) -> tuple[str, str, str]:
    semester, year = RESULTS.get(Course.Kind(sheet.course.kind), ("", ""))
    return semester, semester, year


def _shown(sheet: Sheet, results: tuple[str, str, str]) -> tuple[str, ...]:
    if not sheet.has_results:
        return ()
    return results[:1] if sheet.semester == 1 else results[1:]


def _line(sheet: Sheet, row: SheetRow, known: tuple[str, str]) -> CodedLine:
    code, born = known
    who = (str(row.number), sheet.course.school_class.name, code, row.name, born)
    cells = [
        *((text, False) for text in who),
        *_cells(row, sheet.columns),
        *((text, False) for text in _shown(sheet, row.results)),
    ]
    free = frozenset(place for place, (_text, is_free) in enumerate(cells) if is_free)
    return CodedLine(f"p{row.enrolment_id}", [text for text, _is_free in cells], free)


def _cells(row: SheetRow, columns: list[SheetColumn]) -> Iterator[tuple[str, bool]]:
    """What stands in each cell, and whether this person may fill it in now."""
    for column in columns:
        is_free = column.is_owned and column.is_open and (row.is_called or not column.in_summer)
        yield row.cells.get(column.pk, EMPTY_CELL).text, is_free
