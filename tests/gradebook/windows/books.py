"""What the tests of windows ask and do of the cast's books."""

from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.windows import order_lock
from gradebook.models import Column, LockOrder, Mark, Window, still_open
from tests.cast import Cast


def is_open(cast: Cast, name: str = "6A", period: str = "GK1", **of: str) -> bool:
    found = Window.objects.filter(still_open(), course=cast.maths[name], period=cast.periods[period], **of)
    return found.exists()


def ordered(cast: Cast, act: str = "lock", period: str = "GK1", **terms) -> LockOrder:
    return order_lock(period=cast.periods[period], act=act, reason="hết hạn nhập điểm", by=cast.hanh, **terms)


def enter(cast: Cast, typed: str = "8", kind: str = "midterm", name: str = "6A") -> list[str]:
    """Type into the first cell of that column of the first midterm. Why it was refused, if it was."""
    column = Column.objects.filter(course=cast.maths[name], kind=kind, period__code="GK1").first()
    pupil = cast.pupils[name][0]
    standing = Mark.objects.filter(enrolment=pupil, column=column).first()
    edit = Edit(pupil.pk, column.pk, typed, standing.version if standing else 0)
    teacher = cast.toan if name == "6A" else cast.lan
    outcome = save_marks(course=cast.maths[name], edits=[edit], by=teacher, origin="page")
    return [refusal.code for refusal in outcome.refused]
