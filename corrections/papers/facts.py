"""What both papers say of a dossier, as plain data in the words of the school (rules §5.2, §5.3; NĐ 30/2020/NĐ-CP).

Official papers are Vietnamese, whoever asks for them; what is frozen are the words, as later versions of the portal
may choose others.
"""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from accounts.models import Membership, User
from corrections.dossiers import class_concerned
from corrections.effect_words import PupilEffects, shown_effects
from corrections.effects import effects_payload
from corrections.models import AttendanceLine, CorrectionLine, CorrectionRequest
from gradebook.models import MarkKind, School, SchoolClass, Window, still_open

Facts = dict[str, Any]
VERSION = 1


def common(correction: CorrectionRequest) -> Facts:
    school_class = class_concerned(correction)
    effects = shown_effects(effects_payload(correction))
    return {
        "version": VERSION,
        "school": _school(),
        "year": str(correction.year),
        "request": correction.reference,
        "class": school_class.name if school_class else "",
        "subject": correction.course.subject.name if correction.course else "",
        "reason_kind": str(correction.get_kind_display()),
        "reason": correction.reason,
        "is_oral": correction.is_oral,
        "requester": person(correction.requested_by),
        "lines": list(_lines(correction, school_class)),
        "evidence": [
            {"name": file.file_name, "sha256": file.sha256, "size": file.size}
            for file in correction.evidence.all()
        ],
        "book": _book(correction),
        "effects": [_effect(pupil) for pupil in effects.pupils],
        "issued": [each.text for each in effects.issued],
    }


def person(user: User) -> Facts:
    """Name, posts and departments as of today."""
    departments = Membership.objects.on(timezone.localdate()).filter(user=user)
    return {
        "name": user.full_name,
        "posts": ", ".join(user.role_names),
        "departments": ", ".join(departments.values_list("department__name", flat=True)),
    }


def place(title: str, name: str = "", note: str = "Ký, ghi rõ họ tên") -> Facts:
    """Room for a signature."""
    return {"title": title, "name": name, "note": note}


def homeroom_place(correction: CorrectionRequest) -> Iterator[Facts]:
    """Where the school's policy asks the homeroom teacher to sign (S3 XI.1)."""
    if correction.homeroom_signs:
        school_class = class_concerned(correction)
        teacher = school_class.homeroom_teacher if school_class else None
        yield place("Giáo viên chủ nhiệm", teacher.full_name if teacher else "")


def _school() -> Facts:
    school = School.objects.first() or School()
    return {"name": school.name, "governing_body": school.governing_body, "place": school.place}


def _lines(correction: CorrectionRequest, school_class: SchoolClass | None) -> Iterator[Facts]:
    for half_day in correction.attendance_lines.all():
        yield _half_day(half_day, school_class)
    for cell in correction.lines.all():
        yield _cell(cell, school_class)
    for field in correction.profile_lines.all():
        old, new = field.shown
        label = field.label
        yield _line(correction.student, school_class, "Hồ sơ", label[:1].upper() + label[1:], old, new)


def _cell(line: CorrectionLine, school_class: SchoolClass | None) -> Facts:
    where = f"{line.column.label}, {line.column.period}"
    subject = line.column.course.subject.name
    return _line(line.enrolment.student, school_class, subject, where, line.old_text, line.new_text)


def _half_day(line: AttendanceLine, school_class: SchoolClass | None) -> Facts:
    where = f"{line.day:%d/%m/%Y}, {line.get_half_day_display()}"
    return _line(line.enrolment.student, school_class, "Điểm danh", where, *map(str, line.shown))


def _line(
    student: Any, school_class: SchoolClass | None, subject: str, column: str, old: str, new: str
) -> Facts:
    return {
        "code": student.ministry_code or "",
        "pupil": student.full_name,
        "class": school_class.name if school_class else "",
        "subject": subject,
        "column": column,
        "old": str(old),
        "new": str(new),
    }


def _book(correction: CorrectionRequest) -> str:
    """What is closed: a request is only taken for that. A book that was opened again since is said to be open."""
    if correction.student_id is not None:
        return "hồ sơ học sinh đã chốt"
    months = sorted({(line.day.year, line.day.month) for line in correction.attendance_lines.all()})
    closed = [f"điểm danh tháng {month}/{year} đã chốt" for year, month in months]
    return "; ".join([*closed, *_periods(correction)])


def _periods(correction: CorrectionRequest) -> Iterator[str]:
    lines = list(correction.lines.all())
    kinds = {(line.column.period_id, MarkKind.of(line.column.kind)) for line in lines}
    opened = {
        window.period_id: window
        for window in Window.objects.filter(still_open(), course=correction.course_id).select_related("order")
        if (window.period_id, window.kind) in kinds
    }
    periods = {line.column.period_id: line.column.period for line in lines}
    for period in sorted(periods.values(), key=lambda period: period.order):
        yield f"sổ của kỳ “{period}” {_state(opened.get(period.pk))}"


def _state(opened: Window | None) -> str:
    if opened is None:
        return "đã khóa"
    until = f" đến {timezone.localtime(opened.closes_at):%H:%M %d/%m/%Y}" if opened.closes_at else ""
    by_order = f" theo lệnh số {opened.order.number}" if opened.order else ""
    return f"đang mở{until}{by_order}"


def _effect(pupil: PupilEffects) -> Facts:
    rows = [
        {"label": row.label, "cells": [[cell.before, cell.after] for cell in row.cells]} for row in pupil.rows
    ]
    return {"pupil": pupil.name, "rows": rows}
