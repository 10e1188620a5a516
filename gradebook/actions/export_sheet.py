"""A sheet out of the portal as an Excel workbook: who took which is recorded (S4-35)."""

from django.core.exceptions import PermissionDenied

from accounts import audit
from accounts.models import User
from accounts.writing import recorded_write
from gradebook.models import Course
from gradebook.sheet_workbook import sheet_workbook


@recorded_write
def export_sheet(*, course: Course, semester: int, by: User) -> tuple[str, bytes]:
    """The name and content of the workbook: whoever reads the sheet may take it, and fill in what is theirs."""
    if not Course.objects.visible_to(by).filter(pk=course.pk).exists():
        raise PermissionDenied
    data, rows = sheet_workbook(course, semester, by)
    part = f"{course} HK{semester}"
    audit.record(by=by, verb="gradebook.export.made", target=course, kind="sheet", part=part, rows=rows)
    return f"{part}.xlsx", data
