"""Workbooks to fill in: the empty pupil list, and a course's score sheet with what stands in it now.

Headings and titles are the ministry's, hence Vietnamese for every reader.
"""

from gradebook.entries import entry_of
from gradebook.mark_plan import columns_by_key, layout_of
from gradebook.models import Column, Course, Mark, School
from gradebook.spreadsheets.score_sheet import ScoreRow
from gradebook.spreadsheets.writing import write_pupil_list, write_score_sheet
from gradebook.years import current_year

ROMAN = {1: "I", 2: "II"}


def pupil_template() -> bytes:
    year = current_year()
    return write_pupil_list([], [_school(), f"DANH SÁCH HỌC SINH NĂM HỌC {year or ''}".strip()])


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
    return write_score_sheet(rows, layout_of(course), [_school(), title.upper()], regular=regular)


def _school() -> str:
    school = School.objects.first()
    return school.name.upper() if school else ""
