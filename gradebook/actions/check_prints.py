"""Printing is done elsewhere; the book keeps the fact, because deadlines of corrections count from it (S1 Đ11.3)."""

from collections.abc import Iterable

from django.utils import timezone

from accounts.models import User
from accounts.recorded import create_many
from accounts.writing import recorded_write
from gradebook.models import CheckPrint, Course, Period


@recorded_write
def note_check_print(*, courses: Iterable[Course], period: Period, by: User) -> list[CheckPrint]:
    """The check sheet of these courses and this period is printed. Who may print is asked by who prints."""
    now = timezone.now()
    rows = [CheckPrint(course=course, period=period, printed_by=by, printed_at=now) for course in courses]
    return create_many(CheckPrint, rows, by=by, origin="check print")
