"""Workbooks to fill in: empty lists with a guide, and a course's score sheet with what stands in it now.

Headings and titles are the ministry's, hence Vietnamese for every reader.
"""

from collections.abc import Callable, Mapping
from functools import partial

from gradebook.entries import entry_of
from gradebook.import_guides import ASSIGNMENTS, CLASSES, PUPILS, STAFF
from gradebook.mark_plan import columns_by_key, layout_of
from gradebook.models import Column, Course, Import, Mark, School
from gradebook.spreadsheets.assignment_list import ASSIGNMENT_HEADINGS
from gradebook.spreadsheets.class_list import CLASS_HEADINGS
from gradebook.spreadsheets.headings import Headings, Key
from gradebook.spreadsheets.pupil_columns import PUPIL_HEADINGS
from gradebook.spreadsheets.score_sheet import ScoreRow
from gradebook.spreadsheets.staff_list import STAFF_HEADINGS
from gradebook.spreadsheets.writing import write_list, write_score_sheet
from gradebook.years import latest_open_year

ROMAN = {1: "I", 2: "II"}


def score_sheet(course: Course, semester: int) -> bytes:
    """`course` has its subject, class and year loaded."""
    columns = columns_by_key(course, semester)
    texts = {
        (mark.enrolment_id, mark.column_id): entry_of(mark).text
        for mark in Mark.objects.filter(column__in=columns.values())
    }
    school_class = course.school_class
    rows = [
        ScoreRow(
            row_number=enrolment.number,
            full_name=enrolment.student.full_name,
            marks={key: texts.get((enrolment.pk, column.pk), "") for key, column in columns.items()},
            ministry_code=enrolment.student.ministry_code,
            birth_date=enrolment.student.birth_date,
            class_name=school_class.name,
        )
        for enrolment in school_class.enrolments.on_roll().in_list_order()
    ]
    title = f"BẢNG ĐIỂM MÔN {course.subject} LỚP {school_class} HỌC KỲ {ROMAN[semester]} NĂM HỌC {school_class.year}"
    regular = sum(column.kind == Column.Kind.REGULAR for column in columns.values())
    return write_score_sheet(rows, layout_of(course), [school_name(), title.upper()], regular=regular)


def _empty(title: str, headings: Headings, guide: Mapping[Key, tuple[str, str]], sheet: str) -> bytes:
    return write_list(
        headings, [], [school_name(), f"{title} NĂM HỌC {latest_open_year() or ''}".strip()], sheet, guide
    )


TEMPLATES: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    Import.Kind.STAFF: (
        "Danh sách cán bộ, giáo viên.xlsx",
        partial(_empty, "DANH SÁCH CÁN BỘ, GIÁO VIÊN, NHÂN VIÊN", STAFF_HEADINGS, STAFF, "CBGV"),
    ),
    Import.Kind.CLASSES: (
        "Danh sách lớp.xlsx",
        partial(_empty, "DANH SÁCH LỚP", CLASS_HEADINGS, CLASSES, "Lớp"),
    ),
    Import.Kind.ASSIGNMENTS: (
        "Phân công giảng dạy.xlsx",
        partial(_empty, "PHÂN CÔNG GIẢNG DẠY", ASSIGNMENT_HEADINGS, ASSIGNMENTS, "Phân công"),
    ),
    Import.Kind.PUPILS: (
        "Danh sách học sinh.xlsx",
        partial(_empty, "DANH SÁCH HỌC SINH", PUPIL_HEADINGS, PUPILS, "DSHS"),
    ),
}


def school_name() -> str:
    school = School.objects.first()
    return school.name.upper() if school else ""
