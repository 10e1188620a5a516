"""Requests as a workbook. Exports carry personal data out of the portal: who took which is recorded (S4-35)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone, translation

from accounts import audit
from accounts.models import User
from accounts.writing import recorded_write
from corrections.models import CorrectionRequest
from corrections.searching import matching
from gradebook.import_templates import school_name
from gradebook.spreadsheets.writing import write_table

HEADINGS = (
    "STT",
    "Số phiếu",
    "Ngày đề nghị",
    "Người đề nghị",
    "Lớp",
    "Môn",
    "Họ và tên học sinh",
    "Cột",
    "Giá trị cũ",
    "Giá trị mới",
    "Loại lý do",
    "Lý do",
    "Trạng thái",
    "Người duyệt",
    "Ngày duyệt",
    "Ngày thực hiện",
)
Line = list[str]


@recorded_write
def export_requests(*, wanted: Mapping[str, Any], by: User) -> tuple[str, bytes]:
    """The name and content of a workbook: a row for each value of what `by` may see."""
    visible = CorrectionRequest.objects.visible_to(by).newest_first()
    found = matching(visible, **wanted).with_steps()
    with translation.override("vi"):
        lines = [line for correction in found for line in _lines(correction)]
    titles = [school_name(), "ĐỀ NGHỊ THAY ĐỔI THÔNG TIN"]
    audit.record(
        by=by,
        verb="corrections.requests.exported",
        searched={name: str(value) for name, value in wanted.items()},
        rows=len(lines),
    )
    return "De nghi thay doi thong tin.xlsx", write_table(HEADINGS, lines, titles, "Đề nghị")


def _lines(correction: CorrectionRequest) -> Iterator[Line]:
    before, after = _before(correction), _after(correction)
    course = correction.course
    school_class = course.school_class if course else correction.school_class
    of = school_class.name if school_class else ""
    for half_day in correction.attendance_lines.all():
        day = f"{half_day.day:%d/%m/%Y}, {half_day.get_half_day_display()}"
        pupil = half_day.enrolment.student.full_name
        yield [*before, of, "Điểm danh", pupil, day, *map(str, half_day.shown), *after]
    for line in correction.lines.all():
        pupil, subject = line.enrolment.student.full_name, line.column.course.subject.name
        column = f"{line.column.label}, {line.column.period}"
        yield [*before, of, subject, pupil, column, line.old_text, line.new_text, *after]
    for field in correction.profile_lines.all():
        yield [
            *before,
            of,
            "Hồ sơ",
            str(correction.student),
            field.label,
            *map(str, field.shown),
            *after,
        ]


def _before(correction: CorrectionRequest) -> Line:
    return [
        "",  # numbered when the table is filled
        correction.reference,
        _day(correction.requested_at),
        correction.requested_by.full_name,
    ]


def _after(correction: CorrectionRequest) -> Line:
    decision, execution = correction.made_decision, correction.made_execution
    return [
        str(correction.get_kind_display()),
        correction.reason,
        str(correction.status.label),
        decision.decided_by.full_name if decision else "",
        _day(decision.decided_at) if decision else "",
        _day(execution.executed_at) if execution else "",
    ]


def _day(moment: Any) -> str:
    return f"{timezone.localdate(moment):%d/%m/%Y}"
